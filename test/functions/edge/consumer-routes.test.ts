import { describe, expect, it } from 'vitest';
import { type Acts, type AdminAct, noActs } from '../../../functions/edge/acts.ts';
import { createCallerRoutes } from '../../../functions/edge/caller-routes.ts';
import { createConsumerRoutes } from '../../../functions/edge/consumer-routes.ts';
import { delegate } from '../../../functions/edge/delegate.ts';
import type { HttpRequest } from '../../../functions/edge/http-request.ts';
import { createMemoryConsumerStore } from '../../../shared/consumers/adapters/memory.ts';
import { createConsumerAdmin } from '../../../shared/consumers/admin.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import { createConsumerKeys } from '../../../shared/consumers/keys.ts';
import { createConsumerRegistry } from '../../../shared/consumers/registry.ts';
import { callerRoutes, consumerRoutes } from '../../../shared/consumers/routes.ts';
import { createScopeCatalogue } from '../../../shared/consumers/scope-catalogue.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { readSignalsOperations } from '../../../shared/signals/signals.ts';
import { facadeGroups } from '../../../shared/surface/facade-routes.ts';
import { fillPath } from '../../support/paths.ts';

const publicUrl = 'https://facade.example.com/prod';
const issuer = 'https://login.example.com';

type Options = {
  readonly as?: string;
  readonly body?: unknown;
  readonly path?: Record<string, string>;
  readonly query?: readonly (readonly [string, string])[];
  readonly headers?: readonly (readonly [string, string])[];
};

const start = async (acts: Acts = noActs) => {
  const clock = { millis: Date.UTC(2026, 2, 1), nowMillis: () => clock.millis };
  const store = createMemoryConsumerStore();
  const registry = createConsumerRegistry(store, { clock });
  await registry.save({ id: 'admin', scopes: ['*:*', 'consumers:*', 'tokens:*'], state: 'active' }, hashKey('admin'));
  await registry.save({ id: 'viewer', scopes: ['consumers:read'], state: 'active' }, hashKey('viewer'));
  await registry.save({ id: 'app', scopes: ['*:*'], state: 'active', actsAs: ['user', 'service'] }, hashKey('app'));
  const common = {
    identifier: createIdentifier(registry, clock),
    scopes: createScopeCatalogue([{ operations: readSignalsOperations() }], facadeGroups),
    acts,
  };
  const keys = createConsumerKeys(store, clock);
  const admin = createConsumerAdmin(store, clock);
  const handle = delegate(
    { routes: consumerRoutes, handle: createConsumerRoutes({ ...common, admin, keys, clock, issuers: [issuer] }) },
    { routes: callerRoutes, handle: createCallerRoutes(common) },
  );
  const ask = async (method: string, route: string, options: Options = {}) => {
    const request: HttpRequest = {
      requestId: 'request-1',
      method,
      route,
      path: fillPath(route, options.path),
      pathParameters: options.path ?? {},
      query: options.query ?? [],
      headers: [['x-api-key', options.as ?? 'admin'], ...(options.headers ?? [])],
      body: options.body === undefined ? undefined : Buffer.from(JSON.stringify(options.body)),
      publicUrl,
      deadlineMillis: clock.millis + 10_000,
    };
    const { status, headers, body } = await handle(request, {});
    const document = body instanceof Uint8Array ? JSON.parse(Buffer.from(body).toString()) : undefined;
    return { status, headers: new Map(headers), document };
  };
  const refusal = async (method: string, route: string, options: Options = {}) => {
    const error = await ask(method, route, options).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof AppError)) throw new Error(`Expected a refusal, got ${String(error)}`);
    return [error.code, error.facts.source?.pointer ?? error.facts.source?.parameter ?? error.facts.source?.header];
  };
  return { clock, store, ask, refusal };
};

const list = '/v1/consumers';
const one = '/v1/consumers/{consumerId}';
const keys = '/v1/consumers/{consumerId}/keys';
const key = '/v1/consumers/{consumerId}/keys/{keyId}';
const bodyOf = (id: string, attributes: object) => ({ data: { type: 'consumer', id, attributes } });
const changeOf = (attributes: object) => ({ data: { type: 'consumer', id: undefined, attributes } });

