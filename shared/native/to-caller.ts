/** Turns an answer of the upstream, fresh or stored, into one for this caller: links and headers speak of the facade. */
import type { LinkTarget } from '../links/url-rewriter.ts';
import { type Headers, headerValue } from '../upstream/upstream.ts';
import { rewriteDocument } from './answer-body.ts';
import { toCallerHeaders } from './answer-headers.ts';
import type { Exchange, NativeAnswer } from './exchange.ts';
import { refuseRedirectElsewhere } from './redirects.ts';

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

/** A JSON document of the upstream, as against somebody's file that happens to be JSON. */
export const isDocument = (
  exchange: Asked,
  answer: { readonly status: number; readonly headers: Headers },
): boolean => {
  const contentType = headerValue(answer.headers, 'content-type');
  return (
    exchange.upstream.hasLinks &&
    answer.status !== 206 && // a part of a document is none
    !/^\s*attachment/i.test(headerValue(answer.headers, 'content-disposition') ?? '') &&
    (exchange.operation.answer === 'document' ? isJsonType(contentType) : isJsonApiType(contentType))
  );
};

/** The length of a document changes with its links, that of nothing does not: a HEAD that says 0 says "not ready yet". */
const isOfAnyLength = ([name, value]: Headers[number]): boolean =>
  (name !== 'content-length' || value === '0') && name !== 'content-md5';

/** @throws AppError UPSTREAM_UNREADABLE for a redirect that leads away from the facade, or a body that cannot be decoded. */
export const toCallerAnswer = async (exchange: Asked, answer: NativeAnswer): Promise<NativeAnswer> => {
  const { status, body } = answer;
  const target = linkTargetOf(exchange);
  const headers = toCallerHeaders(answer.headers, target, exchange.upstream.origin + exchange.target);
  refuseRedirectElsewhere(status, answer.headers, headers, target.facadeBase);
  if (!isDocument(exchange, answer)) return { status, headers, body };
  const fitting = headers.filter(isOfAnyLength);
  const isEmpty = headerValue(answer.headers, 'content-length') === '0';
  if (body === undefined || isEmpty) return { status, headers: fitting, body };
  const rewritten = await rewriteDocument(body, headerValue(answer.headers, 'content-encoding'), target);
  if (!(rewritten instanceof Uint8Array)) return { status, headers: fitting, body: rewritten };
  return { status, headers: [...fitting, ['content-length', String(rewritten.byteLength)]], body: rewritten };
};
