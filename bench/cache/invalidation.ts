/** Which other URLs an answer to a changing request makes invalid (RFC 9111, 4.4). */
import { type Headers, headerValue } from '../../shared/http/headers.ts';
import { isSafeMethod } from '../../shared/http/safe-methods.ts';

/** An error means that nothing was changed, as far as HTTP knows. */
export const invalidates = (method: string, status: number): boolean =>
  !isSafeMethod(method) && status >= 200 && status < 400;

/** Targets on the same origin that Location and Content-Location name, besides the target itself. */
export const relatedTargets = (target: string, headers: Headers, origin: string): readonly string[] =>
  ['location', 'content-location'].flatMap((name) => {
    const value = headerValue(headers, name);
    const url = value === undefined ? undefined : URL.parse(value, origin + target);
    return url && url.origin === new URL(origin).origin ? [url.pathname + url.search] : [];
  });