describe('the routes of consumers', () => {
  it('create, read, change and remove one', async () => {
    const { ask, refusal } = await start();
    const attributes = {
      scopes: ['*:read'],
      contact: 'lab@example.com',
      quota: { priority: 'background', caps: [{ units: 5, windowSeconds: 60 }] },
      actsAs: ['user', 'service'],
      withoutLink: 'service',
      userAttributed: ['entities:write'],
      oidc: { issuer, clientId: 'c1' },
    };
    const created = await ask('POST', list, { body: bodyOf('lab', attributes) });
    expect([created.status, created.headers.get('location'), created.headers.get('etag')]).toEqual([
      201,
      `${publicUrl}/v1/consumers/lab`,
      '"1"',
    ]);
    expect(created.document.data).toMatchObject({
      type: 'consumer',
      id: 'lab',
      attributes: { ...attributes, state: 'active', quota: { ...attributes.quota, weight: 1 } },
      meta: { version: 1, createdAt: '2026-03-01T00:00:00.000Z' },
    });
    const path = { consumerId: 'lab' };
    const changed = await ask('PATCH', one, {
      path,
      headers: [['if-match', '"1"']],
      body: changeOf({
        contact: null,
        scopes: ['entities:read'],
        userAttributed: null,
        actsAs: null,
        withoutLink: null,
        quota: null,
      }),
    });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    const read = await ask('GET', one, { path, as: 'viewer' });
    expect(read.document).toEqual(changed.document);
    expect(read.document.data.attributes).toEqual({
      scopes: ['entities:read'],
      state: 'active',
      quota: { priority: 'interactive', weight: 1, caps: [] },
      actsAs: ['service'],
      withoutLink: 'refuse',
      userAttributed: [],
      oidc: { issuer, clientId: 'c1' },
    });
    expect(await refusal('PATCH', one, { path, headers: [['if-match', '"1"']], body: changeOf({}) })).toEqual([
      'CONSUMER_CHANGED',
      undefined,
    ]);
    expect((await ask('DELETE', one, { path })).status).toBe(204);
    expect((await refusal('GET', one, { path }))[0]).toBe('CONSUMER_ABSENT');
  });

  it('page through all, each once', async () => {
    const { ask } = await start();
    for (let index = 0; index < 7; index += 1) {
      await ask('POST', list, { body: bodyOf(`c${index}`, { scopes: [] }) });
    }
    const seen: string[] = [];
    let query: readonly (readonly [string, string])[] = [['page[limit]', '4']];
    for (let pages = 0; query.length > 0; pages += 1) {
      expect(pages).toBeLessThan(4);
      const { document } = await ask('GET', list, { query, as: 'viewer' });
      seen.push(...document.data.map(({ id }: { id: string }) => id));
      query = document.links.next ? [...new URL(document.links.next).searchParams] : [];
    }
    expect(seen).toEqual(['admin', 'app', 'c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'viewer']);
  });

  it('show a key once', async () => {
    const { ask } = await start();
    const path = { consumerId: 'app' };
    const made = await ask('POST', keys, {
      path,
      body: { data: { type: 'consumer-key', attributes: { expiresAt: '2026-04-01T00:00:00Z' } } },
    });
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { id, attributes } = made.document.data;
    expect(attributes).toEqual({
      createdAt: '2026-03-01T00:00:00.000Z',
      expiresAt: '2026-04-01T00:00:00.000Z',
      key: expect.stringMatching(/^sfk_[0-9A-Za-z]{49}$/),
    });
    expect((await ask('GET', '/v1/me', { as: attributes.key })).document.data.id).toBe('app');
    const listed = await ask('GET', keys, { path, as: 'viewer' });
    expect(listed.document.data.map((resource: { id: string }) => resource.id)).toContain(id);
    expect(JSON.stringify(listed.document)).not.toContain('sfk_');
    expect((await ask('DELETE', key, { path: { ...path, keyId: id } })).status).toBe(204);
    expect((await ask('GET', keys, { path })).document.data).toHaveLength(1);
  });

  it.each([
    ['suspended', { state: 'suspended' }],
    ['deprived of its scope', { scopes: ['*:*'] }],
  ])('hear nobody that was %s a moment ago, whatever the instance remembers', async (_name, change) => {
    const { ask, refusal } = await start();
    const second = { consumerId: 'second' };
    await ask('POST', list, { body: bodyOf('second', { scopes: ['*:*', 'consumers:*'] }) });
    const { document } = await ask('POST', keys, { path: second });
    const as = document.data.attributes.key;
    expect((await ask('GET', '/v1/me', { as })).document.data.id).toBe('second');
    await ask('PATCH', one, { path: second, body: changeOf(change) });
    const restored = { as, path: second, body: changeOf({ state: 'active', scopes: ['*:*', 'consumers:*'] }) };
    expect((await refusal('PATCH', one, restored))[0]).toMatch(/CONSUMER_UNKNOWN|SCOPE_MISSING/);
    expect((await refusal('POST', keys, { as, path: second }))[0]).toMatch(/CONSUMER_UNKNOWN|SCOPE_MISSING/);
    expect((await refusal('GET', list, { as }))[0]).toMatch(/CONSUMER_UNKNOWN|SCOPE_MISSING/);
  });

  it('neither show nor take which of several consumers of one id this is', async () => {
    const { ask, refusal, store } = await start();
    const path = { consumerId: 'app' };
    const { incarnation } = (await store.read('app'))?.consumer ?? {};
    expect(incarnation).toMatch(/^c_[0-9a-f]{24}$/);
    for (const body of [bodyOf('lab', { scopes: [], incarnation: 'x' }), changeOf({ incarnation: 'x' })])
      expect((await refusal(body.data.id ? 'POST' : 'PATCH', body.data.id ? list : one, { path, body }))[0]).toBe(
        'REQUEST_INVALID',
      );
    const changed = await ask('PATCH', one, { path, body: changeOf({ contact: 'x' }) });
    expect(JSON.stringify(changed.document)).not.toContain(incarnation);
    expect((await store.read('app'))?.consumer.incarnation).toBe(incarnation);
  });

  it('tell everybody who they are, for whom they call and what they may', async () => {
    const { ask, refusal } = await start();
    const { document } = await ask('GET', '/v1/me', { as: 'app', headers: [['x-on-behalf-of', 'anna']] });
    expect(document.data).toEqual({
      type: 'consumer',
      id: 'app',
      attributes: {
        scopes: ['*:*'],
        state: 'active',
        quota: { priority: 'interactive', weight: 1, caps: [] },
        actsAs: ['user', 'service'],
        withoutLink: 'refuse',
        userAttributed: [],
        onBehalfOf: 'anna',
      },
    });
    expect((await refusal('GET', '/v1/me', { as: 'nobody' }))[0]).toBe('CONSUMER_UNKNOWN');
  });

  it.each([
    ['GET', list],
    ['POST', list],
    ['GET', one],
    ['PATCH', one],
    ['DELETE', one],
    ['GET', keys],
    ['POST', keys],
    ['DELETE', key],
  ])('%s %s need a scope that names consumers, and acts the one to write', async (method, route) => {
    const { refusal } = await start();
    const path = { consumerId: 'app', keyId: 'key-1' };
    expect((await refusal(method, route, { path, as: 'app' }))[0]).toBe('SCOPE_MISSING');
    if (method !== 'GET') expect((await refusal(method, route, { path, as: 'viewer' }))[0]).toBe('SCOPE_MISSING');
  });

  it.each([
    ['an id with capitals', bodyOf('Lab', { scopes: [] }), '/data/id'],
    ['no scopes', bodyOf('lab', {}), '/data/attributes/scopes'],
    ['a wrong scope', bodyOf('lab', { scopes: ['*:read', 'all'] }), '/data/attributes/scopes/1'],
    ['another type', { data: { type: 'app', id: 'lab', attributes: { scopes: [] } } }, '/data/type'],
    ['a member that does not exist', bodyOf('lab', { scopes: [], owner: 'x' }), '/data/attributes/owner'],
    [
      'a priority that does not exist',
      bodyOf('lab', { scopes: [], quota: { priority: 'x' } }),
      '/data/attributes/quota/priority',
    ],
    [
      'a negative cap',
      bodyOf('lab', { scopes: [], quota: { caps: [{ units: -1, windowSeconds: 1 }] } }),
      '/data/attributes/quota/caps/0/units',
    ],
    [
      'an issuer that the stage does not trust',
      bodyOf('lab', { scopes: [], oidc: { issuer: 'https://x.example.com', clientId: 'c' } }),
      '/data/attributes/oidc/issuer',
    ],
    [
      'calls that need a person and nobody to be',
      bodyOf('lab', { scopes: [], userAttributed: ['*:write'] }),
      '/data/attributes/userAttributed',
    ],
    [
      'a fallback to a service that it does not act as',
      bodyOf('lab', { scopes: [], actsAs: ['user'], withoutLink: 'service' }),
      '/data/attributes/withoutLink',
    ],
    [
      'a fallback that there is not',
      bodyOf('lab', { scopes: [], actsAs: ['user', 'service'], withoutLink: 'bearer' }),
      '/data/attributes/withoutLink',
    ],
  ])('refuse %s with a pointer to it', async (_name, body, pointer) => {
    const { refusal } = await start();
    expect(await refusal('POST', list, { body })).toEqual(['REQUEST_INVALID', pointer]);
  });

  it.each([
    ['scopes', { scopes: ['*:read', 'entites:write'] }, '/data/attributes/scopes/1', 'The nearest is entities:write;'],
    ['scopes of a kind', { scopes: ['entities:wirte'] }, '/data/attributes/scopes/0', 'The nearest is entities:write;'],
    [
      'marks',
      { scopes: [], actsAs: ['user'], userAttributed: ['entities:write', 'entites:write'] },
      '/data/attributes/userAttributed/1',
      'The nearest is entities:write;',
    ],
    [
      'marks of the facade itself',
      { scopes: [], actsAs: ['user'], userAttributed: ['tokens:write'] },
      '/data/attributes/userAttributed/0',
      'never go to the tenant',
    ],
  ])('refuse %s that stand for nothing, and say what would', async (_name, attributes, pointer, text) => {
    const { ask, store } = await start();
    for (const [method, route, body] of [
      ['POST', list, bodyOf('lab', attributes)],
      ['PATCH', one, changeOf(attributes)],
    ] as const) {
      const refused = ask(method, route, { path: { consumerId: 'app' }, body });
      await expect(refused).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
        facts: { source: { pointer }, detail: expect.stringContaining(text) },
      });
    }
    expect(await store.read('lab')).toBeUndefined();
    expect((await store.read('app'))?.version).toBe(1);
  });

  it('show a stored scope that nobody knows, let the record change around it, and grant nothing by it', async () => {
    const { ask, refusal, store } = await start();
    const present = await store.read('app');
    if (!present) throw new Error('no consumer');
    const scopes = ['consumer:write', 'entities:read'];
    const userAttributed = ['entites:write', 'entities:write'];
    await store.write({ ...present, consumer: { ...present.consumer, scopes, userAttributed }, version: 2 }, 1);
    const unknown = { unknownScopes: ['consumer:write'], unknownUserAttributed: ['entites:write'] };
    const path = { consumerId: 'app' };
    const { document } = await ask('GET', one, { path });
    expect(document.data).toMatchObject({ attributes: { scopes, userAttributed }, meta: unknown });
    expect((await ask('GET', list)).document.data[1].meta).toMatchObject(unknown);
    expect((await ask('GET', '/v1/me', { as: 'app' })).document.data.meta).toEqual(unknown);
    expect((await refusal('PATCH', one, { path, as: 'app', body: changeOf({}) }))[0]).toBe('SCOPE_MISSING');
    const changed = await ask('PATCH', one, { path, body: changeOf({ contact: 'lab' }) });
    expect(changed.document.data).toMatchObject({ attributes: { scopes, contact: 'lab' }, meta: unknown });
    const mended = await ask('PATCH', one, {
      path,
      body: changeOf({ scopes: ['entities:read'], userAttributed: ['entities:write'] }),
    });
    expect(Object.keys(mended.document.data.meta)).toEqual(['version', 'createdAt', 'changedAt']);
    expect((await ask('GET', '/v1/me', { as: 'app' })).document.data.meta).toEqual(unknown); // Remembered for 30 s.
  });

  it('refuse a change of the id, a key that has expired, and parameters that cannot be read', async () => {
    const { refusal } = await start();
    const path = { consumerId: 'app' };
    expect(await refusal('PATCH', one, { path, body: bodyOf('other', {}) })).toEqual(['REQUEST_INVALID', '/data/id']);
    const expired = { data: { type: 'consumer-key', attributes: { expiresAt: '2026-02-28T00:00:00Z' } } };
    expect(await refusal('POST', keys, { path, body: expired })).toEqual([
      'REQUEST_INVALID',
      '/data/attributes/expiresAt',
    ]);
    for (const limit of ['0', '101', 'x', '1.5'])
      expect(await refusal('GET', list, { query: [['page[limit]', limit]] })).toEqual([
        'REQUEST_INVALID',
        'page[limit]',
      ]);
    expect(await refusal('GET', list, { query: [['page[after]', 'A b']] })).toEqual(['REQUEST_INVALID', 'page[after]']);
    expect(await refusal('PATCH', one, { path, headers: [['if-match', 'W/"1"']], body: changeOf({}) })).toEqual([
      'REQUEST_INVALID',
      'If-Match',
    ]);
  });

  it('tell of each act once, with its target and its outcome', async () => {
    const told: (Omit<AdminAct, 'caller'> & { by: string; outcome: string })[] = [];
    const changed: unknown[] = [];
    const acts: Acts = {
      async around({ caller, ...act }, run) {
        try {
          const answer = await run();
          told.push({ ...act, by: caller.consumer.id, outcome: 'done' });
          changed.push([act.act, act.changes?.()]);
          return answer;
        } catch (error) {
          told.push({ ...act, by: caller.consumer.id, outcome: (error as AppError).code });
          throw error;
        }
      },
    };
    const { ask, refusal } = await start(acts);
    const path = { consumerId: 'lab' };
    await ask('POST', list, { body: bodyOf('lab', { scopes: [] }) });
    await refusal('POST', list, { body: bodyOf('lab', { scopes: [] }) });
    await ask('PATCH', one, { path, body: changeOf({ state: 'suspended' }) });
    const { document } = await ask('POST', keys, { path });
    await ask('DELETE', key, { path: { ...path, keyId: document.data.id } });
    await ask('DELETE', one, { path });
    await ask('GET', list);
    expect(told.map(({ act, target, outcome }) => [act, target, outcome])).toEqual([
      ['consumers.create', 'lab', 'done'],
      ['consumers.create', 'lab', 'CONSUMER_EXISTS'],
      ['consumers.change', 'lab', 'done'],
      ['consumers.add-key', 'lab', 'done'],
      ['consumers.revoke-key', `lab/${document.data.id}`, 'done'],
      ['consumers.remove', 'lab', 'done'],
    ]);
    expect(new Set(told.map(({ by, requestId }) => `${by} ${requestId}`))).toEqual(new Set(['admin request-1']));
    expect(JSON.stringify([told, changed])).not.toMatch(/sfk_|[0-9a-f]{64}/);
    const createdAt = '2026-03-01T00:00:00.000Z';
    const defaults = { actsAs: ['service'], userAttributed: [], withoutLink: 'refuse' };
    const quota = { priority: 'interactive', weight: 1, caps: [] };
    const attributes = (state: string) =>
      Object.entries({ ...defaults, quota, scopes: [], state }).sort(([one], [other]) => (one < other ? -1 : 1));
    expect(changed).toEqual([
      ['consumers.create', attributes('active').map(([field, value]) => ({ field, new: value }))],
      ['consumers.change', [{ field: 'state', old: 'active', new: 'suspended' }]],
      ['consumers.add-key', [{ of: document.data.id, field: 'createdAt', new: createdAt }]],
      ['consumers.revoke-key', [{ of: document.data.id, field: 'createdAt', old: createdAt }]],
      ['consumers.remove', attributes('suspended').map(([field, value]) => ({ field, old: value }))],
    ]);
    expect(told.map(({ asked }) => asked)).toEqual([
      { ...defaults, quota, scopes: [], state: 'active' },
      { ...defaults, quota, scopes: [], state: 'active' },
      { state: 'suspended' },
      {},
      {},
      {},
    ]);
  });
});
