/** The surface beside the tenant, plain JSON, for tests and for people who drive a demonstration. */
import type { IncomingMessage } from 'node:http';
import { badRequest, errorDocument, notFound, SignalsError } from '../errors.ts';
import type { SeedDocument } from '../fixtures/document.ts';
import { seedOf } from '../fixtures/seed.ts';
import { readBody } from '../http/body.ts';
import type { Reply } from '../http/reply.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, numberOf, ownOf, textOf } from '../json.ts';
import type { Act, ControlState } from './act.ts';
import { behaviourActs } from './behaviour-acts.ts';
import { checkMembers } from './check-members.ts';
import { editByPerson } from './edits.ts';
import { emitEvents } from './events.ts';
import { readFault, shownFault } from './fault-rules.ts';
import { controlMembers } from './members.ts';

const shownClock = ({ clock }: ControlState): Json => ({
  now: new Date(clock.nowMillis()).toISOString(),
  nowMillis: clock.nowMillis(),
});

const setClock: Act = (state, { set, advanceMillis, stopped }) => {
  const instant = typeof set === 'string' ? Date.parse(set) : numberOf(set);
  if (instant !== undefined && Number.isNaN(instant)) throw badRequest('set must be an ISO time or milliseconds.');
  // First: between setting an instant and stopping at it, time would run on.
  if (typeof stopped === 'boolean') state.clock.stop(stopped);
  if (instant !== undefined) state.clock.set(instant);
  if (advanceMillis !== undefined) state.clock.advance(numberOf(advanceMillis) ?? 0);
  return shownClock(state);
};

const listArrivals: Act = ({ arrivals }, _body, query) => {
  const since = Number(query.get('since') ?? Number.NEGATIVE_INFINITY);
  return {
    arrivals: arrivals
      .list()
      .filter(({ atMillis }) => atMillis >= since)
      .map((arrival) => ({ ...arrival })),
  };
};

const acts: Readonly<Record<string, Act>> = {
  'GET /_control/arrivals': listArrivals,
  'DELETE /_control/arrivals': ({ arrivals }) => {
    arrivals.clear();
    return { arrivals: [] };
  },
  'POST /_control/reset': (state, { seed }) => {
    state.reset(numberOf(seed));
    return { entities: state.tenant().entities.size() };
  },
  'GET /_control/seed': (state) => seedOf(state.tenant()) as unknown as Json,
  'POST /_control/seed': (state, body) => {
    state.seed(body as SeedDocument);
    return { entities: state.tenant().entities.size() };
  },
  'GET /_control/clock': shownClock,
  'POST /_control/clock': setClock,
  'GET /_control/faults': ({ faults }) => ({ faults: faults.list().map(shownFault) }),
  'POST /_control/faults': ({ faults }, body) => shownFault(faults.add(readFault(body))),
  'DELETE /_control/faults': ({ faults }) => {
    faults.clear();
    return { faults: [] };
  },
  'POST /_control/edits': (state, body) => editByPerson(state.tenant(), body),
  'POST /_control/notifications': emitEvents,
  'GET /_control/pushes': ({ pusher }) => ({ pushes: pusher.deliveries().map((delivery) => ({ ...delivery })) }),
  'POST /_control/limit': ({ rateLimit }, { requestsPerMinute }) => {
    const limit = requestsPerMinute === null ? Number.POSITIVE_INFINITY : numberOf(requestsPerMinute);
    if (limit === undefined || limit < 0) throw badRequest('requestsPerMinute must be a number, or null for no limit.');
    rateLimit.setLimit(limit);
    return { requestsPerMinute: requestsPerMinute ?? null };
  },
  'GET /_control/tokens': (state) => ({
    tokens: state
      .tenant()
      .tokens.list()
      .map((token) => ({ ...token })),
  }),
  'POST /_control/tokens': (state, { userId, domain }, _query, ownDomain) => ({
    token: state.tenant().tokens.issue(textOf(userId) ?? '101', textOf(domain) ?? ownDomain),
  }),
  ...behaviourActs,
};

/** `METHOD path` of every call of this surface. */
export const controlCalls: readonly string[] = Object.keys(acts);

const parse = (bytes: Buffer): Json => {
  try {
    return bytes.byteLength === 0 ? {} : (JSON.parse(bytes.toString('utf8')) as Json);
  } catch {
    throw badRequest('The body is not valid JSON.');
  }
};

/** The body of a call, with none but the members that the call knows. */
const readMembers = (call: string, bytes: Buffer): JsonObject => {
  const body = parse(bytes);
  checkMembers(body, controlMembers[call] ?? {});
  return isObject(body) ? body : {};
};

const mediaType = 'application/json';

/** A seed document of a large tenant. */
const mostBytes = 268_435_456;

const domainOf = (request: IncomingMessage) => (request.headers.host ?? '').split(':')[0] ?? '';

export const answerControl = async (request: IncomingMessage, state: ControlState): Promise<Reply> => {
  try {
    const url = URL.canParse(request.url ?? '/', 'http://control')
      ? new URL(request.url ?? '/', 'http://control')
      : undefined;
    const call = `${request.method} ${url?.pathname}`;
    const act = ownOf(acts, call);
    if (url === undefined || act === undefined)
      throw notFound(`The control surface has no ${request.method} ${request.url}.`);
    const body = readMembers(call, await readBody(request, mostBytes));
    return { status: 200, document: await act(state, body, url.searchParams, domainOf(request)), mediaType };
  } catch (cause) {
    if (!(cause instanceof SignalsError)) throw cause;
    return { status: cause.status, document: errorDocument(cause), mediaType };
  }
};
