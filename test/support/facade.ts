/** Every route of the facade's own on memory adapters: one process, one clock, one registry of consumers. */
import { randomUUID } from 'node:crypto';
import { createActionRoutes } from '../../functions/edge/action-routes.ts';
import { createArchiveRoutes } from '../../functions/edge/archive-routes.ts';
import { createAuditRoutes } from '../../functions/edge/audit-routes.ts';
import { createCacheRoutes } from '../../functions/edge/cache-routes.ts';
import { createCallerRoutes } from '../../functions/edge/caller-routes.ts';
import { createConsumerRoutes } from '../../functions/edge/consumer-routes.ts';
import { createCredentialRoutes } from '../../functions/edge/credential-routes.ts';
import { delegate } from '../../functions/edge/delegate.ts';
import { createEntityRoutes } from '../../functions/edge/entity-routes.ts';
import { createExportRoutes } from '../../functions/edge/export-routes.ts';
import { createHealthRoutes } from '../../functions/edge/health-routes.ts';
import type { Handle } from '../../functions/edge/http-handler.ts';
import { createInventoryRoutes } from '../../functions/edge/inventory-routes.ts';
import { createListAdminRoutes } from '../../functions/edge/list-admin-routes.ts';
import { createListRoutes } from '../../functions/edge/list-routes.ts';
import { createMaterialRoutes } from '../../functions/edge/material-routes.ts';
import { createOAuthRoutes } from '../../functions/edge/oauth-routes.ts';
import { createQuotaRoutes } from '../../functions/edge/quota-routes.ts';
import { createRegistrationRoutes } from '../../functions/edge/registration-routes.ts';
import { createRequestRoutes } from '../../functions/edge/request-routes.ts';
import { createScimRoutes } from '../../functions/edge/scim-routes.ts';
import { createSubscriberRoutes } from '../../functions/edge/subscriber-routes.ts';
import { createTemplateRoutes } from '../../functions/edge/template-routes.ts';
import { createTokenRoutes } from '../../functions/edge/token-routes.ts';
import { createUploadRoutes } from '../../functions/edge/upload-routes.ts';
import { gatewayPathOf, routes } from '../../infra/routes.ts';
import { createSigningCheck } from '../../shared/actions/signing-check.ts';
import { createMemoryAuditLog } from '../../shared/audit/adapters/memory.ts';
import { createMemoryFiguresStore } from '../../shared/cache/adapters/figures.ts';
import { createMemoryPurgeLog } from '../../shared/cache/adapters/purge-log.ts';
import { createCacheAdmin } from '../../shared/cache/admin.ts';
import { defaultPolicy as cachePolicy } from '../../shared/cache/policy.ts';
import { createPurgeLimit } from '../../shared/cache/purge-limit.ts';
import { createConsumerAdmin } from '../../shared/consumers/admin.ts';
import { createConsumerKeys } from '../../shared/consumers/keys.ts';
import { callerRoutes } from '../../shared/consumers/routes.ts';
import { createScopeCatalogue } from '../../shared/consumers/scope-catalogue.ts';
import type { AccountProbe } from '../../shared/credentials/account-probe.ts';
import { createMemoryCredentialVault } from '../../shared/credentials/adapters/memory.ts';
import { createKeyAdmin } from '../../shared/credentials/key-admin.ts';
import { entityRoutes } from '../../shared/entities/routes.ts';
import { templateRoutes } from '../../shared/entities/template-routes.ts';
import { createMemoryHealthStore } from '../../shared/health/adapters/memory.ts';
import type { Look } from '../../shared/health/health.ts';
import { createMemoryIdempotencyStore } from '../../shared/idempotency/adapters/memory.ts';
import { createIdempotency } from '../../shared/idempotency/idempotency.ts';
import { inventoryRoutes } from '../../shared/inventory/routes.ts';
import { listAdminRoutes } from '../../shared/lists/admin/routes.ts';
import { listRoutes } from '../../shared/lists/routes.ts';
import { materialRoutes } from '../../shared/materials/routes.ts';
import { createMemoryBookingStore, createMemoryQuotaStore } from '../../shared/quota/adapters/memory.ts';
import { createBookings } from '../../shared/quota/booking-store.ts';
import { defaultPolicy as quotaPolicy } from '../../shared/quota/policy.ts';
import { createMemoryRequestStore } from '../../shared/requests/adapters/memory.ts';
import type { RouteDefinition } from '../../shared/routes/route.ts';
import { scimRoutes } from '../../shared/scim/routes.ts';
import { readSignalsOperations } from '../../shared/signals/signals.ts';
import { facadeGroups } from '../../shared/surface/facade-routes.ts';
import { createLinks } from '../../shared/tokens/links.ts';
import { oauthRoutes } from '../../shared/tokens/oauth-routes.ts';
import { tokenRoutes } from '../../shared/tokens/routes.ts';
import { createMemoryUsageStore } from '../../shared/usage/adapters/memory.ts';
import { createEntityTenant } from '../shared/actions/entity-tenant.ts';
import { createRegistering } from '../shared/actions/registering.ts';
import { createTestCache, upstream } from '../shared/cache/support.ts';
import { createWorld } from '../shared/tokens/builders.ts';
import { noActs } from './acts.ts';
import { createCannedTenant } from './canned-tenant.ts';
import { createConsumers } from './facade/consumers.ts';
import { createArchiveParts, createExportParts } from './facade/files.ts';
import { createListParts } from './facade/lists.ts';
import { createHook, createSubscribers } from './facade/notifications.ts';
import { documentRoutes } from './facade/pages.ts';
import { createUploadParts } from './facade/uploads.ts';
import { invokeStreaming, proxyEvent } from './lambda.ts';
import { fillPath } from './paths.ts';
import { createMemoryRegistrations } from './registrations.ts';

