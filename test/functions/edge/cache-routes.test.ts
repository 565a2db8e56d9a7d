import { describe, expect, it } from 'vitest';
import { createCacheRoutes } from '../../../functions/edge/cache-routes.ts';
import { httpHandler } from '../../../functions/edge/http-handler.ts';
import { createMemoryFiguresStore } from '../../../shared/cache/adapters/figures.ts';
import { createMemoryPurgeLog } from '../../../shared/cache/adapters/purge-log.ts';
import { createCacheAdmin } from '../../../shared/cache/admin.ts';
import { defaultPolicy } from '../../../shared/cache/policy.ts';
import { createPurgeLimit } from '../../../shared/cache/purge-limit.ts';
import type { Identifier } from '../../../shared/consumers/identify.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { headerValue } from '../../../shared/http/headers.ts';
import { createTestCache, upstream } from '../../shared/cache/support.ts';
import { noActs } from '../../support/acts.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';

const scopesOf: Readonly<Record<string, string[]>> = {
  operator: ['cache:*', 'cache-admin:*'],
  cleaner: ['cache-admin:write'],
  writer: ['cache:write'],
  watcher: ['cache:read'],
  app: ['entities:*'],
  all: ['*:*'],
};

/** Each key is the name of its consumer. */
const identifier = {
  async identify(headers) {
    const id = headerValue(headers, 'x-api-key') ?? '';
    const scopes = scopesOf[id];
    if (!scopes) throw new AppError('CONSUMER_UNKNOWN');
    return { consumer: { id, scopes, state: 'active' } };
  },
} as Identifier;

const setUp = () => {
  const { store, clock } = createTestCache();
  const admin = createCacheAdmin({
    store,
    figures: createMemoryFiguresStore(),
    policy: defaultPolicy,
    clock,
    limit: createPurgeLimit(createMemoryPurgeLog(), clock),
    upstream,
  });
  const handler = httpHandler('', createCacheRoutes({ identifier, admin, acts: noActs }));
  const call = async (method: 'GET' | 'POST', key: string | undefined, body?: string) => {
    const reply = await invokeStreaming(
      handler,
      proxyEvent({
        method,
        resource: method === 'GET' ? '/v1/cache' : '/v1/cache/purges',
        headers: { 'content-type': 'application/vnd.api+json', ...(key === undefined ? {} : { 'x-api-key': key }) },
        ...(body === undefined ? {} : { body: Buffer.from(body) }),
      }),
    );
    return { ...reply, document: JSON.parse(reply.body.toString()) };
  };
  const purge = (key: string | undefined, attributes: object) =>
    call('POST', key, JSON.stringify({ data: { type: 'cache-purge', attributes } }));
  return { call, purge, store };
};

describe('GET /v1/cache', () => {
  it.each(['operator', 'watcher', 'all'])('tells %s how the cache fares', async (key) => {
    const { status, headers, document } = await setUp().call('GET', key);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'application/vnd.api+json',
      'no-store',
    ]);
    expect(document).toMatchObject({
      data: { type: 'cache', attributes: { boundSeconds: 60, sweep: { state: 'never' }, classes: {} } },
    });
  });

  it.each([
    ['app', 403, 'SCOPE_MISSING'],
    ['stranger', 401, 'CONSUMER_UNKNOWN'],
    [undefined, 401, 'CONSUMER_UNKNOWN'],
  ])('refuses %s', async (key, wanted, code) => {
    const { status, document } = await setUp().call('GET', key);
    expect([status, document.errors[0].code]).toEqual([wanted, code]);
  });
});

