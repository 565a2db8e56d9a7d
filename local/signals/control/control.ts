/** The surface beside the tenant, plain JSON, for tests and for people who drive a demonstration. */
import type { IncomingMessage } from 'node:http';
import type { AdjustableClock } from '../clock.ts';
import { badRequest, errorDocument, notFound, SignalsError } from '../errors.ts';
import type { ArrivalLog } from '../http/arrivals.ts';
import { readBody } from '../http/body.ts';
import type { RateLimit } from '../http/rate-limit.ts';
import type { Reply } from '../http/reply.ts';
import { type Json, numberOf, objectOf } from '../json.ts';
import type { Tenant } from '../tenant/tenant.ts';

export interface ControlState {
  readonly clock: AdjustableClock;
  readonly arrivals: ArrivalLog;
  readonly rateLimit: RateLimit;
  tenant(): Tenant;
  /** A new tenant; from the same seed unless another is given. */
  reset(seed: number | undefined): void;
}

type Act = (state: ControlState, body: Json, query: URLSearchParams) => Json;

const acts: Readonly<Record<string, Act>> = {
  'GET /_control/arrivals': ({ arrivals }) => ({ arrivals: arrivals.list().map((arrival) => ({ ...arrival })) }),
  'DELETE /_control/arrivals': ({ arrivals }) => {
    arrivals.clear();
    return { arrivals: [] };
  },
  'POST /_control/reset': (state, body) => {
    state.reset(numberOf(objectOf(body).seed));
    return { entities: state.tenant().entities.size() };
  },
};

const parse = (bytes: Buffer): Json => {
  try {
    return bytes.byteLength === 0 ? {} : (JSON.parse(bytes.toString('utf8')) as Json);
  } catch {
    throw badRequest('The body is not valid JSON.');
  }
};

const mediaType = 'application/json';

export const answerControl = async (request: IncomingMessage, state: ControlState): Promise<Reply> => {
  const url = new URL(request.url ?? '/', 'http://control');
  const act = acts[`${request.method} ${url.pathname}`];
  try {
    if (act === undefined) throw notFound(`The control surface has no ${request.method} ${url.pathname}.`);
    const body = parse(await readBody(request, 16_777_216));
    return { status: 200, document: act(state, body, url.searchParams), mediaType };
  } catch (cause) {
    if (!(cause instanceof SignalsError)) throw cause;
    return { status: cause.status, document: errorDocument(cause), mediaType };
  }
};
