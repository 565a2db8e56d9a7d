/** Every route of the facade's own on memory adapters: one process, one clock, one registry of consumers. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { createArchiveRoutes } from '../../functions/edge/archive-routes.ts';
import { createAuditRoutes } from '../../functions/edge/audit-routes.ts';
import { createCacheRoutes } from '../../functions/edge/cache-routes.ts';
import { createCallerRoutes } from '../../functions/edge/caller-routes.ts';
import { createConsumerRoutes } from '../../functions/edge/consumer-routes.ts';
import { createCredentialRoutes } from '../../functions/edge/credential-routes.ts';
import { delegate } from '../../functions/edge/delegate.ts';
import { createDocumentRoutes } from '../../functions/edge/document-routes.ts';
import { createExportRoutes } from '../../functions/edge/export-routes.ts';
import { createHealthRoutes } from '../../functions/edge/health-routes.ts';
import { createHookRoutes } from '../../functions/edge/hook-routes.ts';
import type { Handle } from '../../functions/edge/http-handler.ts';
import { createInventoryRoutes } from '../../functions/edge/inventory-routes.ts';
import { createMaterialRoutes } from '../../functions/edge/material-routes.ts';
import { createOAuthRoutes } from '../../functions/edge/oauth-routes.ts';
import { createQuotaRoutes } from '../../functions/edge/quota-routes.ts';
import { createRequestRoutes } from '../../functions/edge/request-routes.ts';
import { createSubscriberRoutes } from '../../functions/edge/subscriber-routes.ts';
import { createTokenRoutes } from '../../functions/edge/token-routes.ts';
import { createUploadRoutes } from '../../functions/edge/upload-routes.ts';
import { gatewayPathOf, routes } from '../../infra/routes.ts';
import { createMemoryArchiveStore } from '../../shared/archive/adapters/memory.ts';
import { createMemoryBackfillStore } from '../../shared/archive/adapters/memory-backfills.ts';
import { createMemoryHoldStore } from '../../shared/archive/adapters/memory-holds.ts';
import { createMemoryVerificationStore } from '../../shared/archive/adapters/memory-verification.ts';
import { createBackfills } from '../../shared/archive/backfills/backfills.ts';
import { claimNumber } from '../../shared/archive/claim.ts';
import { heldAmong } from '../../shared/archive/holds/hold-record.ts';
import { createHolds } from '../../shared/archive/holds/holds.ts';
import { createMemoryAuditLog } from '../../shared/audit/adapters/memory.ts';
import { createMemoryFiguresStore } from '../../shared/cache/adapters/figures.ts';
import { createMemoryPurgeLog } from '../../shared/cache/adapters/purge-log.ts';
import { createCacheAdmin } from '../../shared/cache/admin.ts';
import { defaultPolicy as cachePolicy } from '../../shared/cache/policy.ts';
import { createPurgeLimit } from '../../shared/cache/purge-limit.ts';
import { createMemoryConsumerStore } from '../../shared/consumers/adapters/memory.ts';
import { createConsumerAdmin } from '../../shared/consumers/admin.ts';
import { adminGroups, hashKey } from '../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../shared/consumers/identify.ts';
import { createConsumerKeys } from '../../shared/consumers/keys.ts';
import { createConsumerRegistry } from '../../shared/consumers/registry.ts';
import { callerRoutes } from '../../shared/consumers/routes.ts';
import { createScopeCatalogue } from '../../shared/consumers/scope-catalogue.ts';
import type { AccountProbe } from '../../shared/credentials/account-probe.ts';
import { createMemoryCredentialVault } from '../../shared/credentials/adapters/memory.ts';
import { createKeyAdmin } from '../../shared/credentials/key-admin.ts';
import { pageFiles, versionFile } from '../../shared/documents/page-files.ts';
import { createMemoryExportStore } from '../../shared/exports/adapters/memory.ts';
import { createExportAllowance } from '../../shared/exports/allowance.ts';
import { createExports } from '../../shared/exports/exports.ts';
import { createMemoryPendingStore, createMemoryReplayStore } from '../../shared/fan-out/adapters/memory.ts';
import { createAttempts } from '../../shared/fan-out/attempt.ts';
import { createQueueHealth } from '../../shared/fan-out/queue-health.ts';
import type { QueueSender } from '../../shared/fan-out/queue-sender.ts';
import { createReplays } from '../../shared/fan-out/replays.ts';
import { createTestEvents } from '../../shared/fan-out/test-events.ts';
import { createMemoryHealthStore } from '../../shared/health/adapters/memory.ts';
import type { Look } from '../../shared/health/health.ts';
import { createMemoryIdempotencyStore } from '../../shared/idempotency/adapters/memory.ts';
import { createIdempotency } from '../../shared/idempotency/idempotency.ts';
import { inventoryRoutes } from '../../shared/inventory/routes.ts';
import type { LargeAnswers } from '../../shared/large-answers/large-answers.ts';
import { materialRoutes } from '../../shared/materials/routes.ts';
import { createMemoryIngress } from '../../shared/notifications/adapters/memory-ingress.ts';
import { createMemoryLedger } from '../../shared/notifications/adapters/memory-ledger.ts';
import { withValue } from '../../shared/notifications/hook-header.ts';
import { createIntake } from '../../shared/notifications/intake.ts';
import { createMemoryBookingStore, createMemoryQuotaStore } from '../../shared/quota/adapters/memory.ts';
import { createBookings } from '../../shared/quota/booking-store.ts';
import { defaultPolicy as quotaPolicy } from '../../shared/quota/policy.ts';
import { createMemoryRequestStore } from '../../shared/requests/adapters/memory.ts';
import type { RouteDefinition } from '../../shared/routes/route.ts';
import { readSignalsOperations } from '../../shared/signals/signals.ts';
import { createMemoryQueues, createMemorySubscriptionStore } from '../../shared/subscriptions/adapters/memory.ts';
import type { Home } from '../../shared/subscriptions/queue-arn.ts';
import { createSubscriptions } from '../../shared/subscriptions/subscriptions.ts';
import { facadeGroups } from '../../shared/surface/facade-routes.ts';
import { createLinks } from '../../shared/tokens/links.ts';
import { oauthRoutes } from '../../shared/tokens/oauth-routes.ts';
import { tokenRoutes } from '../../shared/tokens/routes.ts';
import {
  createMemoryAllowanceStore,
  createMemoryUploadBytes,
  createMemoryUploadStore,
} from '../../shared/uploads/adapters/memory.ts';
import { createAllowance } from '../../shared/uploads/allowance.ts';
import { createUploads } from '../../shared/uploads/upload.ts';
import { createMemoryUsageStore } from '../../shared/usage/adapters/memory.ts';
import { createTestCache, upstream } from '../shared/cache/support.ts';
import { createWorld } from '../shared/tokens/builders.ts';
import { noActs } from './acts.ts';
import { createCannedTenant } from './canned-tenant.ts';
import { invokeStreaming, proxyEvent } from './lambda.ts';
import { fillPath } from './paths.ts';
import { createTestPipeline } from './pipeline.ts';
import { startUpstream } from './upstream.ts';

const { httpHandler } = await import('../../functions/edge/http-handler.ts');

const publicUrl = 'https://facade.example.com';
const tenantOrigin = 'https://snb.example.com';
const nowMillis = Date.parse('2026-06-01T08:00:00Z');

/** Every group that the catalogue has; the same for every facade. */
const scopes = createScopeCatalogue([{ operations: readSignalsOperations() }], facadeGroups);

