/** Linked tokens over the whole stack: KMS, DynamoDB, the twin's gateway and the simulator's tokens. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createLinkingApp, type LinkingApp } from '../support/linking-app.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import type { TestTwin } from '../support/twin.ts';

const uploadAttributes = {
  method: 'POST',
  path: '/api/rest/v1.0/entities/experiment:e1/children/run.bin',
  mediaType: 'application/octet-stream',
  sizeBytes: 1,
};

describe('linked tokens', () => {
  let twin: TestTwin;
  let app: LinkingApp;
  useSharedTwin((shared) => {
    twin = shared;
  });
  beforeAll(async () => {
    app = await createLinkingApp(twin, { userAttributed: ['entities:write'] }, 'tokens');
  });

  const submit = (url: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' });

  /** What a browser does, without one. */
  const logIn = async (url: string, userId: string): Promise<{ token: string; text: string }> => {
    const ticket = new URL(url).searchParams.get('ticket') ?? '';
    const started = await submit(`${twin.url}/oauth/start`, { ticket }, { origin: twin.url });
    const cookie = (started.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const login = new URL(started.headers.get('location') ?? '');
    const form = { ...Object.fromEntries(login.searchParams), user_id: userId, decision: 'allow' };
    const allowed = await submit(`${login.origin}${login.pathname}`, form);
    const answer = new URLSearchParams(new URL(allowed.headers.get('location') ?? '').hash.slice(1));
    const found = { token: answer.get('access_token'), state: answer.get('state') };
    const finished = await fetch(`${twin.url}/oauth/callback`, {
      method: 'POST',
      headers: { origin: twin.url, cookie, 'content-type': 'application/json' },
      body: JSON.stringify(found),
    });
    return { token: found.token ?? '', text: await finished.text() };
  };

  const linkAnswer = async (url: string, userId: string): Promise<string> => (await logIn(url, userId)).text;

  /** Answers with the token. */
  const link = async (url: string, userId = '101'): Promise<string> => {
    const { token, text } = await logIn(url, userId);
    expect(text).toContain('Your account is linked');
    return token;
  };

  const keepAlive = async (): Promise<void> => {
    const functionId = Object.keys(twin.gateway.environments).find((id) => id.startsWith('KeepaliveFunction')) ?? '';
    await twin.gateway.invoke(functionId, {});
  };

  const newLink = async (subject: string): Promise<string> =>
    (await app.call('POST', '/v1/me/token/links', subject)).document.data.attributes.url;

  it('act for the person who linked one, and for nobody else', async () => {
    const token = await link(await newLink('anna'), '101');
    const me = await app.call('GET', '/api/rest/v1.0/profiles/me', 'anna');
    expect([me.status, me.document.data.id]).toEqual([200, '101']);
    const service = await app.call('GET', '/api/rest/v1.0/profiles/me');
    expect(service.document.data.id).toBe('100');
    const { document } = await app.call('GET', '/v1/me/token', 'anna');
    expect(document.data.attributes).toMatchObject({ state: 'living', personId: '101', daysLeft: 29 });
    expect(JSON.stringify(document)).not.toContain(token);
    expect(twin.log.join('\n')).not.toContain(token);
  });

  it('are asked for, with a link that works, by a write that must carry a name', async () => {
    const body = { data: { type: 'experiment', attributes: { name: 'by somebody' } } };
    const refused = await app.call('POST', '/api/rest/v1.0/entities', 'bert', body);
    expect([refused.status, refused.document.errors[0].code]).toEqual([403, 'USER_TOKEN_NEEDED']);
    await link(refused.document.errors[0].links.about, '102');
    await expect.poll(async () => (await app.call('POST', '/api/rest/v1.0/entities', 'bert', body)).status).toBe(201);
  });

  it('are needed by every call that names a person, which never goes as the service account instead', async () => {
    const me = '/api/rest/v1.0/profiles/me';
    const service = await app.call('GET', me);
    expect([service.document.data.id, service.actingAs]).toEqual(['100', 'service']);
    for (const [method, path] of [
      ['GET', me],
      ['HEAD', me],
      ['GET', '/api/rest/v1.0/no/such/operation'],
      ['DELETE', '/api/rest/v1.0/entities/experiment:nothing'],
    ] as const) {
      const refused = await app.call(method, path, 'olga');
      expect([refused.status, refused.actingAs], `${method} ${path}`).toEqual([403, null]);
    }
    const upload = { data: { type: 'upload', attributes: uploadAttributes } };
    expect((await app.call('POST', '/v1/uploads', 'olga', upload)).document.errors[0].code).toBe('USER_TOKEN_NEEDED');
    // No name at all is no name that could be left out.
    expect((await app.call('GET', me, '')).status).toBe(400);
    expect((await app.call('GET', me, 'olga, anna')).status).toBe(400);
    await link(await newLink('olga'), '102');
    await expect.poll(async () => (await app.call('GET', me, 'olga')).actingAs).toBe('user');
    // Another instance may remember for a moment that there was no link: it refuses, and never goes as the service account.
    const gone = async () => {
      const { status, actingAs } = await app.call('GET', '/api/rest/v1.0/entities/experiment:nothing', 'olga');
      expect(actingAs).not.toBe('service');
      return [status, actingAs];
    };
    await expect.poll(gone).toEqual([404, 'user']);
  });

  it('are done without where an administrator says so, and the answer shows it', async () => {
    const falling = await createLinkingApp(twin, { withoutLink: 'service' }, 'tokens-falls-back');
    const me = await falling.call('GET', '/api/rest/v1.0/profiles/me', 'olga');
    expect([me.status, me.document.data.id, me.actingAs]).toEqual([200, '100', 'service']);
  });

  it('are doubted, and used for no call, when the tenant refuses them in one', async () => {
    await link(await newLink('carl'), '103');
    expect((await app.call('GET', '/api/rest/v1.0/profiles/me', 'carl')).status).toBe(200);
    twin.simulator.tenant.tokens.revoke((user) => user.id === '103');
    expect((await app.call('GET', '/api/rest/v1.0/profiles/me', 'carl')).document.errors[0].code).toBe(
      'USER_TOKEN_NEEDED',
    );
    const stateOf = async () => (await app.call('GET', '/v1/me/token', 'carl')).document.data.attributes.state;
    expect(await stateOf()).toBe('doubted');
    await link(await newLink('carl'), '103');
    expect(await stateOf()).toBe('living');
  });

  it('stay with the person who linked one first, until it was forgotten', async () => {
    await link(await newLink('gina'), '101');
    expect(await linkAnswer(await newLink('gina'), '102')).toContain('is not the one that is linked');
    expect((await app.call('DELETE', '/v1/me/token', 'gina')).status).toBe(204);
    await link(await newLink('gina'), '102');
    expect((await app.call('GET', '/v1/me/token', 'gina')).document.data.attributes.personId).toBe('102');
  });

  it('are gone for this consumer at once when the person revokes them', async () => {
    await link(await newLink('dora'), '101');
    expect((await app.call('DELETE', '/v1/me/token', 'dora')).status).toBe(204);
    expect((await app.call('GET', '/v1/me/token', 'dora')).status).toBe(404);
  });

  it('are looked after by a function that runs on a schedule', async () => {
    await link(await newLink('fred'), '101');
    await keepAlive();
    const line = twin.log.findLast((text) => text.includes('"TokensLiving"')) ?? '';
    expect(Number(/"TokensLiving":(\d+)/.exec(line)?.[1])).toBeGreaterThanOrEqual(1);
    // A count of 0 that no alarm needs is not written.
    expect(line).not.toContain('TokensLeft');
  });

  it('are listed for administrators, and for nobody else', async () => {
    await link(await newLink('emil'), '101');
    const list = (key: string) => fetch(`${twin.url}/v1/tokens?page[limit]=100`, { headers: { 'x-api-key': key } });
    expect((await list(app.key)).status).toBe(403);
    const text = await (await list('demo-admin')).text();
    expect(text).toContain('"subject":"emil"');
    // Files that share this twin may have an Emil of their own.
    const isEmil = ({ attributes }: { attributes: { consumerId: string; subject: string } }) =>
      attributes.consumerId === 'tokens' && attributes.subject === 'emil';
    const { id } = JSON.parse(text).data.find(isEmil);
    const revoke = (key: string) =>
      fetch(`${twin.url}/v1/tokens/${id}`, { method: 'DELETE', headers: { 'x-api-key': key } });
    expect((await revoke(app.key)).status).toBe(403);
    expect((await revoke('demo-admin')).status).toBe(204);
    expect((await app.call('GET', '/v1/me/token', 'emil')).status).toBe(404);
  });

  it('are nobody’s once their consumer is deleted, also when its id is given to another', async () => {
    const { url } = twin;
    const other = await createLinkingApp(twin, {}, 'tokens-2');
    const made = await other.call('POST', '/v1/me/token/links', 'hugo');
    await link(made.document.data.attributes.url, '101');
    const pending = (await other.call('POST', '/v1/me/token/links', 'ivan')).document.data.attributes.url;
    const headers = { 'x-api-key': 'demo-admin' };
    expect((await fetch(`${url}/v1/consumers/tokens-2`, { method: 'DELETE', headers })).status).toBe(204);
    const successor = await createLinkingApp(twin, {}, 'tokens-2');
    expect((await successor.call('GET', '/v1/me/token', 'hugo')).document.errors[0].code).toBe('TOKEN_UNKNOWN');
    expect((await fetch(pending)).status).toBe(403);
    await keepAlive();
    const list = await (await fetch(`${url}/v1/tokens?filter[consumer]=tokens-2`, { headers })).json();
    expect(list).toMatchObject({ data: [] });
  });
});
