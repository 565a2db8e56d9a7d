/** `If-Match: "<version>"` on a write becomes the parameter by which the upstream compares versions. */
import { AppError } from '../errors/app-error.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { versionInTag } from '../exchange/own-tag.ts';
import { headerValue } from '../http/headers.ts';

/**
 * The exchange with its condition as the upstream's parameter. If the upstream or the operation has no condition, or the request sets
 * the parameter itself, the header is forwarded unchanged: how the upstream treats it is not known.
 * @throws AppError REQUEST_INVALID for several tags, because the upstream compares with one.
 */
export const withCondition = <Part extends Pick<Exchange, 'request' | 'operation' | 'target' | 'upstream'>>(
  exchange: Part,
): Part => {
  const { request, operation, target, upstream } = exchange;
  const { condition } = upstream;
  const tag = headerValue(request.headers, 'if-match');
  if (tag === undefined || condition === undefined || operation.digest === undefined || tag.trim() === '*')
    return exchange;
  if (request.query.some(([name]) => name === condition.parameter || condition.yieldsTo.includes(name)))
    return exchange;
  if (/"\s*,/.test(tag) || request.headers.filter(([name]) => name === 'if-match').length > 1) {
    throw new AppError('REQUEST_INVALID', {
      detail: 'If-Match takes one tag here: the ETag of the version that you read.',
      source: { header: 'if-match' },
    });
  }
  const parameter = `${condition.parameter}=${encodeURIComponent(versionInTag(tag))}`;
  return {
    ...exchange,
    request: { ...request, headers: request.headers.filter(([name]) => name !== 'if-match') },
    target: `${target}${target.includes('?') ? '&' : '?'}${parameter}`,
  };
};
