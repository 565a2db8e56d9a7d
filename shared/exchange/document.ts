/** Which answers are documents of the upstream. Small ones are read to their end. Links are rewritten in small and large ones. */
import { contentEncodingOf, headerValue } from '../http/headers.ts';
import { isWellFormed } from '../http/well-formed.ts';
import type { Exchange, NativeAnswer } from './exchange.ts';
import type { Upstream } from './upstream.ts';

/** The form of an answer does not depend on the principal. */
type UnsentExchange = Omit<Exchange, 'principal'>;

const isJsonType = (contentType: string | undefined): boolean => /[/+]json\b/i.test(contentType ?? '');

/** The upstream's own media type marks a document, even if the operation usually answers content. */
const isOwnType = ({ mediaType }: Upstream, contentType = ''): boolean => {
  const [given] = /[^\s;,]+/.exec(contentType.toLowerCase()) ?? [];
  return mediaType !== undefined && given === mediaType;
};

type Answer = Pick<NativeAnswer, 'status' | 'headers'>;

const typeOf = ({ headers }: Answer): string | undefined => headerValue(headers, 'content-type');

/** An answer without a media type may be a document too, because API Gateway labels it JSON. Its body decides. */
const mayBeJson = (contentType: string | undefined): boolean => contentType === undefined || isJsonType(contentType);

/** A JSON document of the upstream, in contrast to a user's file that is JSON. */
export const isDocument = (exchange: UnsentExchange, answer: Answer): boolean =>
  answer.status !== 206 && // a part of a document
  !/^\s*attachment/i.test(headerValue(answer.headers, 'content-disposition') ?? '') &&
  (exchange.operation.answer === 'document' ? mayBeJson(typeOf(answer)) : isOwnType(exchange.upstream, typeOf(answer)));

/** Whether a complete body contradicts the media type of its answer. Such a body passes unchanged and is not stored. */
export const beliesItsType = (exchange: UnsentExchange, answer: NativeAnswer): boolean =>
  isDocument(exchange, answer) &&
  typeOf(answer) !== undefined &&
  answer.body instanceof Uint8Array &&
  !(answer.isWellFormed ?? isWellFormed(answer.body, contentEncodingOf(answer.headers)));