const { httpHandler } = await import('../../functions/edge/http-handler.ts');

const publicUrl = 'https://facade.example.com';
const tenantOrigin = 'https://snb.example.com';
const nowMillis = Date.parse('2026-06-01T08:00:00Z');

/** Every group that the catalogue has; the same for every facade. */
const scopes = createScopeCatalogue([{ operations: readSignalsOperations() }], facadeGroups);

export type FacadeRequest = {
  readonly as?: string | undefined;
  readonly method?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
};

const look: Look = async () => ({ state: 'ok', reason: 'It answers.' });
const looks = { store: look, queues: look, upstream: look, sweep: look, hook: look, credentials: look, archive: look };

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
  const { pipeline, uploads, bytes, answerAsTenant } = await createUploadParts(identifier, clock);
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
  const archive = createArchiveParts(clock);
  const lists = createListParts(clock);
  const tenant = createCannedTenant();
  const { registering } = createRegistering(world, links.logins);
  const pages = createOAuthRoutes(links as never, noActs, tenantOrigin, registering);
  const tokens = createTokenRoutes({ ...common, store: world.store, links, upstream: 'signals' });
  const handles: Readonly<Record<string, Handle>> = {
    actions: createActionRoutes({
      ...{ call: createEntityTenant().call, tenantOrigin },
      signingCheck: createSigningCheck({ rules: [{ name: 'Project', needsField: 'Project' }], clock }),
    }),
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
    entities: delegate(
      { routes: entityRoutes, handle: createEntityRoutes({ ...common, ...tenant, pause: async () => {} }) },
      { routes: templateRoutes, handle: createTemplateRoutes({ ...common, ...tenant }) },
      { routes: scimRoutes, handle: createScimRoutes({ ...common, ...tenant }) },
    ),
    hooks: hook.handle,
    lists: delegate(
      { routes: listRoutes, handle: createListRoutes({ ...lists, putMetrics: () => {} }) },
      { routes: listAdminRoutes, handle: createListAdminRoutes({ ...common, ...lists }) },
    ),
    materials: delegate(
      { routes: materialRoutes, handle: createMaterialRoutes({ ...common, ...tenant }) },
      { routes: inventoryRoutes, handle: createInventoryRoutes({ ...common, ...tenant }) },
    ),
    samples: createRegistrationRoutes({ ...common, ...tenant, registrations: createMemoryRegistrations(clock) }),
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
    answerAsTenant,
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
    lists,
    clock,
  };
};
export type Facade = Awaited<ReturnType<typeof createFacade>>;
