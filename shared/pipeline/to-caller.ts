/** Turns an answer of the upstream, new or cached, into the caller's: links and headers point to the facade. */
import type { Readable } from 'node:stream';
import { isDocument } from '../exchange/document.ts';
import type { Exchange, NativeAnswer } from '../exchange/exchange.ts';
import { contentEncodingOf } from '../http/content-codings.ts';
import { type Headers, headerValue } from '../http/headers.ts';
import type { LinkTarget } from '../links/url-rewriter.ts';
import { rewriteDocument } from './answer-body.ts';
import { toCallerHeaders } from './answer-headers.ts';
import { refuseRedirectElsewhere } from './redirects.ts';

/** The form of an answer does not depend on the principal. */
type UnsentExchange = Omit<Exchange, 'principal'>;

const linkTargetOf = ({ upstream, request }: UnsentExchange): LinkTarget => ({
  upstreamOrigin: upstream.origin,
  upstreamBasePath: upstream.basePath,
  facadeBase: request.publicUrl + upstream.basePath,
});

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

/** @throws AppError UPSTREAM_UNREADABLE for a redirect that leads away from the facade, or a body that breaks off. */
export const toCallerAnswer = async (exchange: UnsentExchange, answer: NativeAnswer): Promise<NativeAnswer> => {
  const { status, body } = answer;
  const target = linkTargetOf(exchange);
  const headers = toCallerHeaders(answer.headers, target, exchange.upstream.origin + exchange.target);
  refuseRedirectElsewhere(status, answer.headers, headers, target.facadeBase);
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
