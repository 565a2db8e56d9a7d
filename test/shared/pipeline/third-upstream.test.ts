/**
 * The proof that an upstream is a record: a third one of about thirty lines, with another base path, other scopes, another
 * authentication and another form of error, behind the real pipeline with cache, quota, audit log, uploads and OpenAPI.
 */
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { createUploadRoutes } from '../../../functions/edge/upload-routes.ts';
import type { NativeApi } from '../../../infra/openapi/native-api.ts';
import { createOpenApiDocument } from '../../../infra/openapi/openapi-document.ts';
import { signalsApi } from '../../../infra/openapi/signals/signals-api.ts';
import { createMemoryAuditLog } from '../../../shared/audit/adapters/memory.ts';
import { createAudit } from '../../../shared/audit/audit.ts';
import { createMemoryFiguresStore } from '../../../shared/cache/adapters/figures.ts';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createMemoryPurgeLog } from '../../../shared/cache/adapters/purge-log.ts';
import { createCacheAdmin } from '../../../shared/cache/admin.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { defaultPolicy as cachePolicy } from '../../../shared/cache/policy.ts';
import { createPurgeLimit } from '../../../shared/cache/purge-limit.ts';
import { createCatalogue } from '../../../shared/catalogue/catalogue.ts';
import { createOperations, type OperationPolicies } from '../../../shared/catalogue/operation.ts';
import { jsonApiMediaType } from '../../../shared/config/names.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import { createMemoryCredentialVault } from '../../../shared/credentials/adapters/memory.ts';
import { createCredentialChooser } from '../../../shared/credentials/choose.ts';
import { createServiceKeys } from '../../../shared/credentials/service-keys.ts';
import type { NativeRequest } from '../../../shared/exchange/exchange.ts';
import { defaultProfile } from '../../../shared/exchange/quota-profile.ts';
import type { Upstream } from '../../../shared/exchange/upstream.ts';
import { createMemoryQuotaStore } from '../../../shared/quota/adapters/memory.ts';
import { createQuotaGate } from '../../../shared/quota/gate.ts';
import { createGovernor } from '../../../shared/quota/governor.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { systemTicker } from '../../../shared/quota/ticker.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import {
  createMemoryAllowanceStore,
  createMemoryUploadBytes,
  createMemoryUploadStore,
} from '../../../shared/uploads/adapters/memory.ts';
import { createAllowance } from '../../../shared/uploads/allowance.ts';
import { createUploads } from '../../../shared/uploads/upload.ts';
import { createTestPipeline, nativeRequest, publicUrl } from '../../support/pipeline.ts';
import { startUpstream } from '../../support/upstream.ts';
import { bytesOf, failing } from './support.ts';

const slidesOperations = {
  'GET /slides': { group: 'slides', kind: 'read', query: ['stain'], summary: 'List slides' },
  'POST /slides': { group: 'slides', kind: 'write', summary: 'Register a slide' },
  'GET /slides/{slideId}': { group: 'slides', kind: 'read', summary: 'Read one slide' },
  'PUT /slides/{slideId}/image': { group: 'slides', kind: 'write', summary: 'Replace the image of a slide' },
  'POST /tiles/render': { group: 'tiles', kind: 'async-start', answer: 'content', summary: 'Begin to render tiles' },
} as const;

const slidesPolicy = {
  'GET /slides': { scope: 'slides:read', cache: 'listing' },
  'POST /slides': { scope: 'slides:write' },
  'GET /slides/{slideId}': { scope: 'slides:read', cache: 'entity', entity: 'slideId' },
  'PUT /slides/{slideId}/image': { scope: 'slides:write', entity: 'slideId' },
  'POST /tiles/render': { scope: 'tiles:export' },
} as const satisfies OperationPolicies<typeof slidesOperations>;

const slidesRows = createOperations(slidesOperations, slidesPolicy);
const slidesCatalogue = createCatalogue(slidesRows, 'slides');

const createSlides = (origin: string): Upstream => ({
  name: 'slides',
  origin,
  basePath: '/slides/api',
  catalogue: slidesCatalogue,
  authenticate: (secret) => ['authorization', `JWT ${secret}`],
  credentialHeaders: ['x-api-key', 'authorization'],
  hasLinks: false,
  refusesCredential: ({ status, headers }) => status === 401 && headers.some(([name]) => name === 'www-authenticate'),
  spendsQuota: ({ path }) => path !== '/tiles/render',
  createdId: (document) => (document as { slide?: { number?: string } }).slide?.number,
});

