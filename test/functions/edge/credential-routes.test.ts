import { describe, expect, it } from 'vitest';
import type { Acts, AdminAct } from '../../../functions/edge/acts.ts';
import { createCredentialRoutes } from '../../../functions/edge/credential-routes.ts';
import { httpHandler } from '../../../functions/edge/http-handler.ts';
import type { Identifier } from '../../../shared/consumers/identify.ts';
import { createMemoryCredentialVault } from '../../../shared/credentials/adapters/memory.ts';
import { createKeyAdmin } from '../../../shared/credentials/key-admin.ts';
import { CredentialDocument, CredentialsDocument } from '../../../shared/credentials/key-document.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { headerValue } from '../../../shared/http/headers.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';

const scopesOf: Readonly<Record<string, string[]>> = {
  operator: ['credentials:*'],
  watcher: ['credentials:read'],
  app: ['entities:*'],
  all: ['*:*'],
};

/** Each key is the name of its consumer. `deprived` is one whose record has changed since an instance last read it. */
const identifier = {
  async identify(headers, { fresh = false } = {}) {
    if (headerValue(headers, 'x-api-key') === 'deprived')
      return { consumer: { id: 'deprived', scopes: fresh ? [] : ['credentials:*'], state: 'active' } };
    const id = headerValue(headers, 'x-api-key') ?? '';
    const scopes = scopesOf[id];
    if (!scopes) throw new AppError('CONSUMER_UNKNOWN');
    return { consumer: { id, scopes, state: 'active' } };
  },
} as Identifier;

