/** Which answer headers reach the caller: all but those that speak of the upstream's host or its session with the facade. */
import { AppError } from '../errors/app-error.ts';
import { createUrlRewriter, type LinkTarget } from '../links/url-rewriter.ts';
import { type Headers, headerValue } from '../upstream/upstream.ts';

/** Sessions of the facade's own credential, and policies for the upstream's host name. */
const dropped = new Set([
  'set-cookie',
  'strict-transport-security',
  'alt-svc',
  'report-to',
  'reporting-endpoints',
  'nel',
  'clear-site-data',
  'expect-ct',
  'public-key-pins',
]);

const urlHeaders = new Set(['location', 'content-location']);

/** A reference of a header as an absolute URL of the upstream; undefined when it is no URL at all. */
const resolve = (reference: string, target: LinkTarget): string | undefined => {
  if (/^https?:/i.test(reference)) return reference;
  if (reference.startsWith('/') && !reference.startsWith('//')) return target.upstreamOrigin + reference;
  return URL.parse(reference, target.upstreamOrigin)?.href;
};

/** Rewrites the headers of an answer for the caller. A URL of the upstream that has no place on the facade is left out. */
export const toCallerHeaders = (headers: Headers, target: LinkTarget): Headers => {
  const rewrite = createUrlRewriter(target);
  const upstreamHost = new URL(target.upstreamOrigin).host;
  const isOwn = (url: string): boolean => URL.parse(url)?.host === upstreamHost;

  return headers.flatMap(([name, value]): Headers => {
    if (dropped.has(name)) return [];
    if (urlHeaders.has(name)) {
      const url = resolve(value, target);
      if (url === undefined) return [];
      const rewritten = rewrite(url);
      return rewritten === undefined && isOwn(url) ? [] : [[name, rewritten ?? value]];
    }
    if (name === 'link') {
      return [
        [
          name,
          value.replace(
            /<([^>]*)>/g,
            (whole, url: string) => `<${rewrite(resolve(url, target) ?? '') ?? whole.slice(1, -1)}>`,
          ),
        ],
      ];
    }
    return [[name, value]];
  });
};

const redirects = new Set([301, 302, 303, 307, 308]);

/** @throws AppError UPSTREAM_UNREADABLE for a redirect that would lead the caller away from the facade. */
export const refuseRedirectElsewhere = (status: number, callerHeaders: Headers, publicUrl: string): void => {
  if (!redirects.has(status)) return;
  if (headerValue(callerHeaders, 'location')?.startsWith(`${publicUrl}/`)) return;
  throw new AppError('UPSTREAM_UNREADABLE', {
    detail: `The upstream answered ${status} and pointed to a place that cannot be reached through the facade.`,
  });
};