/** The words of the OpenAPI document about it. */
const slidesApi: NativeApi = {
  scopePrefix: 'slides',
  basePath: '/slides/api',
  operations: slidesRows.map((row) => ({ ...row, scopePrefix: 'slides' })),
  groups: { slides: 'Slides', tiles: 'Tiles' },
  pathParameter: () => ({ description: 'Number of the slide.', schema: { type: 'string' } }),
  sharedQuery: { stain: { description: 'Name of the stain.', schema: { type: 'string' } } },
  queryParameter: () => undefined,
  body: ({ method }) => (method === 'GET' ? undefined : { mediaTypes: ['application/json'], schema: 'Slide' }),
  answer: () => ({ status: 200, mediaTypes: ['application/json'], schemas: ['Slide'] }),
  notes: () => [],
  schemas: { Slide: { type: 'object' }, SlideError: { type: 'object', required: ['error'] } },
  error: { mediaType: 'application/json', schema: 'SlideError' },
};

const json = { 'content-type': 'application/json' };
const noSlide = '{"error":{"message":"no such slide","status_code":404}}';

/** A facade with the real cache, quota and audit log in front of a server of slides, and one in front of Signals. */
const limit = 8;

const start = async ({ secret = 'slide-secret' } = {}) => {
  const { url, seen } = await startUpstream(({ method, target, headers }, response, count) => {
    const said = Object.fromEntries(headers);
    if (said.authorization !== 'JWT slide-secret')
      response.writeHead(401, { ...json, 'www-authenticate': 'JWT' }).end('{"error":"Invalid token"}');
    else if (target.endsWith('/secret')) response.writeHead(401, json).end('{"error":{"message":"not yours"}}');
    else if (target.endsWith('/missing')) response.writeHead(404, json).end(noSlide);
    else if (target.endsWith('/render')) response.writeHead(429, json).end('{"error":{"message":"no worker"}}');
    else response.writeHead(200, json).end(JSON.stringify({ slide: { number: 's1', count, method } }));
  });
  const vault = createMemoryCredentialVault({ slides: secret });
  const credentials = createCredentialChooser(createServiceKeys(vault, systemClock));
  const cacheStore = createMemoryCacheStore(systemClock);
  const quotaStore = createMemoryQuotaStore(() => Math.floor(Date.now() / 1_000) * 1_000);
  const policy = { ...defaultPolicy, limit, interactiveWaitMillis: 0 };
  const { gate, onSend } = createQuotaGate({
    governor: createGovernor({ store: quotaStore, ticker: systemTicker, policy }),
    policy,
    profileOf: () => defaultProfile,
    nowMillis: Date.now,
  });
  const log = createMemoryAuditLog(Date.now);
  let ids = 0;
  const upstream = createSlides(url);
  const { pipeline, registry } = await createTestPipeline(url, {
    upstream,
    credentials,
    cache: createAnswerCache({ store: cacheStore, clock: systemClock, plan: createNativePlanner(cacheStore) }),
    quota: gate,
    onSend,
    audit: createAudit({
      log,
      clock: systemClock,
      newId: () => `id-${++ids}`,
      retentionDays: 1,
      whenStoreFails: 'refuse',
      onLost: () => {},
      pause: async () => {},
    }),
  });
  await registry.save({ id: 'viewer', scopes: ['slides/slides:read'], state: 'active' }, hashKey('viewer'));
  await registry.save({ id: 'lab', scopes: ['slides/*:*'], state: 'active' }, hashKey('lab'));
  const ask = (path: string, parts: Partial<NativeRequest> = {}, key = 'lab') =>
    pipeline.answer(nativeRequest({ path, headers: [['x-api-key', key]], ...parts }));
  const cacheStatusOf = async (path: string, key?: string) =>
    Object.fromEntries((await ask(path, {}, key)).headers)['cache-status'];
  const admin = createCacheAdmin({
    ...{ store: cacheStore, figures: createMemoryFiguresStore(), policy: cachePolicy, clock: systemClock, upstream },
    limit: createPurgeLimit(createMemoryPurgeLog(), systemClock),
  });
  return { url, seen, pipeline, registry, ask, cacheStatusOf, log, quotaStore, admin };
};
const put: Partial<NativeRequest> = { method: 'PUT', body: Buffer.from('image') };