const writePage = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'signals-facade-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of Object.keys(pageFiles)) await writeFile(join(folder, name), name);
  await writeFile(join(folder, 'openapi.json'), '{"openapi":"3.1.0"}');
  await writeFile(join(folder, 'asyncapi.json'), '{"asyncapi":"3.0.0"}');
  await writeFile(join(folder, versionFile), '{"version":"1.2.3"}');
  return folder;
};

/** Its files are written for the first request that needs them. */
const documentRoutes = (): Handle => {
  let handle: Promise<Handle> | undefined;
  return async (...request) => {
    handle ??= writePage().then((folder) => createDocumentRoutes(folder, 'test'));
    return (await handle)(...request);
  };
};

/** A store whose calls fail as long as the test sets a failure. */
const createBreakable = <Store extends object>(store: Store) => {
  let failure: Error | undefined;
  const breakable = new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name);
      return failure ? () => Promise.reject(failure) : method;
    },
  });
  const breakIt = (error: Error): void => {
    failure = error;
  };
  return { store: breakable, breakIt };
};

/** Consumers `admin`, which holds every scope, `app` and `nobody`, which holds none; each has its id as key. */
const createConsumers = async (clock: { nowMillis(): number }) => {
  const { store, breakIt: breakConsumers } = createBreakable(createMemoryConsumerStore());
  const registry = createConsumerRegistry(store, { clock });
  const all = ['*:*', ...adminGroups.map((group) => `${group}:*`)];
  await registry.save({ id: 'admin', scopes: all, state: 'active', actsAs: ['service', 'user'] }, hashKey('admin'));
  await registry.save({ id: 'app', scopes: ['entities:*'], state: 'active' }, hashKey('app'));
  await registry.save({ id: 'nobody', scopes: [], state: 'active' }, hashKey('nobody'));
  return { store, breakConsumers, identifier: createIdentifier(registry, clock) };
};

