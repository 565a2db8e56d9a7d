/**
 * Serves the routes of one capability out of their definitions: finds the route, authorises once, parses, runs the handler,
 * records. 404, 405 with Allow, 413 and 415 come from here, and the faults of a request all at once.
 */
import type * as z from 'zod';
import type { ScopeKind } from '../../shared/catalogue/operation.ts';
import type { Caller } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type {
  BodyOf,
  DocumentOf,
  HeadersOf,
  nothing,
  PathOf,
  QueryOf,
  RouteDefinition,
} from '../../shared/http/route.ts';
import { createRouteTable, type Place } from '../../shared/http/route-table.ts';
import type { Idempotency } from '../../shared/idempotency/idempotency.ts';
import { idempotencyHeader } from '../../shared/idempotency/key.ts';
import type { Headers } from '../../shared/upstream/upstream.ts';
import type { Acts } from './acts.ts';
import { authorise } from './authorise.ts';
import { documentReply, type Facts, type Handle, type HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { parseBody, parseHeaders, parseParameters, parseQuery } from './parse-request.ts';

/** What a handler gets. */
type Call<Route extends RouteDefinition> = {
  readonly request: HttpRequest;
  readonly caller: Route['scope'] extends 'everybody' ? undefined : Caller;
  readonly path: PathOf<Route>;
  readonly query: QueryOf<Route>;
  readonly headers: HeadersOf<Route>;
  readonly body: BodyOf<Route>;
  /** For the log line and the explanation of the request. */
  readonly facts: Facts;
  /** Runs the act that the definition names, and records it with its outcome. @param target such as a consumer's id. */
  readonly act: <T>(target: string, run: () => Promise<T>) => Promise<T>;
};

type WithDocument<Route extends RouteDefinition, Status extends number> = {
  readonly status: Status;
  readonly document: DocumentOf<Route, Status>;
  readonly headers?: Headers;
};
type Bare<Status extends number> = { readonly status: Status; readonly headers?: Headers };

type ReplyFor<Route extends RouteDefinition, Status extends number> = Route['answers'][Status] extends z.ZodType
  ? WithDocument<Route, Status>
  : Route['answers'][Status] extends typeof nothing
    ? Bare<Status>
    : Route['answers'][Status] extends { readonly kind: string }
      ? HttpReply
      : never;

/** What a handler may answer: the successes that its definition declares. Failures are thrown. */
type Reply<Route extends RouteDefinition> = {
  [Status in keyof Route['answers'] & number]: ReplyFor<Route, Status>;
}[keyof Route['answers'] & number];

export type Handlers<Routes extends readonly RouteDefinition[]> = {
  readonly [Route in Routes[number] as Route['id']]: (call: Call<Route>) => Promise<Reply<Route>>;
};

/** The answer of a handler that has nothing to show. */
export const done = { status: 204 } as const;

export type CapabilityParts = {
  /** Needed unless every route is for everybody. */
  readonly identifier?: Identifier;
  /** Records acts; needed where a definition names one. */
  readonly acts?: Acts;
  /** Needed where a definition takes idempotency keys. */
  readonly idempotency?: Pick<Idempotency, 'around'>;
};

type AnyReply = Bare<number> & { readonly document?: unknown; readonly body?: HttpReply['body'] };
type AnyHandler = (call: Call<RouteDefinition>) => Promise<AnyReply>;

const unknownPath =
  'No route has this path. Native operations live under /api/rest/v1.0/; /openapi.json lists every route.';

/** HEAD is answered wherever GET is; OPTIONS names the methods. */
const methodsOf = ({ byMethod }: Place): readonly string[] => [
  ...byMethod.keys(),
  ...(byMethod.has('GET') ? ['HEAD'] : []),
  'OPTIONS',
];

const allowOf = (place: Place): Headers => [['allow', methodsOf(place).join(', ')]];

const notAllowed = (method: string, place: Place): AppError =>
  new AppError('METHOD_NOT_ALLOWED', {
    detail: `${place.path} takes ${methodsOf(place).join(', ')}, not ${method}.`,
    headers: allowOf(place),
  });

const toHttpReply = ({ status, headers = [], document, body }: AnyReply): HttpReply =>
  document === undefined ? { status, headers, body } : documentReply(status, document, headers);

const withoutBody = (reply: HttpReply): HttpReply => {
  if (reply.body !== undefined && !(reply.body instanceof Uint8Array)) reply.body.destroy();
  return { ...reply, body: undefined };
};

const authoriseFor = async (
  identifier: Identifier | undefined,
  request: HttpRequest,
  { scope, fresh = false }: RouteDefinition,
): Promise<Caller | undefined> => {
  if (scope === 'everybody') return undefined;
  if (!identifier) throw new Error('A route that is not for everybody needs an identifier.');
  if (scope === 'any-consumer') return identifier.identify(request.headers, { fresh });
  const [group = '', kind] = scope.split(':');
  return authorise(identifier, request, group, kind as ScopeKind, { fresh });
};

/** Runs an act once; a definition with an act whose handler never ran it is a fault of ours that a test must see. */
const createAct = (
  route: RouteDefinition,
  caller: Caller | undefined,
  request: HttpRequest,
  acts: Acts | undefined,
) => {
  let ran = false;
  return {
    act<T>(target: string, run: () => Promise<T>): Promise<T> {
      if (!route.audit || !caller || !acts) throw new Error(`The route ${route.id} has no act to record.`);
      ran = true;
      return acts.around({ caller, requestId: request.requestId, act: route.audit, target }, run);
    },
    ensureRan(): void {
      if (route.audit && !ran) throw new Error(`The route ${route.id} did not record ${route.audit}.`);
    },
  };
};

/** Carries a POST with a key out once. */
const once = (
  route: RouteDefinition,
  parts: CapabilityParts,
  request: HttpRequest,
  caller: Caller | undefined,
  run: () => Promise<HttpReply>,
): Promise<HttpReply> => {
  const hasKey = request.headers.some(([name]) => name === idempotencyHeader);
  if (!route.idempotency || !parts.idempotency || !caller || !hasKey) return run();
  const query = new URLSearchParams(request.query.map(([name, value]): [string, string] => [name, value]));
  const keyed = { request, ...caller, target: `${request.path}?${query}` };
  return parts.idempotency.around(keyed, run, { keepsBody: route.idempotency === 'keep', mayHaveSent: () => true });
};

/**
 * @param routes the definitions of one capability. They are fixed first, so that the compiler checks each handler against
 * its own definition.
 */
export const capability =
  <const Routes extends readonly RouteDefinition[]>(routes: Routes) =>
  /** @param handlers one for each definition, by its id. */
  (parts: CapabilityParts, handlers: Handlers<Routes>): Handle => {
    const find = createRouteTable(routes);

    const run = async (
      route: RouteDefinition,
      place: Place,
      request: HttpRequest,
      facts: Facts,
    ): Promise<HttpReply> => {
      const caller = await authoriseFor(parts.identifier, request, route);
      if (caller) facts.consumer = caller.consumer.id;
      const parsed = {
        path: parseParameters(route, place.parameters),
        query: parseQuery(route, request),
        headers: parseHeaders(route, request),
        body: parseBody(route, request),
      };
      const { act, ensureRan } = createAct(route, caller, request, parts.acts);
      const handler = handlers[route.id as keyof typeof handlers] as unknown as AnyHandler;
      return once(route, parts, request, caller, async () => {
        const call = { request, caller, ...parsed, facts, act };
        const reply = await handler(call as unknown as Call<RouteDefinition>);
        ensureRan();
        return toHttpReply(reply);
      });
    };

    return async (request, facts) => {
      const place = find(request.path);
      if (!place) throw new AppError('ROUTE_UNKNOWN', { detail: unknownPath });
      facts.route = place.path;
      if (request.method === 'OPTIONS') return { status: 204, headers: allowOf(place), body: undefined };
      const route = place.byMethod.get(request.method === 'HEAD' ? 'GET' : request.method);
      if (!route) throw notAllowed(request.method, place);
      facts.operation = route.id;
      const reply = await run(route, place, request, facts);
      return request.method === 'HEAD' ? withoutBody(reply) : reply;
    };
  };
