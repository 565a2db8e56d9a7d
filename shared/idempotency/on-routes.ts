/** Idempotency keys on the facade's own routes. */
import type { Caller } from '../consumers/consumer.ts';
import type { NativeAnswer } from '../native/exchange.ts';
import type { Query } from '../native/native-path.ts';
import type { Idempotency } from './idempotency.ts';
import { idempotencyHeader, type KeyedRequest } from './key.ts';

type RouteRequest = KeyedRequest['request'] & { readonly path: string; readonly query: Query };

/**
 * - `keep`: the whole answer is kept.
 * - `forget`: only its status, for an answer that holds a secret, such as a new key.
 * - `pass`: keys have no meaning on this route.
 */
export type Treatment = 'keep' | 'forget' | 'pass';

/**
 * Wraps the handler of routes: a POST with a key is carried out once. What is kept has the links of the first request, also
 * for one that comes by another base URL.
 * @param callerOf who calls; should check the scope too, since a repeated request never reaches the handler.
 * @param mayHaveSent whether a handler that has failed may have changed something, where its error does not tell.
 */
export const idempotently =
  <Request extends RouteRequest, Facts>(
    idempotency: Idempotency,
    callerOf: (request: Request) => Promise<Caller>,
    treatmentOf: (request: Request) => Treatment,
    handle: (request: Request, facts: Facts) => Promise<NativeAnswer>,
    mayHaveSent: (facts: Facts) => boolean = () => true,
  ) =>
  async (request: Request, facts: Facts): Promise<NativeAnswer> => {
    const treatment = treatmentOf(request);
    const hasKey = request.headers.some(([name]) => name === idempotencyHeader);
    if (request.method !== 'POST' || !hasKey || treatment === 'pass') return handle(request, facts);
    const { consumer, subject, bearer } = await callerOf(request);
    const query = new URLSearchParams(request.query.map(([name, value]): [string, string] => [name, value]));
    const keyed = { request, consumer, subject, bearer, target: `${request.path}?${query}` };
    return idempotency.around(keyed, () => handle(request, facts), {
      keepsBody: treatment === 'keep',
      mayHaveSent: () => mayHaveSent(facts),
    });
  };
