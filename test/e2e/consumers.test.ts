/** Consumers through the whole facade: made, given keys and rights, moved from key to key, refused when they are revoked. */
import { describe, expect, it } from 'vitest';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { createToken } from '../support/provider.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import type { TestTwin } from '../support/twin.ts';

type Answer = {
  readonly status: number;
  readonly document: {
    readonly data: { readonly id: string; readonly attributes: Record<string, unknown> };
    readonly errors?: readonly { readonly code: string; readonly detail: string }[];
  };
};

describe('consumers', () => {
  let twin: TestTwin;
  let issuer: string;
  useSharedTwin((shared, itsIssuer) => {
    [twin, issuer] = [shared, itsIssuer];
  });

  const ask = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    attributes?: object,
    id?: string,
  ): Promise<Answer> => {
    const type = path.endsWith('/keys') ? 'consumer-key' : 'consumer';
    const body = attributes && JSON.stringify({ data: { type, ...(id ? { id } : {}), attributes } });
    const answer = await fetch(twin.url + path, { method, headers, ...(body ? { body } : {}) });
    const text = await answer.text();
    return { status: answer.status, document: text ? JSON.parse(text) : {} };
  };
  const asAdmin = (method: string, path: string, attributes?: object, id?: string): Promise<Answer> =>
    ask(method, path, { 'x-api-key': 'demo-admin' }, attributes, id);
  const profile = `${signalsBasePath}/profiles/me`;
  const nativeAs = (key: string): Promise<Answer> => ask('GET', profile, { 'x-api-key': key });
  const makeKey = async (consumerId: string): Promise<{ id: string; key: string }> => {
    const { status, document } = await asAdmin('POST', `/v1/consumers/${consumerId}/keys`, {});
    expect(status).toBe(201);
    return { id: document.data.id, key: String(document.data.attributes.key) };
  };

  it('move from one key to the next without a refused call, and a revoked key opens nothing', async () => {
    expect((await asAdmin('POST', '/v1/consumers', { scopes: ['*:read'] }, 'lab')).status).toBe(201);
    const first = await makeKey('lab');
    expect((await nativeAs(first.key)).status).toBe(200);
    const second = await makeKey('lab');
    const third = await asAdmin('POST', '/v1/consumers/lab/keys', {});
    expect([third.status, third.document.errors?.[0]?.code]).toEqual([409, 'KEYS_FULL']);
    expect(await Promise.all([first, second].map(async ({ key }) => (await nativeAs(key)).status))).toEqual([200, 200]);
    expect((await asAdmin('DELETE', `/v1/consumers/lab/keys/${first.id}`)).status).toBe(204);
    expect((await nativeAs(second.key)).status).toBe(200);
    const unused = await makeKey('lab');
    expect((await asAdmin('DELETE', `/v1/consumers/lab/keys/${unused.id}`)).status).toBe(204);
    const refused = await nativeAs(unused.key);
    expect([refused.status, refused.document.errors?.[0]?.code]).toEqual([401, 'CONSUMER_UNKNOWN']);
    const { document } = await asAdmin('GET', '/v1/consumers/lab/keys');
    expect(document.data).toEqual([
      {
        type: 'consumer-key',
        id: second.id,
        attributes: { createdAt: expect.any(String), lastUsedOn: new Date().toISOString().slice(0, 10) },
      },
    ]);
    expect(twin.log.join('\n')).not.toContain('sfk_');
  });

  it('are made once under an Idempotency-Key, and a key is not told twice', async () => {
    const once = { 'x-api-key': 'demo-admin', 'idempotency-key': 'make-once' };
    const make = () => ask('POST', '/v1/consumers', once, { scopes: [] }, 'once');
    expect([(await make()).status, (await make()).status]).toEqual([201, 201]);
    const makeKeyOnce = () => ask('POST', '/v1/consumers/once/keys', { ...once, 'idempotency-key': 'key-once' }, {});
    expect((await makeKeyOnce()).status).toBe(201);
    const repeated = await makeKeyOnce();
    expect(repeated.document.errors?.[0]?.code).toBe('IDEMPOTENCY_UNREPLAYABLE');
    expect(JSON.stringify(repeated.document)).not.toContain('sfk_');
  });

  it('leave their acts in the audit log', async () => {
    await asAdmin('POST', '/v1/consumers', { scopes: [] }, 'seen');
    const { status, document } = await asAdmin('GET', '/v1/audit');
    expect(status).toBe(200);
    const acts = JSON.stringify(document.data);
    expect(acts).toContain('consumers.create');
    expect(acts).not.toContain('sfk_');
  });

  it('never have three keys, however many are asked for at once', async () => {
    await asAdmin('POST', '/v1/consumers', { scopes: [] }, 'crowd');
    const answers = await Promise.all(Array.from({ length: 6 }, () => asAdmin('POST', '/v1/consumers/crowd/keys', {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
  });

  it('are refused while they are suspended, and when they are removed', async () => {
    await asAdmin('POST', '/v1/consumers', { scopes: ['*:read'], state: 'suspended' }, 'gone');
    const { key } = await makeKey('gone');
    expect((await nativeAs(key)).status).toBe(401);
    expect((await asAdmin('DELETE', '/v1/consumers/gone')).status).toBe(204);
    expect((await asAdmin('GET', '/v1/consumers/gone')).status).toBe(404);
  });

  it('cannot administer with *:* alone', async () => {
    const refused = await ask('GET', '/v1/consumers', { 'x-api-key': 'demo-app' });
    expect([refused.status, refused.document.errors?.[0]?.code]).toEqual([403, 'SCOPE_MISSING']);
    const me = await ask('GET', '/v1/me', { 'x-api-key': 'demo-app' });
    expect([me.status, me.document.data.id]).toEqual([200, 'demo-app']);
  });

  it('identify themselves by a token of a trusted issuer, and by no other', async () => {
    const oidc = { issuer, clientId: 'dashboard' };
    const actsAs = ['user', 'service'];
    const dash = { scopes: ['*:read'], oidc, actsAs, withoutLink: 'service' };
    expect((await asAdmin('POST', '/v1/consumers', dash, 'dash')).status).toBe(201);
    const bearing = (claims: object) => ({ authorization: `Bearer ${createToken(issuer, claims)}` });
    const anna = bearing({ azp: 'dashboard', sub: 'anna' });
    const me = await ask('GET', '/v1/me', anna);
    expect([me.document.data.id, me.document.data.attributes.onBehalfOf]).toEqual(['dash', 'anna']);
    expect((await ask('GET', profile, anna)).status).toBe(200);
    for (const claims of [{ azp: 'other' }, { azp: 'dashboard', exp: 1 }, { azp: 'dashboard', aud: 'other' }]) {
      const refused = await ask('GET', profile, bearing(claims));
      expect([refused.status, refused.document.errors?.[0]?.code]).toEqual([401, 'CONSUMER_UNKNOWN']);
    }
    expect(twin.log.join('\n')).not.toContain('eyJ');
  });
});