export type FacadeRequest = {
  readonly as?: string | undefined;
  readonly method?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
};

/** Pushes are known by `x-signals-hook: hook-secret`. */
const createHook = (clock: { nowMillis(): number }) => {
  const value = { name: 'x-signals-hook', value: 'hook-secret', nowMillis: clock.nowMillis(), endsOthers: false };
  const header = withValue(undefined, value);
  const { store: ledger, breakIt: breakLedger } = createBreakable(createMemoryLedger(clock));
  const intake = createIntake({ ledger, ingress: createMemoryIngress(clock), clock, newWriter: () => 'w' });
  const handle = createHookRoutes({ readHeader: async () => header, intake, putMetrics: () => {} });
  return { handle, breakLedger };
};

const home: Home = { partition: 'aws', region: 'us-east-1', account: '000000000000', stage: 'test' };

/** Subscriptions, the ledger and the fan-out on memory adapters. Every queue accepts every message. */
const createSubscribers = (clock: { nowMillis(): number }) => {
  const source = '/signals-facade/test';
  const store = createMemorySubscriptionStore();
  const queues = createMemoryQueues(home, ['arn:aws:sqs:us-east-1:111122223333:mine']);
  const [ledger, pending, replayStore] = [
    createMemoryLedger(clock),
    createMemoryPendingStore(),
    createMemoryReplayStore(),
  ];
  const sender: QueueSender = {
    send: async (_arn, messages) => messages.map(() => ({ kind: 'sent', messageId: 'message-1' })),
  };
  const attempts = createAttempts({ sender, health: createQueueHealth(clock), clock, source });
  const subscriptions = createSubscriptions({
    ...{ store, queues, home, clock, mostPerConsumer: 20 },
    confirmationMessage: (_subscription, code) => code,
  });
  const replays = createReplays({
    ...{ replays: replayStore, pending, ledger, store, attempts, clock, source, observe: () => {} },
    ...{ lane: { add: async () => {} }, ingress: createMemoryIngress(clock) },
  });
  const sendTestEvent = createTestEvents({ attempts, clock, source, newId: () => 'id-1' });
  const pullRequests = { add: async () => {} };
  const parts = { store, queues, ledger, pending, subscriptions, replays, replayStore, pullRequests };
  return { ...parts, mostReplays: 5, sendTestEvent, clock, source };
};

const look: Look = async () => ({ state: 'ok', reason: 'It answers.' });
const looks = { store: look, queues: look, upstream: look, sweep: look, hook: look, credentials: look, archive: look };

/** Downloads of files are not counted, until a test says otherwise. */
const uncounted = (): { around: LargeAnswers['around'] } => ({ around: (_exchange, run) => run() });

