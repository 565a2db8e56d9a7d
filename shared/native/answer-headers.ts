/** Which answer headers reach the caller: all but those that speak of the upstream's host or its session with the facade. */
import { createUrlRewriter, type LinkTarget } from '../links/url-rewriter.ts';
import type { Headers } from '../upstream/upstream.ts';
import { leadsBelow } from './redirects.ts';

/** Sessions of the facade's own credential, policies for the upstream's host and pages, its request id, and names of the facade's own. */
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
  'refresh',
  'content-security-policy',
  'content-security-policy-report-only',
  'x-request-id',
  'x-acting-as',
]);

const urlHeaders = new Set(['location', 'content-location']);

/**
 * Rewrites the headers of an answer for the caller. A URL of the upstream that has no place on the facade is left out.
 * @param requestUrl what was asked, against which relative references are resolved.
 */
export const toCallerHeaders = (headers: Headers, target: LinkTarget, requestUrl: string): Headers => {
  const rewrite = createUrlRewriter(target);
  const upstreamHost = new URL(target.upstreamOrigin).host;

  /** Undefined for what is no URL, or one of the upstream that leads out of its API. Others keep their spelling. */
  const forCaller = (reference: string): string | undefined => {
    const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(reference);
    const url = isAbsolute ? reference : URL.parse(reference, requestUrl)?.href;
    if (url === undefined) return undefined;
    const rewritten = rewrite(url);
    if (rewritten !== undefined) return leadsBelow(target.facadeBase, rewritten) ? rewritten : undefined;
    return URL.parse(url)?.host === upstreamHost ? undefined : reference;
  };

  const linkForCaller = (value: string): string | undefined => {
    const urls = [...value.matchAll(/<([^>]*)>/g)].map(([, url]) => forCaller(url as string));
    return urls.includes(undefined) ? undefined : value.replace(/<[^>]*>/g, () => `<${urls.shift()}>`);
  };

  return headers.flatMap(([name, value]): Headers => {
    if (dropped.has(name) || name.startsWith('access-control-')) return [];
    if (!urlHeaders.has(name) && name !== 'link') return [[name, value]];
    const kept = name === 'link' ? linkForCaller(value) : forCaller(value);
    return kept === undefined ? [] : [[name, kept]];
  });
};
