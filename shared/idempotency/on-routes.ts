/** Idempotency keys on the facade's own routes. */

import type { Caller } from '../exchange/consumer.ts';
import { actingAsFields, type CredentialKind } from '../exchange/credential.ts';
import type { NativeAnswer } from '../exchange/exchange.ts';
import type { Query } from '../http/query.ts';
import type { Idempotency } from './idempotency.ts';
import { idempotencyHeader, type KeyedRequest } from './key.ts';

type RouteRequest = KeyedRequest['request'] & { readonly path: string; readonly query: Query };

/**
 * - `keep`: the whole answer is stored.
 * - `forget`: only its status is stored, for an answer that contains a secret, such as a new key.
 * - `pass`: keys have no effect on this route.
 */
export type Treatment = 'keep' | 'forget' | 'pass';

/** A stored failure does not have this field yet. */
const sayingActedAs = (answer: NativeAnswer): NativeAnswer => {
  const own = answer.headers.filter(([name]) => name !== 'x-acting-as');
  return { ...answer, headers: [...own, ...actingAsFields(answer.actedAs)] };
};

/**
 * Wraps the handler of routes: a POST with a key is carried out once. What is kept has the links of the first request, also
 * for one that comes by another base URL.
 * @param callerOf who calls; should check the scope too, since a repeated request never reaches the handler.
 * @param mayHaveSent whether a handler that has failed may have changed something, where its error does not tell.
 * @param mayRepeat throws where this caller may not have an answer that was got in this way.
 */
export const idempotently =
  <Request extends RouteRequest, Facts, Who extends Caller>(
    idempotency: Pick<Idempotency, 'around'>,
    callerOf: (request: Request) => Promise<Who>,
    treatmentOf: (request: Request) => Treatment,
    handle: (request: Request, facts: Facts) => Promise<NativeAnswer>,
    mayHaveSent: (facts: Facts) => boolean = () => true,
    mayRepeat: (caller: Who, actedAs: CredentialKind | undefined) => void = () => {},
  ) =>
  async (request: Request, facts: Facts): Promise<NativeAnswer> => {
    const treatment = treatmentOf(request);
    const hasKey = request.headers.some(([name]) => name === idempotencyHeader);
    if (request.method !== 'POST' || !hasKey || treatment === 'pass') return handle(request, facts);
    const caller = await callerOf(request);
    const { consumer, subject, bearer } = caller;
    const query = new URLSearchParams(request.query.map(([name, value]): [string, string] => [name, value]));
    const keyed = { request, consumer, subject, bearer, target: `${request.path}?${query}` };
    const answer = await idempotency.around(keyed, () => handle(request, facts), {
      keepsBody: treatment === 'keep',
      mayHaveSent: () => mayHaveSent(facts),
      mayRepeat: (actedAs) => mayRepeat(caller, actedAs),
    });
    return sayingActedAs(answer);
  };