/** Exports on memory adapters; the engine starts nothing, and each file holds `%PDF-`. */
const createExportParts = (clock: { nowMillis(): number }) => {
  const store = createMemoryExportStore();
  let ids = 0;
  let status = 200;
  const exports = createExports({
    ...{ store, nowMillis: clock.nowMillis, stage: 'test', newId: () => `export-${++ids}` },
    ...{
      tell: async () => {},
      count: () => {},
      leases: { release: async () => {} },
      uploads: { abort: async () => {}, listOpenUnder: async () => [] },
    },
    onStartFailed: () => {},
    allowance: createExportAllowance(store, clock.nowMillis, 2),
    engine: { start: async (name) => `arn:${name}`, statusOf: async () => 'running', stop: async () => {} },
  });
  const document = { data: { attributes: { digest: '1' } } };
  const call = async () => ({
    ...{ status, headers: [], actedAs: 'service' as const },
    body: Buffer.from(JSON.stringify(document)),
  });
  const files = {
    open: async () => Readable.from([Buffer.from('%PDF-')]),
    presign: async () => 'https://s3.example.com/a',
  };
  const hideEntities = (): void => {
    status = 404;
  };
  return { store, exports, pipeline: { as: () => ({ call }) }, files, clock, hideEntities, largeAnswers: uncounted() };
};

/** An archive in memory; each document holds `%PDF-`. */
const createArchiveParts = () => {
  const store = createMemoryArchiveStore();
  const stored = {
    ...{ sha256: 'a'.repeat(64), crc64nvme: 'AAAAAAAAAAA=', sizeBytes: 5, versionId: 'v1' },
    ...{ archivedAt: '2026-11-27T09:00:00.000Z', lockMode: null, retainUntil: null },
  };
  const version = { eid: 'experiment:e1', digest: '1', version: 1, requestedBy: 'facade', requestedAtMillis: 0 };
  const publish = async (): Promise<void> => {
    await store.writeVersion({ ...version, candidates: [], stored });
    await store.publish(await claimNumber(store, version));
  };
  const files = {
    open: async () => Readable.from([Buffer.from('%PDF-')]),
    presign: async () => 'https://s3.example.com/a',
  };
  const holdStore = createMemoryHoldStore();
  const backfills = createBackfills({ store: createMemoryBackfillStore(), nowMillis: () => nowMillis });
  const holds = createHolds({ holds: holdStore, hasLocks: true, nowMillis: () => nowMillis });
  return {
    ...{ store, files, publish, largeAnswers: uncounted(), holds, backfills },
    ...{ verification: createMemoryVerificationStore(), stage: 'test' },
    heldAmong: (eids: readonly string[]) => heldAmong(holdStore, eids),
  };
};

