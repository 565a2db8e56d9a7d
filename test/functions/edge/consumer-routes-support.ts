import type { Acts } from '../../../functions/edge/acts.ts';
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
import { noActs } from '../../support/acts.ts';
import { fillPath } from '../../support/paths.ts';

export const publicUrl = 'https://facade.example.com/prod';
export const issuer = 'https://login.example.com';

export type Options = {
  readonly as?: string;
  readonly body?: unknown;
  readonly path?: Record<string, string>;
  readonly query?: readonly (readonly [string, string])[];
  readonly headers?: readonly (readonly [string, string])[];
};

export const start = async (acts: Acts = noActs) => {
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

export const list = '/v1/consumers';
export const one = '/v1/consumers/{consumerId}';
export const keys = '/v1/consumers/{consumerId}/keys';
export const key = '/v1/consumers/{consumerId}/keys/{keyId}';
export const bodyOf = (id: string, attributes: object) => ({ data: { type: 'consumer', id, attributes } });
export const changeOf = (attributes: object) => ({ data: { type: 'consumer', id: undefined, attributes } });
