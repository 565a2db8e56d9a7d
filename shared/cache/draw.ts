/**
 * Facts that are extracted once from a document when it is stored: its ETag, its ancestors, and whether it can still
 * change.
 */
import { gunzipSync } from 'node:zlib';
import type { CacheRules, DocumentFacts } from '../exchange/cache-rules.ts';
import { ownTagOf } from '../exchange/own-tag.ts';
import { contentEncodingOf, headerValue } from '../http/headers.ts';
import type { PolicyTerms } from './entry.ts';
import type { AnswerHead, EntryHead } from './make-entry.ts';
import type { Drawn } from './plan.ts';
import { type CachePolicy, immutableTerms, insideTerms, unverifiedTerms } from './policy.ts';

/** Larger documents are not parsed. */
const mostParsedBytes = 1_048_576;

/** The text of a document that is plain or compressed by gzip, the two codings that the facade requests. */
const textOf = (answer: AnswerHead, body: Uint8Array): string => {
  const coding = contentEncodingOf(answer.headers) ?? 'identity';
  if (coding === 'identity') return Buffer.from(body).toString('utf8');
  if (!/^(x-)?gzip$/i.test(coding)) return '';
  return gunzipSync(body, { maxOutputLength: mostParsedBytes }).toString('utf8');
};

const parse = (
  answer: AnswerHead,
  body: Uint8Array,
  { readDocument }: Pick<CacheRules, 'readDocument'>,
): DocumentFacts | undefined => {
  if (body.byteLength > mostParsedBytes) return undefined;
  if (!/[/+]json\b/i.test(headerValue(answer.headers, 'content-type') ?? '')) return undefined;
  try {
    return readDocument(JSON.parse(textOf(answer, body)));
  } catch {
    return undefined;
  }
};

/** The terms of the class, unless the document requires others. A document that cannot be read may show anything. */
const termsFor = (policy: CachePolicy, terms: PolicyTerms, document: DocumentFacts | undefined): PolicyTerms => {
  if (terms.verifiedBySweep === undefined) return terms;
  if (!document?.showsOnly(terms.verifiedBySweep.type)) return unverifiedTerms(terms);
  const inside = insideTerms(terms, document.insideTypes);
  return document.isFinal ? immutableTerms(policy, inside) : inside;
};

export const drawFrom = (
  policy: CachePolicy,
  rules: Pick<CacheRules, 'readDocument'>,
  answer: AnswerHead,
  body: Uint8Array,
  head: EntryHead,
): Drawn => {
  if (answer.status !== 200) return {};
  const document = parse(answer, body, rules);
  const { version, ancestors, stamp } = document ?? {};
  const terms = head.terms && termsFor(policy, head.terms, document);
  const lastMillis = head.requestedAtMillis + (terms?.mostMillis ?? 0);
  return {
    ...(headerValue(answer.headers, 'etag') === undefined ? { ownEtag: ownTagOf(version, body) } : {}),
    ...(ancestors === undefined ? {} : { ancestors }),
    ...(stamp === undefined ? {} : { stamp }),
    ...(terms === undefined ? {} : { terms, deleteAtMillis: Math.max(head.deleteAtMillis, lastMillis) }),
  };
};
