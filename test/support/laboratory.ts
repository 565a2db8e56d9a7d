/** The routes of /v1/materials, /v1/inventory, /v1/entities, /v1/templates and /v1/scim in front of a simulated tenant, whose arrivals count the calls. */
import { hashKey } from '../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../shared/consumers/identify.ts';
import { entityRoutes } from '../../shared/entities/routes.ts';
import { templateRoutes } from '../../shared/entities/template-routes.ts';
import type { AnsweredRequest } from '../../shared/exchange/decision.ts';
import { createMemoryIdempotencyStore } from '../../shared/idempotency/adapters/memory.ts';
import { createIdempotency } from '../../shared/idempotency/idempotency.ts';
import { inventoryRoutes } from '../../shared/inventory/routes.ts';
import { materialRoutes } from '../../shared/materials/routes.ts';
import type { RouteDefinition } from '../../shared/routes/route.ts';
import { createRouteTable } from '../../shared/routes/route-table.ts';
import { scimRoutes } from '../../shared/scim/routes.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { closedAfterTest } from './aws.ts';
import { invokeStreaming, proxyEvent } from './lambda.ts';
import { createTestPipeline, type PipelineOverrides, upstreamSecret } from './pipeline.ts';

const { createEntityRoutes } = await import('../../functions/edge/entity-routes.ts');
const { createInventoryRoutes } = await import('../../functions/edge/inventory-routes.ts');
const { createMaterialRoutes } = await import('../../functions/edge/material-routes.ts');
const { createScimRoutes } = await import('../../functions/edge/scim-routes.ts');
const { withSeedAliases } = await import('../../functions/edge/seed-aliases.ts');
const { createTemplateRoutes } = await import('../../functions/edge/template-routes.ts');
const { delegate } = await import('../../functions/edge/delegate.ts');
const { httpHandler } = await import('../../functions/edge/http-handler.ts');
const { startSimulator } = await import('../../packages/signals-simulator/src/simulator.ts');

/** Longer than anything takes on a busy machine. */
const patientMillis = 3_600_000;
const facadeUrl = 'https://facade.example.com';
const routes: readonly RouteDefinition[] = [
  ...materialRoutes,
  ...inventoryRoutes,
  ...entityRoutes,
  ...templateRoutes,
  ...scimRoutes,
];
const find = createRouteTable(routes);

export type Fault = {
  readonly code: string;
  readonly detail: string;
  readonly source?: Readonly<Record<string, string>>;
  readonly links?: { readonly about: string };
};

/** `as`: the consumer's key. `key`: the idempotency key. `bearer`: a token of a person. */
type Wish = {
  readonly as?: string;
  readonly key?: string;
  readonly bearer?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** In the place of a document. */
  readonly bytes?: Uint8Array;
};

/** Must be called within a test, which closes it. @param compounds assets of the library Compounds, with three batches each. */
export const createLaboratory = async (compounds = 5, overrides: PipelineOverrides = {}) => {
  const options = { compounds, keys: { [upstreamSecret]: '100' }, requestsPerMinute: Number.POSITIVE_INFINITY };
  const simulator = await closedAfterTest(startSimulator(options));
  const { pipeline, registry } = await createTestPipeline(simulator.url, overrides);
  // May create, and not search.
  await registry.save(
    { id: 'creator', scopes: ['inventory:read', 'inventory:write'], state: 'active' },
    hashKey('creator'),
  );
  const identifier = createIdentifier(registry, systemClock);
  const idempotency = createIdempotency({
    ...{ store: createMemoryIdempotencyStore(), clock: systemClock, newId: () => crypto.randomUUID(), lifeHours: 24 },
    ...{ onFailure: () => {}, pause: async () => {} },
  });
  const answered: AnsweredRequest[] = [];
  const handler = httpHandler(
    facadeUrl,
    withSeedAliases(
      signalsBasePath,
      delegate(
        { routes: materialRoutes, handle: createMaterialRoutes({ pipeline, identifier }) },
        { routes: inventoryRoutes, handle: createInventoryRoutes({ pipeline, identifier, idempotency }) },
        {
          routes: entityRoutes,
          handle: createEntityRoutes({ pipeline, identifier, idempotency, pause: async () => {} }),
        },
        { routes: templateRoutes, handle: createTemplateRoutes({ pipeline, identifier }) },
        { routes: scimRoutes, handle: createScimRoutes({ pipeline, identifier, idempotency }) },
      ),
    ),
    async (one) => void answered.push(one),
  );

  const ask = async (
    method: string,
    url: string,
    { document, bytes, as = 'app', key, bearer, headers: more = {} }: Wish & { document?: unknown } = {},
  ) => {
    const { pathname, searchParams } = new URL(url, facadeUrl);
    const event = proxyEvent({
      method,
      resource: find(pathname)?.path ?? pathname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: {
        'x-api-key': as,
        'content-type': 'application/vnd.api+json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...more,
      },
      ...(bytes ? { body: bytes } : {}),
      ...(document === undefined ? {} : { body: Buffer.from(JSON.stringify(document)) }),
    });
    const { status, headers, body } = await invokeStreaming(handler, event, patientMillis);
    const isJson = /json/.test(String(headers['content-type']));
    // biome-ignore lint/suspicious/noExplicitAny: documents of several forms
    return { status, headers, body, document: (isJson ? JSON.parse(body.toString()) : undefined) as any };
  };

  return {
    simulator,
    registry,
    /** The requests so far, with what was decided about them. */
    answered,
    get: (url: string, more: Wish = {}) => ask('GET', url, more),
    ask,
    post: (url: string, document: unknown, more: Wish = {}) => ask('POST', url, { document, ...more }),
    /** The tenant fails in a way of the simulator's README. */
    fail: (rule: object) => fetch(`${simulator.url}/_control/faults`, { method: 'POST', body: JSON.stringify(rule) }),
  };
};
export type Laboratory = Awaited<ReturnType<typeof createLaboratory>>;
