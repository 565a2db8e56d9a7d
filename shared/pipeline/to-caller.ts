/**
 * Turns an answer of the upstream, new or cached, into the caller's: links and headers point to the facade, and headers about the
 * upstream's host or its session with the facade are left out.
 */
import type { Readable } from 'node:stream';
import { isDocument } from '../exchange/document.ts';
import type { Exchange, NativeAnswer } from '../exchange/exchange.ts';
import { contentEncodingOf, type Headers, headerValue } from '../http/headers.ts';
import { createUrlRewriter, type LinkTarget } from '../links/url-rewriter.ts';
import { rewriteDocument } from './answer-body.ts';
import { leadsBelow, refuseRedirectElsewhere } from './redirects.ts';

/** The form of an answer does not depend on the principal. */
type UnsentExchange = Omit<Exchange, 'principal'>;

const linkTargetOf = ({ upstream, request }: UnsentExchange): LinkTarget => ({
  upstreamOrigin: upstream.origin,
  upstreamBasePath: upstream.basePath,
  facadeBase: request.publicUrl + upstream.basePath,
});

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

  /** Undefined for text that is no URL, or for a URL of the upstream outside its API. Other URLs keep their spelling. */
  const forCaller = (reference: string): string | undefined => {
    const isAbsolute = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(reference);
    const url = isAbsolute ? reference : URL.parse(encodeBytes(reference), requestUrl)?.href;
    if (url === undefined) return undefined;
    const rewritten = rewrite(url);
    if (rewritten !== undefined) return leadsBelow(target.facadeBase, rewritten) ? rewritten : undefined;
    return URL.parse(url, requestUrl)?.host === new URL(target.upstreamOrigin).host ? undefined : reference;
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

/** Fields about the bytes of a body, which rewritten links change. An ETag names the version, which stays the same. */
const ofTheBytes: ReadonlySet<string> = new Set([
  'accept-ranges',
  'content-digest',
  'content-md5',
  'digest',
  'repr-digest',
  'signature',
  'signature-input',
  'unencoded-digest',
]);

/** Rewritten links change the length of a document, but an empty body stays empty: length 0 of a HEAD means "not ready yet". */
const holdsForOtherBytes = ([name, value]: Headers[number]): boolean =>
  (name !== 'content-length' || value === '0') && !ofTheBytes.has(name) && !name.startsWith('x-amz-checksum-');

/** The headers of an answer whose body was changed. */
export const withoutBodyFacts = (headers: Headers): Headers => headers.filter(holdsForOtherBytes);

const withLength = (headers: Headers, body: Uint8Array | Readable): Headers =>
  body instanceof Uint8Array
    ? [...headers.filter(([name]) => name !== 'content-length'), ['content-length', String(body.byteLength)]]
    : headers;

/** Clients follow every 3xx with a Location, except 304. */
const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;

/** @throws AppError UPSTREAM_UNREADABLE for a redirect that leads away from the facade, or a body that breaks off. */
export const toCallerAnswer = async (exchange: UnsentExchange, answer: NativeAnswer): Promise<NativeAnswer> => {
  const { status, body } = answer;
  const target = linkTargetOf(exchange);
  const headers = toCallerHeaders(answer.headers, target, exchange.upstream.origin + exchange.target);
  if (isRedirect(status)) refuseRedirectElsewhere(status, answer.headers, headers, target.facadeBase);
  if (!exchange.upstream.hasLinks || !isDocument(exchange, answer)) return { status, headers, body };
  if (body === undefined) {
    // The headers of HEAD and 304 describe the body of GET.
    const isAboutBody = exchange.request.method === 'HEAD' || status === 304;
    return { status, headers: isAboutBody ? withoutBodyFacts(headers) : headers, body };
  }
  const contentEncoding = contentEncodingOf(answer.headers);
  const rewritten =
    answer.isWellFormed === false
      ? { body, isChanged: false }
      : await rewriteDocument(
          body,
          contentEncoding,
          target,
          answer.isWellFormed === true,
          exchange.upstream.mostDecodedBytes,
        );
  if (rewritten.isChanged) {
    return { status, headers: withLength(withoutBodyFacts(headers), rewritten.body), body: rewritten.body };
  }
  const isNamed = headerValue(answer.headers, 'content-type') !== undefined;
  return { status, headers: isNamed ? withLength(headers, rewritten.body) : headers, body: rewritten.body };
};
