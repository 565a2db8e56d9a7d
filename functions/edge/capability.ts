/**
 * Serves the routes of one capability from their definitions: finds the route, authorises once, validates, runs the
 * handler, records. It answers 404, 405 with Allow, 413 and 415. It reports all faults of the path at once, else of the query, else of
 * the headers, else of the body.
 */
import type * as z from 'zod';
import type { Facts as ActFacts, Change } from '../../shared/audit/changes.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';
import { actingAsFields, type CredentialKind } from '../../shared/exchange/credential.ts';
import type { Headers } from '../../shared/http/headers.ts';
import type { Idempotency } from '../../shared/idempotency/idempotency.ts';
import { idempotently } from '../../shared/idempotency/on-routes.ts';
import type {
  BodyOf,
  DocumentOf,
  HeadersOf,
  nothing,
  PathOf,
  QueryOf,
  RouteDefinition,
} from '../../shared/routes/route.ts';
import { createRouteTable, type Place } from '../../shared/routes/route-table.ts';
import { type Acts, gatherChanges } from './acts.ts';
import { type Authorised, authorise } from './authorise.ts';
import { documentReply, type Facts, type Handle, type HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { checkBodySize } from './json-body.ts';
import { parseBody, parseHeaders, parseParameters, parseQuery } from './parse-request.ts';

/** What a handler gets. */
type Call<Route extends RouteDefinition> = {
  readonly request: HttpRequest;
  readonly caller: Route['scope'] extends 'everybody' ? undefined : Caller;
  /** Whether the caller holds the `adminScope` of the definition. */
  readonly isAdmin: boolean;
  readonly path: PathOf<Route>;
  readonly query: QueryOf<Route>;
  readonly headers: HeadersOf<Route>;
  readonly body: BodyOf<Route>;
  /** Facts for the log line and the record of the request. */
  readonly facts: Facts;
  /**
   * Runs the act of the definition, and records it with its outcome and with the changes that `run` notes.
   * @param target such as a consumer's id. @param asked what was requested, without secrets.
   */
  readonly act: <T>(target: string, run: (note: Note) => Promise<T>, asked?: ActFacts) => Promise<T>;
};

/** Adds changes to the record of an act. */
export type Note = (changes: readonly Change[]) => void;

type WithDocument<Route extends RouteDefinition, Status extends number> = {
  readonly status: Status;
  readonly document: DocumentOf<Route, Status>;
  readonly headers?: Headers;
  /** As whom the upstream was called for it. */
  readonly actedAs?: CredentialKind | undefined;
};
type Bare<Status extends number> = { readonly status: Status; readonly headers?: Headers };

type ReplyFor<Route extends RouteDefinition, Status extends number> = Route['answers'][Status] extends z.ZodType
  ? WithDocument<Route, Status>
  : Route['answers'][Status] extends typeof nothing
    ? Bare<Status>
    : Route['answers'][Status] extends { readonly kind: string }
      ? HttpReply
      : never;

/** The answers of a handler: the successes that its definition declares. Failures are thrown. */
type Reply<Route extends RouteDefinition> = {
  [Status in keyof Route['answers'] & number]: ReplyFor<Route, Status>;
}[keyof Route['answers'] & number];

export type Handlers<Routes extends readonly RouteDefinition[]> = {
  readonly [Route in Routes[number] as Route['id']]: (call: Call<Route>) => Promise<Reply<Route>>;
};

/** The answer of a handler without a body. */
export const done = { status: 204 } as const;

export type CapabilityParts = {
  /** Needed unless every route is for everybody. */
  readonly identifier?: Identifier;
  /** Records acts; needed where a definition names one. */
  readonly acts?: Acts;
  /** Needed where a definition takes idempotency keys. */
  readonly idempotency?: Pick<Idempotency, 'around'>;
  readonly repetition?: Repetition;
};

/** Decisions about a retried POST that the definition cannot express. */
export type Repetition = {
  /**
   * Identifies the caller, with the checks of the handler, because a retried POST never reaches it.
   * @param caller who holds the scope of the route.
   */
  readonly callerOf: (
    request: HttpRequest,
    path: Readonly<Record<string, string>>,
    caller: Caller,
  ) => Promise<RepeatingCaller>;
  /** Whether a failed handler may have changed something, if its error does not say; absent = it may. */
  readonly mayHaveSent?: (facts: Facts) => boolean;
};
type RepeatingCaller = Caller & {
  /** Throws if this caller may not get an answer that was made in this way. */
  readonly mayRepeat?: (actedAs: CredentialKind | undefined) => void;
};

type AnyReply = Bare<number> & {
  readonly document?: unknown;
  readonly body?: HttpReply['body'];
  readonly actedAs?: CredentialKind | undefined;
};
type AnyHandler = (call: Call<RouteDefinition>) => Promise<AnyReply>;

const unknownPath =
  'No route has this path. Native operations live under /api/rest/v1.0/; /openapi.json lists every route.';

/** Routes with GET also answer HEAD; OPTIONS lists the methods. */
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

const toHttpReply = ({ document, ...reply }: AnyReply): HttpReply & Pick<AnyReply, 'actedAs'> => {
  const { status, headers = [], body, actedAs } = reply;
  if (document === undefined) return { ...reply, headers, body };
  return { ...documentReply(status, document, [...headers, ...actingAsFields(actedAs)]), actedAs };
};

const withoutBody = (reply: HttpReply): HttpReply => {
  if (reply.body !== undefined && !(reply.body instanceof Uint8Array)) reply.body.destroy();
  return { ...reply, body: undefined };
};

const authoriseFor = async (
  identifier: Identifier | undefined,
  request: HttpRequest,
  route: RouteDefinition,
): Promise<Partial<Authorised>> => {
  const { scope, fresh = false } = route;
  if (scope === 'everybody') return {};
  if (!identifier) throw new Error('A route that is not for everybody needs an identifier.');
  return authorise(identifier, request, { scope, adminScope: route.adminScope, fresh });
};

/** Runs an act once. A handler that never ran its definition's act is a fault of ours, and a test must find it. */
const createAct = (
  route: RouteDefinition,
  caller: Caller | undefined,
  request: HttpRequest,
  acts: Acts | undefined,
) => {
  let ran = false;
  return {
    act<T>(target: string, run: (note: Note) => Promise<T>, asked?: ActFacts): Promise<T> {
      if (!route.audit || !caller || !acts) throw new Error(`The route ${route.id} has no act to record.`);
      ran = true;
      const { note, changes } = gatherChanges();
      const act = { caller, requestId: request.requestId, act: route.audit, target, asked, changes };
      return acts.around(act, () => run(note));
    },
    ensureRan(): void {
      if (route.audit && !ran) throw new Error(`The route ${route.id} did not record ${route.audit}.`);
    },
  };
};

/** Carries out a POST with an Idempotency-Key once. */
const once = (
  route: RouteDefinition,
  parts: CapabilityParts,
  { caller, path, facts }: { caller: Caller | undefined; path: Readonly<Record<string, string>>; facts: Facts },
  run: (request: HttpRequest) => Promise<HttpReply>,
): ((request: HttpRequest) => Promise<HttpReply>) => {
  const { repetition } = parts;
  if (!parts.idempotency || !caller) return run;
  const handle = idempotently(
    parts.idempotency,
    async (request: HttpRequest): Promise<RepeatingCaller> => repetition?.callerOf(request, path, caller) ?? caller,
    () => route.idempotency ?? 'pass',
    run,
    repetition?.mayHaveSent,
    ({ mayRepeat }, actedAs) => mayRepeat?.(actedAs),
  );
  return (request) => handle(request, facts);
};

/**
 * @param routes the definitions of one capability. They come first, so that the compiler checks each handler against
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
      checkBodySize(route, request);
      const { caller, isAdmin = false } = await authoriseFor(parts.identifier, request, route);
      if (caller) {
        const { id, incarnation } = caller.consumer;
        Object.assign(facts, { consumer: id, incarnation });
      }
      const parsed = {
        path: parseParameters(route, place.parameters),
        query: parseQuery(route, request),
        headers: parseHeaders(route, request),
        body: parseBody(route, request),
      };
      const { act, ensureRan } = createAct(route, caller, request, parts.acts);
      const handler = handlers[route.id as keyof typeof handlers] as unknown as AnyHandler;
      const carryOut = once(route, parts, { caller, path: place.parameters, facts }, async () => {
        const call = { request, caller, isAdmin, ...parsed, facts, act };
        const reply = await handler(call as unknown as Call<RouteDefinition>);
        ensureRan();
        return toHttpReply(reply);
      });
      return carryOut(request);
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
