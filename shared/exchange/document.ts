/** Which answers are documents of the upstream: read whole when they are small, and their links rewritten where they have any. */
import { contentEncodingOf } from '../http/content-codings.ts';
import { headerValue } from '../http/headers.ts';
import { isWellFormed } from '../http/well-formed.ts';
import type { Exchange, NativeAnswer } from './exchange.ts';
import type { Upstream } from './upstream.ts';

/** Whose rights the answer has makes no difference to its form. */
type UnsentExchange = Omit<Exchange, 'principal'>;

const isJsonType = (contentType: string | undefined): boolean => /[/+]json\b/i.test(contentType ?? '');

/** The upstream's own media type says document, whatever the operation is known for. */
const isOwnType = ({ mediaType }: Upstream, contentType = ''): boolean => {
  const [given] = /[^\s;,]+/.exec(contentType.toLowerCase()) ?? [];
  return mediaType !== undefined && given === mediaType;
};

type Answer = Pick<NativeAnswer, 'status' | 'headers'>;

const typeOf = ({ headers }: Answer): string | undefined => headerValue(headers, 'content-type');

/** An answer without a media type may be a document too: API Gateway calls it JSON. Whether it is, its body says. */
const mayBeJson = (contentType: string | undefined): boolean => contentType === undefined || isJsonType(contentType);

/** A JSON document of the upstream, as against somebody's file that happens to be JSON. */
export const isDocument = (exchange: UnsentExchange, answer: Answer): boolean =>
  answer.status !== 206 && // a part of a document is none
  !/^\s*attachment/i.test(headerValue(answer.headers, 'content-disposition') ?? '') &&
  (exchange.operation.answer === 'document' ? mayBeJson(typeOf(answer)) : isOwnType(exchange.upstream, typeOf(answer)));

/** Whether a body that came whole belies the media type of its answer, as far as one can tell: it passes, and nothing is made of it. */
export const beliesItsType = (exchange: UnsentExchange, answer: NativeAnswer): boolean =>
  isDocument(exchange, answer) &&
  typeOf(answer) !== undefined &&
  answer.body instanceof Uint8Array &&
  !(answer.isWellFormed ?? isWellFormed(answer.body, contentEncodingOf(answer.headers)));