describe('POST /v1/cache/purges', () => {
  const hardOf = async (store: ReturnType<typeof setUp>['store'], tag: string): Promise<number | undefined> =>
    (await store.read(undefined, [tag])).epochs[tag]?.hard;

  it('purges what it names, and says when', async () => {
    const { purge, store } = setUp();
    const { status, document } = await purge('operator', { entity: 'experiment:e1' });
    expect([status, document.data.type]).toEqual([200, 'cache-purge']);
    expect(document.data.attributes).toMatchObject({ entity: 'experiment:e1', kind: 'hard' });
    expect(Date.parse(document.data.attributes.purgedAt)).not.toBeNaN();
    expect(await hardOf(store, 'entity:e1')).toBe(1);
  });

  it.each([
    ['watcher', 403],
    ['app', 403],
    ['stranger', 401],
    [undefined, 401],
  ])('purges nothing for %s', async (key, wanted) => {
    const { purge, store } = setUp();
    expect((await purge(key, { all: true })).status).toBe(wanted);
    expect(await hardOf(store, 'all')).toBe(0);
  });

  it.each(['writer', 'all'])('lets %s purge one entity, and neither a group nor everything', async (key) => {
    const { purge, store } = setUp();
    expect((await purge(key, { entity: 'experiment:e1' })).status).toBe(200);
    for (const attributes of [{ all: true }, { group: 'entities' }, { all: true, kind: 'soft' }, {}]) {
      const { status, document } = await purge(key, attributes);
      expect([status, document.errors[0].code]).toEqual([403, 'SCOPE_MISSING']);
      expect(document.errors[0].detail).toContain('cache-admin:write');
      expect(document.errors[0].detail).toContain('"*" does not cover the group cache-admin');
    }
    // Two things named, of which one is an entity: still nothing wide.
    expect((await purge(key, { entity: 'experiment:e1', all: true })).status).toBe(400);
    expect([await hardOf(store, 'all'), await hardOf(store, 'group-entities')]).toEqual([0, 0]);
  });

  it.each(['operator', 'cleaner'])('lets %s purge anything', async (key) => {
    const { purge } = setUp();
    for (const attributes of [{ entity: 'experiment:e1' }, { group: 'entities' }, { all: true }])
      expect((await purge(key, attributes)).status).toBe(200);
  });

  it('refuses the seventh wide purge of a minute, says when to come back, and purges nothing by it', async () => {
    const { purge, store } = setUp();
    const wide = [{ all: true }, { group: 'entities' }];
    for (let index = 0; index < 6; index += 1)
      expect((await purge('operator', wide[index % 2] ?? {})).status).toBe(200);
    const { status, headers, document } = await purge('cleaner', { all: true });
    expect([status, document.errors[0].code, headers['retry-after']]).toEqual([429, 'TOO_MANY_REQUESTS', '60']);
    expect(document.errors[0].detail).toContain('at most 6 times in 60 s');
    expect(await hardOf(store, 'all')).toBe(3);
    expect((await purge('writer', { entity: 'experiment:e1' })).status).toBe(200);
  });

  it.each([
    ['no body', undefined, ''],
    ['no JSON', '{', undefined],
    ['another type', '{"data":{"type":"cache","attributes":{"all":true}}}', '/data/type'],
    ['nothing named', '{"data":{"type":"cache-purge","attributes":{}}}', '/data/attributes'],
    [
      'two things named',
      '{"data":{"type":"cache-purge","attributes":{"all":true,"group":"entities"}}}',
      '/data/attributes',
    ],
    ['an unknown group', '{"data":{"type":"cache-purge","attributes":{"group":"entitys"}}}', '/data/attributes/group'],
    [
      'an unknown member',
      '{"data":{"type":"cache-purge","attributes":{"everything":true}}}',
      '/data/attributes/everything',
    ],
    [
      'an unknown kind',
      '{"data":{"type":"cache-purge","attributes":{"all":true,"kind":"mild"}}}',
      '/data/attributes/kind',
    ],
  ])('refuses %s, and purges nothing', async (_title, body, pointer) => {
    const { call, store } = setUp();
    const { status, document } = await call('POST', 'operator', body);
    const [{ code, source }] = document.errors;
    expect([status, code]).toEqual([400, 'REQUEST_INVALID']);
    if (pointer) expect(source).toEqual({ pointer });
    expect(await hardOf(store, 'all')).toBe(0);
  });
});
