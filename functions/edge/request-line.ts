/**
 * The facts in the log line of a request. With lean logs (docs/configuration.md, `logs`), a hit of the cache has only those that a saved
 * query, docs/what-if.md or a search by id reads: hits are most of all requests, and each byte of a line is billed.
 */
import { variables } from '../../shared/config/names.ts';
import type { Decision } from '../../shared/exchange/decision.ts';
import type { HttpRequest } from './http-request.ts';

/** Read for each line, as Powertools reads its own. */
const isLean = (): boolean => process.env[variables.logs] !== 'full';

/** An answer out of the cache that made no call and waited for nothing. */
const isPlainHit = (status: number, { cacheStatus, sends, quota, refusal }: Decision): boolean =>
  status < 400 && /^hit\b/.test(cacheStatus ?? '') && !sends && !quota && !refusal;

/** The formatter's own, which say nothing of a hit that the other fields do not: a line with undefined lacks them. */
const withoutFormatters = { service: undefined, traceId: undefined };

/** @param reply status, and code of the facade's own error. @param millis until the answer began. */
export const requestLine = (
  request: Pick<HttpRequest, 'requestId' | 'method' | 'route'>,
  reply: { readonly status: number; readonly errorCode?: string | undefined },
  millis: number,
  { incarnation: _, ...facts }: Decision & Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const { requestId, method, route } = request;
  const { status, errorCode } = reply;
  if (!isLean() || !isPlainHit(status, facts))
    return { requestId, method, route, status, ...(errorCode === undefined ? {} : { errorCode }), millis, ...facts };
  const { gatewayRequestId, consumer, operation, cacheClass, credential, cacheStatus } = facts;
  return {
    ...{ requestId, gatewayRequestId, status, millis, consumer, operation, cacheClass, credential, cacheStatus },
    ...withoutFormatters,
  };
};
