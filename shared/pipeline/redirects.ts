/**
 * The rule for redirects on native paths: a client that follows one stays below the base path of the same upstream on the facade. A
 * redirect cannot lead to another host, nor to another stage or route of the facade's host.
 */
import { AppError } from '../errors/app-error.ts';
import type { Headers } from '../http/headers.ts';
import { hasDotSegment } from './native-path.ts';

/** WHATWG clients drop some of these characters anywhere in a URL; other clients do not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly what no URL may hold
const controls = /[\u0000-\u001f\u007f]/;

/**
 * Whether every client resolves an absolute URL to a place below `base`. Some clients resolve dot segments in other spellings, and
 * backslashes.
 * @param base a URL with a path and without a trailing slash.
 */
export const leadsBelow = (base: string, url: string): boolean => {
  if (!url.startsWith(base) || !/^(?:[/?#]|$)/.test(url.slice(base.length)) || controls.test(url)) return false;
  const [path = ''] = url.slice(base.length).split(/[?#]/);
  return !path.includes('\\') && !hasDotSegment(path);
};

const locationsIn = (headers: Headers): string[] =>
  headers.filter(([name]) => name === 'location').map(([, value]) => value);

/**
 * @param status of a redirect. @param facadeBase base URL of this upstream on the facade, without a trailing slash.
 * @throws AppError UPSTREAM_UNREADABLE for a redirect that breaks the rule, or whose Location was removed because it would break it. A
 * redirect without a Location passes.
 */
export const refuseRedirectElsewhere = (
  status: number,
  upstreamHeaders: Headers,
  callerHeaders: Headers,
  facadeBase: string,
): void => {
  const kept = locationsIn(callerHeaders).filter((location) => leadsBelow(facadeBase, location));
  if (kept.length === locationsIn(upstreamHeaders).length) return;
  throw new AppError('UPSTREAM_UNREADABLE', {
    detail: `The upstream answered ${status} and pointed to a place that cannot be reached through the facade.`,
  });
};
