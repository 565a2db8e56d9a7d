/** Turns an answer of the upstream, fresh or stored, into one for this caller: links and headers speak of the facade. */
import type { Readable } from 'node:stream';
import { isDocument } from '../exchange/document.ts';
import type { Exchange, NativeAnswer } from '../exchange/exchange.ts';
import { contentEncodingOf } from '../http/content-codings.ts';
import { type Headers, headerValue } from '../http/headers.ts';
import type { LinkTarget } from '../links/url-rewriter.ts';
import { rewriteDocument } from './answer-body.ts';
import { toCallerHeaders } from './answer-headers.ts';
import { refuseRedirectElsewhere } from './redirects.ts';

/** Whose rights the answer has makes no difference to its form. */
type UnsentExchange = Omit<Exchange, 'principal'>;

const linkTargetOf = ({ upstream, request }: UnsentExchange): LinkTarget => ({
  upstreamOrigin: upstream.origin,
  upstreamBasePath: upstream.basePath,
  facadeBase: request.publicUrl + upstream.basePath,
});

/** Fields about the bytes of a body: rewritten links make other bytes. An ETag names the version, and that is the same. */
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

/** The length of a document changes with its links, that of nothing does not: a HEAD that says 0 says "not ready yet". */
const holdsForOtherBytes = ([name, value]: Headers[number]): boolean =>
  (name !== 'content-length' || value === '0') && !ofTheBytes.has(name) && !name.startsWith('x-amz-checksum-');

/** The headers of an answer whose body is no longer that of the upstream. */
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
    // What HEAD and 304 say is about the body that GET has.
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
