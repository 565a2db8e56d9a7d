/** The path and query of a native request. They keep their bytes, except parts that could escape the upstream's base path. */
import { AppError } from '../errors/app-error.ts';
import type { Query } from '../http/query.ts';

/** Whether a raw path is the base path or below it. */
export const isBelow = (path: string, basePath: string): boolean =>
  path === basePath || path.startsWith(`${basePath}/`);

/**
 * The raw path below an upstream's base path, with its first slash.
 * @throws AppError ROUTE_UNKNOWN for any other path, such as one that the gateway matched after decoding it.
 */
export const belowBasePath = (path: string, basePath: string): string => {
  if (isBelow(path, basePath)) return path.slice(basePath.length) || '/';
  throw new AppError('ROUTE_UNKNOWN', { detail: `Native operations live under ${basePath}/, spelled like this.` });
};

/** The upstream would end the path at a raw `#` or `?`, but the scopes were checked for the whole path. */
const notOfAPath = /[^!-~]|[#?]/gu;

/** Decodes until nothing changes, four times at most, so that no spelling of `..` hides under layers of encoding. */
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
 * (`%2F`, `%25`, `Reagents%20(SNB)`). Raw bytes that no request line may contain are percent-encoded.
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
 * Rebuilds the query from its decoded parts: `%2B` stays a plus, a blank becomes `%20`, brackets are encoded (the upstream accepts
 * both forms), and empty and unknown parameters pass. Empty text if there are no parameters.
 */
export const toUpstreamQuery = (query: Query): string =>
  query.length === 0
    ? ''
    : `?${query.map(([name, value]) => `${encodeQueryPart(name)}=${encodeQueryPart(value)}`).join('&')}`;