const setUp = (poolSize = 3) => {
  let nowMillis = Date.parse('2026-03-01T00:00:00Z');
  const clock = { nowMillis: () => (nowMillis += 1_000) };
  const admin = createKeyAdmin(createMemoryCredentialVault(), clock, poolSize);
  const acts: (AdminAct & { readonly failed: boolean })[] = [];
  const recording: Acts = {
    async around(act, run) {
      const outcome = await run().catch((error: unknown) => {
        acts.push({ ...act, failed: true });
        throw error;
      });
      acts.push({ ...act, failed: false });
      return outcome;
    },
  };
  const handler = httpHandler('', createCredentialRoutes({ identifier, admin, acts: recording, clock }));
  const call = async (method: string, id?: string, attributes?: object, key = 'operator') => {
    const body = { data: { type: 'credential', attributes } };
    const reply = await invokeStreaming(
      handler,
      proxyEvent({
        method,
        resource: id === undefined ? '/v1/credentials' : '/v1/credentials/{credentialId}',
        ...(id === undefined ? {} : { pathParameters: { credentialId: id } }),
        headers: { 'content-type': 'application/vnd.api+json', 'x-api-key': key },
        ...(attributes === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
      }),
    );
    return { status: reply.status, text: reply.body.toString() };
  };
  const add = async (secret: string, parts: object = {}) => {
    const reply = await call('POST', undefined, { owner: 'svc-eln', secret, ...parts });
    return { ...reply, data: CredentialDocument.parse(JSON.parse(reply.text)).data };
  };
  const list = async () => CredentialsDocument.parse(JSON.parse((await call('GET')).text)).data;
  return { call, add, list, acts };
};

describe('/v1/credentials', () => {
  it('goes by the record of the caller as it is now', async () => {
    const { call, add } = setUp();
    const { data } = await add('secret-one');
    const tries = [
      await call('GET', undefined, undefined, 'deprived'),
      await call('POST', undefined, { owner: 'svc-eln', secret: 'mine' }, 'deprived'),
      await call('PATCH', data.id, { state: 'disabled' }, 'deprived'),
      await call('DELETE', data.id, undefined, 'deprived'),
    ];
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('adds, lists, changes and removes, in the documented form, without a secret in any answer', async () => {
    const { call, add, list } = setUp();
    const replies = [await add('secret-one'), await add('secret-two', { expiresAt: '2027-01-01T00:00:00Z' })] as const;
    expect(replies.map(({ status }) => status)).toEqual([201, 201]);
    const [one, two] = replies.map(({ data }) => data.id);
    expect((await list()).map(({ id, attributes }) => [id, attributes.preferred])).toEqual([
      [two, true],
      [one, false],
    ]);
    const changed = await call('PATCH', two, { state: 'disabled', expiresAt: null });
    const { attributes } = CredentialDocument.parse(JSON.parse(changed.text)).data;
    expect([attributes.state, attributes.usable, attributes.expiresAt]).toEqual(['disabled', false, undefined]);
    expect((await call('DELETE', two)).status).toBe(204);
    expect((await list()).map(({ id }) => id)).toEqual([one]);
    const texts = [...replies.map(({ text }) => text), changed.text, (await call('GET')).text].join();
    for (const part of ['secret-one', 'secret-two', 'secret', 'sealed', 'ciphertext'])
      expect(texts).not.toContain(part);
  });

  it.each([
    ['a secret that is there already', { owner: 'x', secret: 'taken' }, 409, 'CREDENTIAL_KNOWN'],
    ['no owner', { secret: 'other' }, 400, 'REQUEST_INVALID'],
    ['an owner with a separator', { owner: 'a:b', secret: 'other' }, 400, 'REQUEST_INVALID'],
    ['a secret with a line break', { owner: 'x', secret: 'a\nb' }, 400, 'REQUEST_INVALID'],
    ['a member that it does not know', { owner: 'x', secret: 'other', state: 'active' }, 400, 'REQUEST_INVALID'],
  ])('refuses %s, and repeats no secret', async (_name, attributes, status, code) => {
    const { call, add } = setUp();
    await add('taken');
    const reply = await call('POST', undefined, attributes);
    expect([reply.status, JSON.parse(reply.text).errors[0].code]).toEqual([status, code]);
    expect(reply.text).not.toContain(attributes.secret);
  });

  it('refuses one too many, a change of nothing, and an unknown id', async () => {
    const { call, add } = setUp(1);
    const { data } = await add('one');
    const full = await call('POST', undefined, { owner: 'x', secret: 'two' });
    expect([full.status, JSON.parse(full.text).errors[0].code]).toEqual([409, 'CREDENTIAL_POOL_FULL']);
    expect((await call('PATCH', data.id, {})).status).toBe(400);
    expect((await call('PATCH', 'cred-0', { rank: 1 })).status).toBe(404);
    expect((await call('DELETE', data.id)).status).toBe(409);
  });

  it('hands each change to the audit, also one that fails, and never a secret', async () => {
    const { call, add, acts } = setUp();
    const { data } = await add('secret-one');
    await call('PATCH', data.id, { rank: 5 });
    await call('DELETE', data.id);
    expect(acts.map(({ act, target, failed }) => [act, target, failed])).toEqual([
      ['credentials.add', 'svc-eln', false],
      ['credentials.change', data.id, false],
      ['credentials.remove', data.id, true],
    ]);
    expect(acts[0]?.caller.consumer.id).toBe('operator');
    const changes = acts.map((act) => act.changes?.() ?? []);
    expect(changes[0]).toContainEqual({ of: data.id, field: 'owner', new: 'svc-eln' });
    expect(changes[1]).toEqual([{ of: data.id, field: 'rank', old: 1, new: 5 }]);
    expect(changes[2]).toEqual([]);
    expect(acts.map(({ asked }) => asked)).toMatchObject([{ owner: 'svc-eln' }, { rank: 5 }, {}]);
    expect(JSON.stringify([acts, changes])).not.toContain('secret-one');
  });

  it.each([
    ['watcher', [200, 403]],
    ['app', [403, 403]],
    ['all', [403, 403]],
    ['stranger', [401, 401]],
  ])('lets %s read and write: %j', async (key, expected) => {
    const { call } = setUp();
    const statuses = [
      (await call('GET', undefined, undefined, key)).status,
      (await call('POST', undefined, { owner: 'x', secret: 'y' }, key)).status,
    ];
    expect(statuses).toEqual(expected);
  });
});
