/** The surface beside the server, plain JSON without a token, for tests and for people who drive a demonstration. */
import type { IncomingMessage } from 'node:http';
import { readBytes } from '../http/body.ts';
import { badJson, malformed, Refusal, unknownPath } from '../http/refusals.ts';
import { json, type Reply } from '../http/reply.ts';
import { isObject, type Json, type JsonObject, numberOf } from '../json.ts';
import { settle } from '../workflow/settle.ts';
import type { Act } from './act.ts';
import { behaviourActs } from './behaviour.ts';
import { checkMembers } from './members.ts';
import { peopleActs } from './people.ts';
import type { ControlState } from './state.ts';

const shownClock = ({ clock }: ControlState): Json => ({
  now: new Date(clock.nowMillis()).toISOString(),
  nowMillis: clock.nowMillis(),
});

const setClock = ({ clock }: ControlState, { set, advanceMillis, stopped }: JsonObject): void => {
  const instant = typeof set === 'string' ? Date.parse(set) : undefined;
  if (instant !== undefined && Number.isNaN(instant)) throw malformed('set must be an ISO time.');
  // First: between setting an instant and stopping at it, time would run on.
  if (typeof stopped === 'boolean') clock.stop(stopped);
  if (instant !== undefined) clock.set(instant);
  clock.advance(numberOf(advanceMillis) ?? 0);
};

const acts: Readonly<Record<string, Act>> = {
  'POST /_control/reset': {
    members: { seed: 'number' },
    act(state, { seed }) {
      state.reset(numberOf(seed));
      return { experiments: state.world().experiments.map(({ name }) => name) };
    },
  },
  'GET /_control/clock': { act: shownClock },
  'POST /_control/clock': {
    members: { set: 'text', advanceMillis: 'number', stopped: 'boolean' },
    act(state, body) {
      setClock(state, body);
      // Work that ended meanwhile has ended when this call is answered.
      settle(state.world());
      return shownClock(state);
    },
  },
  'GET /_control/arrivals': {
    act({ arrivals }, _body, query) {
      const since = Number(query.get('since') ?? Number.NEGATIVE_INFINITY);
      return {
        arrivals: arrivals.list().flatMap((arrival) => (arrival.atMillis >= since ? [{ ...arrival }] : [])),
      };
    },
  },
  'DELETE /_control/arrivals': {
    act({ arrivals }) {
      arrivals.clear();
      return { arrivals: [] };
    },
  },
  'GET /_control/in-flight': { act: ({ inFlight }) => inFlight.shown() as unknown as Json },
  'DELETE /_control/in-flight': {
    act({ inFlight }) {
      inFlight.clear();
      return inFlight.shown() as unknown as Json;
    },
  },
  'GET /_control/made-schemas': { act: ({ world }) => ({ madeSchemas: world().madeSchemas }) },
  ...behaviourActs,
  ...peopleActs,
};

/** `METHOD path` of every call of this surface. */
export const controlCalls: readonly string[] = Object.keys(acts);

const parse = (bytes: Buffer): JsonObject => {
  try {
    const value = bytes.length === 0 ? {} : (JSON.parse(bytes.toString('utf8')) as Json);
    if (isObject(value)) return value;
  } catch {
    throw badJson();
  }
  throw malformed('The body must be an object.');
};

export const answerControl = async (request: IncomingMessage, url: string, state: ControlState): Promise<Reply> => {
  try {
    const [path, query = ''] = url.split('?');
    const call = `${request.method} ${path}`;
    const found = Object.hasOwn(acts, call) ? acts[call] : undefined;
    if (found === undefined) throw unknownPath();
    const body = parse(await readBytes(request));
    checkMembers(body, found.members ?? {});
    return json(found.act(state, body, new URLSearchParams(query)));
  } catch (cause) {
    if (cause instanceof Refusal) return cause.reply;
    throw cause;
  }
};
