/** Turns an answer of the upstream, fresh or stored, into one for this caller: links and headers speak of the facade. */
import type { Readable } from 'node:stream';
import type { LinkTarget } from '../links/url-rewriter.ts';
import { type Headers, headerValue } from '../upstream/upstream.ts';
import { rewriteDocument } from './answer-body.ts';
import { toCallerHeaders } from './answer-headers.ts';
import { contentEncodingOf } from './encodings.ts';
import type { Exchange, NativeAnswer } from './exchange.ts';
import { refuseRedirectElsewhere } from './redirects.ts';
import { isWellFormed } from './well-formed.ts';

/** Whose rights the answer has makes no difference to its form. */
type Asked = Omit<Exchange, 'principal'>;

const linkTargetOf = ({ upstream, request }: Asked): LinkTarget => ({
  upstreamOrigin: upstream.origin,
  upstreamBasePath: upstream.basePath,
  facadeBase: request.publicUrl + upstream.basePath,
});

const isJsonType = (contentType: string | undefined): boolean => /[/+]json\b/i.test(contentType ?? '');

/** The upstream's own media type says document, whatever the operation is known for. */
const isJsonApiType = (contentType: string | undefined): boolean =>
  /^\s*application\/vnd\.api\+json\b/i.test(contentType ?? '');

type Answer = Pick<NativeAnswer, 'status' | 'headers'>;

const typeOf = ({ headers }: Answer): string | undefined => headerValue(headers, 'content-type');

/** An answer without a media type may be a document too: API Gateway calls it JSON. Whether it is, its body says. */
const mayBeJson = (contentType: string | undefined): boolean => contentType === undefined || isJsonType(contentType);

/** A JSON document of the upstream, as against somebody's file that happens to be JSON. */
export const isDocument = (exchange: Asked, answer: Answer): boolean =>
  exchange.upstream.hasLinks &&
  answer.status !== 206 && // a part of a document is none
  !/^\s*attachment/i.test(headerValue(answer.headers, 'content-disposition') ?? '') &&
  (exchange.operation.answer === 'document' ? mayBeJson(typeOf(answer)) : isJsonApiType(typeOf(answer)));

/** Whether a body that came whole belies the media type of its answer, as far as one can tell: it passes, and nothing is made of it. */
export const beliesItsType = (exchange: Asked, answer: NativeAnswer): boolean =>
  isDocument(exchange, answer) &&
  typeOf(answer) !== undefined &&
  answer.body instanceof Uint8Array &&
  !(answer.isWellFormed ?? isWellFormed(answer.body, contentEncodingOf(answer.headers)));

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
export const toCallerAnswer = async (exchange: Asked, answer: NativeAnswer): Promise<NativeAnswer> => {
  const { status, body } = answer;
  const target = linkTargetOf(exchange);
  const headers = toCallerHeaders(answer.headers, target, exchange.upstream.origin + exchange.target);
  refuseRedirectElsewhere(status, answer.headers, headers, target.facadeBase);
  if (!isDocument(exchange, answer)) return { status, headers, body };
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
  const isNamed = typeOf(answer) !== undefined;
  return { status, headers: isNamed ? withLength(headers, rewritten.body) : headers, body: rewritten.body };
};