describe('a third upstream', () => {
  it('is called at its own base path with its own credential, and sees no key of the facade', async () => {
    const { ask, seen } = await start();
    await ask('/slides/s%2F1', { query: [['stain', 'H&E']] });
    expect(seen[0]?.target).toBe('/slides/api/slides/s%2F1?stain=H%26E');
    expect(seen[0]?.headers).toContainEqual(['authorization', 'JWT slide-secret']);
    expect(seen[0]?.headers.map(([name]) => name)).not.toContain('x-api-key');
  });

  it.each([
    ['app', 'GET', '/slides/s1', 'slides/slides:read'],
    ['app', 'GET', '/unlisted', 'slides/other:read'],
    ['viewer', 'PUT', '/slides/s1/image', 'slides/slides:write'],
    ['viewer', 'POST', '/tiles/render', 'slides/tiles:export'],
  ])('is closed to %s for %s %s, which needs %s', async (key, method, path, scope) => {
    const { ask, seen } = await start();
    const { code, facts } = await failing(ask(path, { method }, key));
    expect(code).toBe('SCOPE_MISSING');
    expect(facts.detail).toContain(`needs the scope ${scope};`);
    expect(seen).toEqual([]);
  });

  it('answers from the cache for all who may read, until something is written', async () => {
    const { ask, cacheStatusOf, seen } = await start();
    expect(await cacheStatusOf('/slides/s1')).toContain('fwd=uri-miss');
    expect(await cacheStatusOf('/slides')).toContain('fwd=uri-miss');
    expect(await cacheStatusOf('/slides/s1', 'viewer')).toContain('hit');
    await ask('/slides/s2/image', put);
    expect(await cacheStatusOf('/slides/s1')).toContain('fwd=uri-miss');
    expect(await cacheStatusOf('/slides')).toContain('fwd=uri-miss');
    expect(seen).toHaveLength(5);
  });

  it('gets If-Match as the caller sent it: no rule of another upstream is applied', async () => {
    const { ask, seen } = await start();
    await ask('/slides/s1/image', {
      ...put,
      headers: [
        ['x-api-key', 'lab'],
        ['if-match', '"v1"'],
      ],
    });
    expect(seen[0]?.target).toBe('/slides/api/slides/s1/image');
    expect(seen[0]?.headers).toContainEqual(['if-match', '"v1"']);
  });

  it('has errors of its own form, which pass byte for byte', async () => {
    const { ask } = await start();
    const answer = await ask('/slides/missing');
    expect([answer.status, (await bytesOf(answer)).toString()]).toEqual([404, noSlide]);
  });

  it('says by its own rule which 401 is about the credential', async () => {
    const { ask } = await start();
    expect((await ask('/slides/secret')).status).toBe(401);
    // The key was not put aside for it.
    expect((await ask('/slides/s1')).status).toBe(200);
    const other = await start({ secret: 'stale-secret' });
    expect((await failing(other.ask('/slides/s1'))).code).toBe('CREDENTIAL_UNAVAILABLE');
  });

  it('spends the budget that it was given, and says by its own rule which 429 is about it', async () => {
    const { ask, seen, quotaStore } = await start();
    const cut = async () => (await quotaStore.read()).value?.state.operations;
    expect((await ask('/tiles/render', { method: 'POST' })).status).toBe(429);
    expect((await ask('/slides/s1')).status).toBe(200);
    for (let index = 2; index < limit; index += 1) await ask(`/slides/n${index}`);
    expect((await failing(ask('/slides/beyond'))).code).toBe('TOO_MANY_REQUESTS');
    expect(seen).toHaveLength(limit);
    expect((await cut()) ?? {}).toEqual({});
  });

  it('has its writes in the audit log, with what they were about or have created', async () => {
    const { ask, log } = await start();
    await ask('/slides', { method: 'POST', body: Buffer.from('{}') });
    await ask('/slides/s7/image', put);
    const ended = log.records.filter(({ stage }) => stage === 'outcome');
    expect(ended).toMatchObject([
      { upstream: 'slides', group: 'slides', target: '/slides/api/slides', entity: 's1', outcome: 'done' },
      { upstream: 'slides', group: 'slides', operation: 'PUT /slides/{slideId}/image', entity: 's7', status: 200 },
    ]);
  });

  it('takes uploads, which go to the upstream that their path names', async () => {
    const { url, seen, pipeline, registry } = await start();
    const signals = await startUpstream((_request, response) => void response.writeHead(201, json).end('{}'));
    const identifier = createIdentifier(registry, systemClock);
    const { pipeline: first } = await createTestPipeline(signals.url, { identifier });
    await registry.save({ id: 'both', scopes: ['*:*', 'slides/*:*'], state: 'active' }, hashKey('both'));
    const bytes = createMemoryUploadBytes();
    const store = createMemoryUploadStore();
    const bounds = { mostOpen: 20, mostBytesPerDay: 1_000 };
    const allowance = createAllowance(createMemoryAllowanceStore(), store, systemClock, bounds);
    const uploads = createUploads({ store, bytes, allowance, clock: systemClock, warn: () => {} });
    const handle = createUploadRoutes({ pipelines: [first, pipeline], uploads, clock: systemClock });
    const post = (path: string, attributes?: object) =>
      handle(
        {
          ...nativeRequest({
            method: 'POST',
            path,
            headers: [
              ['x-api-key', 'both'],
              ['content-type', jsonApiMediaType],
            ],
          }),
          route: path,
          body: attributes && Buffer.from(JSON.stringify({ data: { type: 'upload', attributes } })),
        },
        {},
      );
    const forward = async (path: string, method: string) => {
      const made = await post('/v1/uploads', { method, path, mediaType: 'image/tiff', sizeBytes: 5 });
      const { id } = JSON.parse(String(made.body)).data;
      bytes.put(id, Buffer.from('image'));
      return post(`/v1/uploads/${id}/forward`);
    };
    expect((await forward('/slides/api/slides/s1/image', 'PUT')).status).toBe(200);
    expect(seen.at(-1)).toMatchObject({ method: 'PUT', target: '/slides/api/slides/s1/image' });
    expect(String(seen.at(-1)?.body)).toBe('image');
    expect((await forward('/api/rest/v1.0/entities/experiment:e1/children/a.tif', 'POST')).status).toBe(201);
    expect(signals.seen.map(({ target }) => target)).toEqual(['/api/rest/v1.0/entities/experiment:e1/children/a.tif']);
    const { code, facts } = await failing(forward(`${new URL(url).host}/elsewhere`, 'PUT'));
    expect([code, facts.detail]).toEqual([
      'REQUEST_INVALID',
      'The path must name a native operation: it starts with /api/rest/v1.0/ or /slides/api/.',
    ]);
  });

  it('is described in the OpenAPI document, and leaves what stands there of the first one as it was', async () => {
    const facts = { serverUrl: publicUrl, version: '1' };
    // Some of its operations: validating all of them takes seconds.
    const first = { ...signalsApi, operations: signalsApi.operations.slice(0, 20) };
    const { tags, 'x-tagGroups': groups, ...alone } = createOpenApiDocument({ ...facts, apis: [first] });
    const both = createOpenApiDocument({ ...facts, apis: [first, slidesApi] });
    expect(await new Validator().validate(structuredClone(both) as Parameters<Validator['validate']>[0])).toEqual({
      valid: true,
    });
    expect(both).toMatchObject(alone);
    expect(both.tags).toEqual(expect.arrayContaining(tags as unknown[]));
    expect(both['x-tagGroups']).toEqual(expect.arrayContaining(groups as unknown[]));
    expect(both['x-tagGroups']).toHaveLength((groups as unknown[]).length + 1);
    const { paths } = both as { paths: Record<string, Record<string, Record<string, unknown>>> };
    expect(Object.keys(paths).filter((path) => path.startsWith('/slides/api/'))).toHaveLength(4);
    expect(paths['/slides/api/slides/{slideId}/image']?.put).toMatchObject({
      operationId: 'putSlidesSlidesBySlideIdImage',
      tags: ['slides/slides'],
      'x-facade-scope': 'slides/slides:write',
      responses: { 404: { $ref: '#/components/responses/SlidesNativeError404' } },
    });
    const { components } = both as { components: { responses: Record<string, { content: object }> } };
    expect(components.responses.SlidesNativeError404?.content).toMatchObject({
      'application/json': { schema: { $ref: '#/components/schemas/SlideError' } },
    });
    expect(() => createOpenApiDocument({ ...facts, apis: [first, first] })).toThrow(
      'Two parts of the OpenAPI document have',
    );
  });

  it('has a cache of its own to empty', async () => {
    const { cacheStatusOf, admin } = await start();
    await cacheStatusOf('/slides/s1');
    await cacheStatusOf('/slides/s2');
    await admin.purge({ entity: 's1', kind: 'hard' }, 'lab');
    expect(await cacheStatusOf('/slides/s1')).toContain('fwd=uri-miss');
    expect(await cacheStatusOf('/slides/s2')).toContain('hit');
    expect((await admin.report()).data.id).toBe('slides');
    await expect(admin.purge({ group: 'entities', kind: 'hard' }, 'lab')).rejects.toThrow();
  });
});
