/** Reads bodies of the facade's own routes, after checking their size and depth. */
import { AppError } from '../../shared/errors/app-error.ts';
import { headerValue } from '../../shared/http/headers.ts';
import { nestsDeeperThan } from '../../shared/json/nesting.ts';
import type { RouteDefinition } from '../../shared/routes/route.ts';
import type { HttpRequest } from './http-request.ts';

/** Far above the largest document that a route takes: a consumer with 100 scopes has 3 KiB. */
export const mostBodyBytes = 65_536;
/** The deepest document that a route takes has 5 levels. */
const mostLevels = 32;

/**
 * Checked before anything else about a route of the facade's own, so that no caller makes the facade read a large body.
 * @throws AppError REQUEST_TOO_LARGE.
 */
export const checkBodySize = (
  {
    mostBodyBytes: mostBytes = mostBodyBytes,
    forLargerBodies,
  }: Pick<RouteDefinition, 'mostBodyBytes' | 'forLargerBodies'>,
  { body }: Pick<HttpRequest, 'body'>,
): void => {
  const sizeBytes = body?.byteLength ?? 0;
  if (sizeBytes <= mostBytes) return;
  throw new AppError('REQUEST_TOO_LARGE', {
    detail: [`The body has ${sizeBytes} bytes; this route takes at most ${mostBytes}.`, forLargerBodies ?? []]
      .flat()
      .join(' '),
  });
};

/** Compressed bodies are refused, because a few bytes could decode to any number. @throws AppError MEDIA_TYPE_UNKNOWN. */
export const checkCoding = ({ headers }: Pick<HttpRequest, 'headers'>): void => {
  const coding = headerValue(headers, 'content-encoding')?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return;
  throw new AppError('MEDIA_TYPE_UNKNOWN', {
    detail: 'Send the body as it is, without Content-Encoding.',
    source: { header: 'Content-Encoding' },
  });
};

/**
 * Parses the body as JSON. Call it only after the caller is known. @throws AppError MEDIA_TYPE_UNKNOWN,
 * REQUEST_TOO_DEEP, REQUEST_INVALID.
 */
export const parseJsonBody = (request: Pick<HttpRequest, 'headers' | 'body'>): unknown => {
  checkCoding(request);
  const bytes = request.body ?? new Uint8Array();
  if (nestsDeeperThan(bytes, mostLevels)) {
    throw new AppError('REQUEST_TOO_DEEP', {
      detail: `The objects and arrays of the body nest deeper than ${mostLevels} levels.`,
    });
  }
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new AppError('REQUEST_INVALID', { detail: 'The body is not JSON.', source: { pointer: '' }, cause });
  }
};