/** Must be called within a test, which closes the opened parts. */
export const createFacade = async () => {
  const world = createWorld();
  const { clock } = world;
  world.wait(nowMillis - clock.nowMillis());
  const { store: consumerStore, breakConsumers, identifier } = await createConsumers(clock);
  const links = createLinks({
    ...world,
    findHolder: async (id) => (await consumerStore.read(id))?.consumer,
    settings: {
      ...{ origin: tenantOrigin, clientId: 'client-1', responseType: 'token', scope: '', tokenPath: '' },
      ...{ authorizePath: '/auth/oauth/authorize', withoutState: 'refuse' },
    },
    exchangeCode: () => Promise.reject(new Error('not here')),
  });
  let tenantStatus = 201;
  const { url } = await startUpstream((_request, response) => void response.writeHead(tenantStatus).end('made'));
  const { pipeline } = await createTestPipeline(url, { identifier });
  const uploadStore = createMemoryUploadStore();
  const bytes = createMemoryUploadBytes();
  const bounds = { mostOpen: 20, mostBytesPerDay: 1_000_000_000 };
  const allowance = createAllowance(createMemoryAllowanceStore(), uploadStore, clock, bounds);
  const uploads = createUploads({ store: uploadStore, bytes, allowance, clock, warn: () => {} });
  let probed: Awaited<ReturnType<AccountProbe>> = { kind: 'accepted', accountId: undefined };
  const credentials = createKeyAdmin(createMemoryCredentialVault(), clock, undefined, async () => probed);
  const requests = createMemoryRequestStore();
  const bookings = createBookings(createMemoryBookingStore(), quotaPolicy, clock.nowMillis, () => 'booking-1');
  const idempotency = createIdempotency({
    ...{ store: createMemoryIdempotencyStore(), clock, newId: randomUUID, lifeHours: 24 },
    ...{ onFailure: () => {}, pause: async () => {} },
  });
  const common = { identifier, acts: noActs, idempotency, clock };
  const hook = createHook(clock);
  const subscribers = createSubscribers(clock);
  const exported = createExportParts(clock);
  const archive = createArchiveParts();
  const tenant = createCannedTenant();
  const pages = createOAuthRoutes(links as never, noActs, tenantOrigin);
  const tokens = createTokenRoutes({ ...common, store: world.store, links, upstream: 'signals' });
  const handles: Readonly<Record<string, Handle>> = {
    audit: createAuditRoutes({ ...common, log: createMemoryAuditLog(clock.nowMillis) }),
    cache: createCacheRoutes({
      ...common,
      admin: createCacheAdmin({
        ...{ store: createTestCache().store, figures: createMemoryFiguresStore(), policy: cachePolicy, clock },
        ...{ limit: createPurgeLimit(createMemoryPurgeLog(), clock), upstream },
      }),
    }),
    consumers: createConsumerRoutes({
      ...common,
      admin: createConsumerAdmin(consumerStore, clock),
      keys: createConsumerKeys(consumerStore, clock),
      issuers: [],
      scopes,
    }),
    credentials: createCredentialRoutes({ ...common, admin: credentials }),
    archive: createArchiveRoutes({ ...common, ...archive, pipeline: exported.pipeline }),
    exports: createExportRoutes({ ...common, ...exported }),
    hooks: hook.handle,
    materials: delegate(
      { routes: materialRoutes, handle: createMaterialRoutes({ ...common, ...tenant }) },
      { routes: inventoryRoutes, handle: createInventoryRoutes({ ...common, ...tenant }) },
    ),
    quota: createQuotaRoutes({
      ...{ ...common, store: createMemoryQuotaStore(), bookings, policy: quotaPolicy },
      ...{ name: 'signals', nowMillis: clock.nowMillis },
    }),
    health: createHealthRoutes({ ...common, looks, store: createMemoryHealthStore(), stage: 'test' }),
    requests: createRequestRoutes({ ...common, store: requests, usage: createMemoryUsageStore() }),
    notifications: createSubscriberRoutes({ ...common, ...subscribers }),
    documents: documentRoutes(),
    tokens: delegate(
      { routes: tokenRoutes, handle: tokens },
      { routes: callerRoutes, handle: createCallerRoutes({ identifier, scopes }) },
      { routes: oauthRoutes, handle: pages },
    ),
    uploads: createUploadRoutes({ pipelines: [pipeline], idempotency, uploads, clock }),
  };
  const handlers = new Map(Object.entries(handles).map(([name, handle]) => [name, httpHandler(publicUrl, handle)]));

  /** What the route answers. `as` undefined = without a key. */
  const ask = (route: RouteDefinition, asked: FacadeRequest) => {
    const { as, path, query, headers, body } = asked;
    const event = proxyEvent({
      method: asked.method ?? route.method,
      resource: gatewayPathOf(route),
      path: fillPath(route.path, path),
      ...(query ? { query } : {}),
      headers: { ...(as === undefined ? {} : { 'x-api-key': as }), ...headers },
      ...(body ? { body } : {}),
    });
    const owner = routes.find(({ method, path }) => method === route.method && path === route.path);
    return invokeStreaming(handlers.get(owner?.function ?? ''), event);
  };
  const store = { consumerStore, bytes, requests };
  const changes = {
    breakConsumers,
    breakLedger: hook.breakLedger,
    answerAsTenant: (status: number) => {
      tenantStatus = status;
    },
    refuseCredentials: () => {
      probed = { kind: 'refused' };
    },
  };
  return {
    ask,
    world,
    ...store,
    ...changes,
    links,
    uploads,
    credentials,
    bookings,
    subscribers,
    exported,
    archive,
    tenant,
    clock,
  };
};
export type Facade = Awaited<ReturnType<typeof createFacade>>;
