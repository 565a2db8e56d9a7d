/** `If-Match: "<digest>"` on a write becomes the parameter by which the upstream compares versions. */
import { AppError } from '../errors/app-error.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { headerValue } from '../http/headers.ts';

/** A tag of the facade's own, `"<digest>~<hash>"`, or the bare digest, quoted or not. */
const digestInTag = (tag: string): string =>
  tag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"|"$/g, '')
    .replace(/~[\w-]{16}$/, '');

/**
 * The exchange with its condition as `digest=`. Where the operation takes no digest, or the request names one itself, the
 * header travels as it is: what the upstream makes of it is not known.
 * @throws AppError REQUEST_INVALID for several tags, since the upstream compares with one.
 */
export const withDigest = <Part extends Pick<Exchange, 'request' | 'operation' | 'target'>>(exchange: Part): Part => {
  const { request, operation, target } = exchange;
  const tag = headerValue(request.headers, 'if-match');
  const saysItself = request.query.some(([name]) => name === 'digest' || name === 'force');
  if (tag === undefined || operation.digest === undefined || saysItself || tag.trim() === '*') return exchange;
  if (/"\s*,/.test(tag) || request.headers.filter(([name]) => name === 'if-match').length > 1) {
    throw new AppError('REQUEST_INVALID', {
      detail: 'If-Match takes one tag here: the ETag of the version that you read.',
      source: { header: 'if-match' },
    });
  }
  return {
    ...exchange,
    request: { ...request, headers: request.headers.filter(([name]) => name !== 'if-match') },
    target: `${target}${target.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digestInTag(tag))}`,
  };
};
