/** Which answer headers reach the caller: all except those about the upstream's host or its session with the facade. */

import type { Headers } from '../http/headers.ts';
import { createUrlRewriter, type LinkTarget } from '../links/url-rewriter.ts';
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

/** Percent-encodes the bytes of a relative reference that no URL may contain. URL parsing would read each byte as a character. */
const encodeBytes = (reference: string): string =>
  reference.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);

/** The links of a Link field (RFC 8288, 3): commas within `<…>` and quoted strings do not separate. */
const linksIn = (field: string): readonly string[] => field.match(/(?:<[^>]*>?|"(?:[^"\\]|\\.)*"?|[^,<"])+/g) ?? [];

/** The parts of a link: its target, its anchor, and quoted text, which is left unchanged. */
const partsOfLink = /^\s*<([^>]*)>|(;\s*anchor\s*=\s*)(?:"([^"]*)"|([^\s;,"]+))|"(?:[^"\\]|\\.)*"/gi;

/** One link of a Link field with its URLs as `forCaller` has them; undefined if one of them has no counterpart on the facade. */
const rewriteLink = (link: string, forCaller: (reference: string) => string | undefined): string | undefined => {
  let isWhole = true;
  const rewritten = link.replace(partsOfLink, (part, url?: string, anchor?: string, quoted?: string, bare?: string) => {
    const reference = url ?? quoted ?? bare;
    if (reference === undefined) return part;
    const kept = forCaller(reference);
    if (kept === undefined) isWhole = false;
    return anchor === undefined ? `<${kept}>` : `${anchor}"${kept}"`;
  });
  return isWhole ? rewritten.trim() : undefined;
};

/**
 * Rewrites the headers of an answer for the caller. A URL of the upstream without a counterpart on the facade is removed.
 * @param requestUrl URL of the request, against which relative references are resolved.
 */
export const toCallerHeaders = (headers: Headers, target: LinkTarget, requestUrl: string): Headers => {
  const rewrite = createUrlRewriter(target);
  const upstreamHost = new URL(target.upstreamOrigin).host;

  /** Undefined for text that is no URL, or for a URL of the upstream outside its API. Other URLs keep their spelling. */
  const forCaller = (reference: string): string | undefined => {
    const isAbsolute = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(reference);
    const url = isAbsolute ? reference : URL.parse(encodeBytes(reference), requestUrl)?.href;
    if (url === undefined) return undefined;
    const rewritten = rewrite(url);
    if (rewritten !== undefined) return leadsBelow(target.facadeBase, rewritten) ? rewritten : undefined;
    return URL.parse(url, requestUrl)?.host === upstreamHost ? undefined : reference;
  };

  const linksForCaller = (field: string): string | undefined => {
    const kept = linksIn(field).flatMap((link) => rewriteLink(link, forCaller) ?? []);
    return kept.length > 0 ? kept.join(', ') : undefined;
  };

  return headers.flatMap(([name, value]): Headers => {
    if (dropped.has(name) || name.startsWith('access-control-')) return [];
    if (!urlHeaders.has(name) && name !== 'link') return [[name, value]];
    const kept = name === 'link' ? linksForCaller(value) : forCaller(value);
    return kept === undefined ? [] : [[name, kept]];
  });
};
