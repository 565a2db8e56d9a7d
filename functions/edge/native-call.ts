/** A native operation in the place of a route of the facade's own: the tenant's answer is the answer. */
import type { Caller } from '../../shared/exchange/consumer.ts';
import type { NativeAnswer } from '../../shared/exchange/exchange.ts';
import type { Facts } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import type { CallingPipeline } from './tenant-of.ts';

type Call = { readonly request: HttpRequest; readonly caller: Caller; readonly facts: Facts };

/**
 * Calls the operation with the headers and the body of the request.
 * @param path below the base path, encoded. @param withQuery whether the parameters of the request are for the tenant.
 */
export const callNative = (
  pipeline: CallingPipeline,
  { request, caller, facts }: Call,
  method: string,
  path: string,
  withQuery = false,
): Promise<NativeAnswer> => {
  const { requestId, publicUrl, query, headers, body, deadlineMillis, background } = request;
  const parameters = withQuery
    ? `${new URLSearchParams(query.map(([name, value]): [string, string] => [name, value]))}`
    : '';
  const call = {
    ...{ method, headers, deadlineMillis },
    path: parameters === '' ? path : `${path}?${parameters}`,
    ...(body === undefined ? {} : { body }),
    ...(background ? { background } : {}),
  };
  return pipeline.as(caller, requestId, publicUrl).call(call, facts);
};
