/** /v1/archive for callers that act as a person: only experiments that this person can read now. */
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { createArchiveRoutes } from '../../../functions/edge/archive-routes.ts';
import { httpHandler } from '../../../functions/edge/http-handler.ts';
import { createMemoryArchiveStore } from '../../../shared/archive/adapters/memory.ts';
import { claimNumber } from '../../../shared/archive/claim.ts';
import type { Identifier } from '../../../shared/consumers/identify.ts';
import { headerValue } from '../../../shared/http/headers.ts';
import { createLargeAnswers } from '../../../shared/large-answers/large-answers.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { noActs } from '../../support/acts.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const identifier = {
  identify: async (headers) => ({
    consumer: {
      ...{ id: 'app', scopes: ['archive:read'], state: 'active' as const },
      ...(headerValue(headers, 'x-api-key') === 'people' ? { actsAs: ['user', 'service'] as const } : {}),
    },
  }),
} as Identifier;

/** An archive of three experiments; the tenant answers as `statusOf` says. */
const setUp = async (statusOf: (eid: string) => number, actedAs: 'user' | 'service' = 'user', sizeBytes = 5) => {
  const store = createMemoryArchiveStore();
  for (const name of ['a', 'b', 'c']) {
    const version = { eid: `experiment:${name}`, digest: '1', version: 1, requestedBy: 'facade', requestedAtMillis: 0 };
    const stored = {
      ...{ sha256: 'a'.repeat(64), crc64nvme: 'AAAAAAAAAAA=', sizeBytes, versionId: 'v1' },
      ...{ archivedAt: '2026-11-27T09:00:00.000Z', lockMode: null, retainUntil: null },
    };
    await store.writeVersion({ ...version, candidates: [], stored });
    await store.publish(await claimNumber(store, version));
  }
  const calls: { readonly path: string; readonly cacheControl: string | undefined }[] = [];
  const call = async ({ path, headers = [] }: { path: string; headers?: readonly (readonly [string, string])[] }) => {
    calls.push({ path, cacheControl: headerValue(headers, 'cache-control') });
    const eid = decodeURIComponent(path.slice('/entities/'.length));
    return { status: statusOf(eid), headers: [], body: undefined, actedAs };
  };
  const files = {
    open: async () => Readable.from([Buffer.alloc(sizeBytes)]),
    presign: async () => 'https://s3.example.com/a',
  };
  const largeAnswers = createLargeAnswers({
    admission: { enter: async () => ({ refusedBy: 'large-answers-consumer' }) },
    limits: { perConsumer: 4, inAll: 5, pool: 'archive' },
    clock: systemClock,
  });
  const heldAmong = async () => new Set(['experiment:b']);
  const parts = { identifier, acts: noActs, store, files, largeAnswers, heldAmong, pipeline: { as: () => ({ call }) } };
  const handler = httpHandler('', createArchiveRoutes(parts as never));
  const get = async (path: string, key: string, headers: Record<string, string> = {}) => {
    const resource = path === '' || path.startsWith('?') ? '/v1/archive' : '/v1/archive/{proxy+}';
    const [own = '', query = ''] = path.split('?');
    const event = proxyEvent({
      ...{ method: 'GET', resource, path: `/v1/archive${own}`, headers: { 'x-api-key': key, ...headers } },
      query: Object.fromEntries(new URLSearchParams(query)),
    });
    const { status, body } = await invokeStreaming(handler, event);
    type Page = { data?: { id: string }[]; links?: { next?: string } };
    return { status, document: (body.includes('{') ? JSON.parse(body.toString()) : {}) as Page };
  };
  return { get, calls };
};
const idsOf = ({ document }: { document: { data?: { id: string }[] } }) => document.data?.map(({ id }) => id);

it('a person gets only the entries of experiments that the tenant shows this person', async () => {
  const { get, calls } = await setUp((eid) => (eid === 'experiment:b' ? 403 : 200));
  expect(idsOf(await get('', 'people'))).toEqual(['3', '1']);
  expect((await get('/2', 'people')).status).toBe(404);
  expect((await get('/2/content', 'people')).status).toBe(404);
  expect((await get('/1', 'people')).status).toBe(200);
  for (const { cacheControl } of nonEmpty(calls)) expect(cacheControl).toBe('max-age=55');
});

it('an entry says whether a legal hold lies on its experiment', async () => {
  const { get } = await setUp(() => 200);
  type Entries = { data: readonly { id: string; attributes: { legalHold: boolean } }[] };
  const { data } = (await get('', 'app')).document as unknown as Entries;
  expect(data.map(({ id, attributes }) => [id, attributes.legalHold])).toEqual([
    ['3', false],
    ['2', true],
    ['1', false],
  ]);
});

it('a person gets nothing while the tenant does not say what this person may read', async () => {
  const { get } = await setUp(() => 503);
  expect((await get('', 'people')).status).toBeGreaterThanOrEqual(500);
  expect((await get('/1/content', 'people')).status).toBeGreaterThanOrEqual(500);
});

it('the service account sees the whole archive, with one look-up where a consumer may act as a person too', async () => {
  const { get, calls } = await setUp(() => 404, 'service');
  expect(idsOf(await get('', 'people'))).toEqual(['3', '2', '1']);
  expect(calls).toHaveLength(1);
  expect(idsOf(await get('', 'app'))).toEqual(['3', '2', '1']);
  expect(calls).toHaveLength(1);
});

it('whoever asks for what follows the last id gets each entry once, whatever the pages and the filters', async () => {
  const { get } = await setUp(() => 404, 'service');
  const seen: string[] = [];
  let query: string | undefined = '?filter[after]=0&page[limit]=2';
  while (query !== undefined) {
    const { document } = await get(query, 'app');
    seen.push(...(document.data ?? []).map(({ id }) => id));
    const { next } = document.links ?? {};
    query = next === undefined ? undefined : new URL(next, 'http://facade').search;
  }
  expect(seen).toEqual(['1', '2', '3']);
  expect(idsOf(await get('?filter[after]=3', 'app'))).toEqual([]);
  const filtered = await get('?filter[after]=0&page[limit]=1&filter[entity]=experiment:c', 'app');
  expect([
    idsOf(filtered),
    new URL(filtered.document.links?.next ?? '', 'http://facade').searchParams.get('filter[after]'),
  ]).toEqual([[], '1']);
  expect((await get('?filter[after]=x', 'app')).status).toBe(400);
});

it('a large PDF is one of the large answers that a consumer may have in flight; a small one and a URL are not', async () => {
  const small = await setUp(() => 404, 'service');
  expect((await small.get('/1/content', 'app')).status).toBe(200);
  const large = await setUp(() => 404, 'service', 2_000_000);
  expect((await large.get('/1/content', 'app')).status).toBe(429);
  expect((await large.get('/1/content', 'app', { prefer: 'redirect' })).status).toBe(303);
});
