/** The native surface: identify the user, find the operation, check the request, answer. The same order for every operation. */
import type { IncomingMessage } from 'node:http';
import { badRequest, methodNotFound, notFound, notSimulated, SignalsError, unauthorized } from '../errors.ts';
import type { OperationKey } from '../operations.ts';
import { operations } from '../operations.ts';
import type { Replay } from '../recording/replay.ts';
import type { User } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { hasBody, readBody } from './body.ts';
import type { Call, Handler, Routes } from './call.ts';
import { bodyLimitBytes, checkAccept, checkContentType } from './media-types.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Reply } from './reply.ts';
import { createRouter } from './router.ts';

export const basePath = '/api/rest/v1.0';

interface Route {
  readonly key: OperationKey;
  readonly handler: Handler | undefined;
}

/** Where a request points, before anything is decided about it. */
export interface Target {
  /** After the base, undecoded. */
  readonly path: string;
  readonly query: string;
  readonly segments: readonly string[] | undefined;
  readonly operation: OperationKey | undefined;
  readonly params: Readonly<Record<string, string>>;
}

const malformedPercent = /%(?![0-9a-fA-F]{2})/;

const decodeSegments = (path: string): readonly string[] | undefined => {
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
};

/** The list of pages is read with a slash at its end too (client-shapes S31); on other paths it is part of the path. */
const withoutEndSlash = (path: string): string => (path.endsWith('/layout/pages/') ? path.slice(0, -1) : path);

export interface NativeSurface {
  locate(method: string, url: string): Target;
  answer(request: IncomingMessage, target: Target, tenant: Tenant): Promise<Reply>;
}

export interface Credentials {
  /** The user a request acts for. @throws 401 */
  identify(request: IncomingMessage, tenant: Tenant): User;
}

/** `x-api-key` first, else a bearer token; whether both may be sent together is not stated. */
export const createCredentials = (): Credentials => ({
  identify(request, tenant) {
    const key = request.headers['x-api-key'];
    if (typeof key === 'string' && key !== '') {
      const user = tenant.people.users.get(tenant.people.keys.get(key) ?? '');
      if (user === undefined || !user.isEnabled) throw unauthorized('The x-api-key is not valid.');
      return user;
    }
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer === undefined) throw unauthorized('No x-api-key is found in the request.');
    const user = tenant.tokens.use(bearer);
    if (user === undefined) throw unauthorized('The bearer token is not valid.');
    return user;
  },
});

/** As it was sent, with the query. */
const pathOf = ({ path, query }: Target): string => (query === '' ? path : `${path}?${query}`);

const keptAudit = 10_000;

const audit = (call: Call) => {
  const log = call.tenant.audit;
  if (log.length >= keptAudit) log.splice(0, keptAudit / 2);
  log.push({
    id: call.tenant.audit.length + 1,
    time: new Date(call.tenant.clock.nowMillis()).toISOString(),
    method: call.method,
    username: call.user.userName,
    path: call.path,
    query: call.query.toString(),
    requestSize: call.body.byteLength,
  });
};

export const createNativeSurface = (
  routes: Routes,
  rateLimit: RateLimit,
  credentials: Credentials,
  replay?: Replay,
): NativeSurface => {
  const router = createRouter<Route>();
  for (const { key, method, path } of operations) router.add(method, path, { key, handler: routes[key] });

  const find = (method: string, segments: readonly string[]) =>
    router.find(method, segments) ?? (method === 'HEAD' ? router.find('GET', segments) : undefined);

  const locate = (method: string, url: string): Target => {
    const mark = url.indexOf('?');
    const path = withoutEndSlash((mark < 0 ? url : url.slice(0, mark)).slice(basePath.length));
    const query = mark < 0 ? '' : url.slice(mark + 1);
    const segments = malformedPercent.test(url) ? undefined : decodeSegments(path);
    const found = segments === undefined ? undefined : find(method, segments);
    return { path, query, segments, operation: found?.value.key, params: found?.params ?? {} };
  };

  const routeOf = (method: string, target: Target): Route => {
    if (target.segments === undefined) throw badRequest('The address is not well encoded.');
    const found = find(method, target.segments);
    if (found !== undefined) return found.value;
    if (router.isKnownPath(target.segments)) throw methodNotFound(method, target.path);
    throw notFound(`Nothing is found at ${target.path}.`);
  };

  return {
    locate,
    async answer(request, target, tenant) {
      const method = request.method ?? 'GET';
      const user = credentials.identify(request, tenant);
      rateLimit.spend();
      const base = `http://${request.headers.host ?? 'localhost'}${basePath}`;
      if (replay !== undefined) return replay.answer(method, pathOf(target), base);
      const { key, handler } = routeOf(method, target);
      if (handler === undefined) throw notSimulated(key);
      checkAccept(key, request.headers.accept);
      checkContentType(key, request.headers['content-type'], hasBody(request));
      const call: Call = {
        tenant,
        operation: key,
        method,
        path: target.path,
        params: target.params,
        query: new URLSearchParams(target.query),
        headers: request.headers,
        body: await readBody(request, bodyLimitBytes(key)),
        user,
        base,
      };
      audit(call);
      return await handler(call);
    },
  };
};

/** Turns an error into a refusal of the tenant. Any other error is a fault of the simulator. */
export const toSignalsError = (cause: unknown): SignalsError => {
  if (cause instanceof SignalsError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new SignalsError(500, 'InternalServerError', 'Internal server error.', `The simulator failed: ${detail}`);
};
