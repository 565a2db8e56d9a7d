/** The path and query of a native request: kept to the byte, except for what could escape the upstream's base path. */
import { AppError } from '../errors/app-error.ts';
import type { Query } from '../http/query.ts';

/** Raw `#` and `?` would end the path there for the upstream, but not for the scopes that were checked. */
const notOfAPath = /[^!-~]|[#?]/gu;

/** Decodes as often as it changes something, so that no spelling of `..` hides under several layers of encoding. */
const decodeFully = (text: string): string => {
  let current = text;
  for (let round = 0; round < 4; round += 1) {
    const next = current.replace(/%(2e|2f|5c|25)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (next === current) return current;
    current = next;
  }
  return current;
};

/** Whether a path holds `.` or `..` as a segment, in any spelling. */
export const hasDotSegment = (path: string): boolean =>
  decodeFully(path)
    .split(/[/\\]/)
    .some((segment) => segment === '.' || segment === '..' || segment.startsWith('..;') || segment.startsWith('.;'));

/**
 * Checks a raw path below the base path and makes it fit for a request line. Segments stay undecoded and untrimmed
 * (`%2F`, `%25`, `Reagents%20(SNB)`); raw bytes that no request line may hold are percent-encoded.
 * @throws AppError REQUEST_INVALID for dot segments in any spelling: an upstream that resolves them would be led out of
 * the operation that the scopes were checked for.
 */
export const toUpstreamPath = (path: string): string => {
  if (hasDotSegment(path)) {
    throw new AppError('REQUEST_INVALID', {
      detail: 'The path holds a "." or ".." segment. Send the path of the operation itself.',
    });
  }
  return path.replace(notOfAPath, (character) => encodeURIComponent(character.isWellFormed() ? character : '\ufffd'));
};

const encodeQueryPart = (text: string): string => encodeURIComponent(text.toWellFormed());

/**
 * Writes the query anew from its decoded parts: `%2B` stays a plus, a blank becomes `%20`, brackets are encoded (the
 * upstream takes them either way), empty and unknown parameters pass. Empty text when there are none.
 */
export const toUpstreamQuery = (query: Query): string =>
  query.length === 0
    ? ''
    : `?${query.map(([name, value]) => `${encodeQueryPart(name)}=${encodeQueryPart(value)}`).join('&')}`;
