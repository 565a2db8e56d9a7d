/** What is drawn once from a document when it is stored: its ETag, what stands above it, and whether it can still change. */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { contentEncodingOf } from '../http/content-codings.ts';
import { headerValue } from '../http/headers.ts';
import { entityType } from './entity-id.ts';
import type { PolicyTerms } from './entry.ts';
import type { Answer, EntryHead } from './make-entry.ts';
import type { Drawn } from './plan.ts';
import { type CachePolicy, immutableTerms, isFinalState, unverifiedTerms } from './policy.ts';
import { isTop } from './sweep/notebooks.ts';

/** Larger documents are not parsed. */
const mostParsedBytes = 1_048_576;

const Identifiers = z
  .object({ data: z.array(z.object({ id: z.string() })) })
  .optional()
  .catch(undefined);

const Resource = z.object({
  id: z.string().optional().catch(undefined),
  attributes: z.object({ digest: z.string().optional(), state: z.string().optional() }).catch({}),
  relationships: z.object({ ancestors: Identifiers }).optional().catch(undefined),
});
type Resource = z.infer<typeof Resource>;

const Document = z.object({
  /** Lists, such as that of properties, are of interest only for what is included in them. */
  data: z.union([z.array(z.unknown()).transform(() => undefined), Resource]),
  included: z.array(z.object({ type: z.string(), id: z.string() })).default([]),
});
type Document = z.infer<typeof Document>;

/** The text of a document that came plain or compressed by gzip, the codings that are asked for. */
const textOf = (answer: Answer, body: Uint8Array): string => {
  const coding = contentEncodingOf(answer.headers) ?? 'identity';
  if (coding === 'identity') return Buffer.from(body).toString('utf8');
  if (!/^(x-)?gzip$/i.test(coding)) return '';
  return gunzipSync(body, { maxOutputLength: mostParsedBytes }).toString('utf8');
};

const parse = (answer: Answer, body: Uint8Array): Document | undefined => {
  if (body.byteLength > mostParsedBytes) return undefined;
  if (!/[/+]json\b/i.test(headerValue(answer.headers, 'content-type') ?? '')) return undefined;
  try {
    return Document.safeParse(JSON.parse(textOf(answer, body))).data;
  } catch {
    return undefined;
  }
};

/** Characters that may stand in a tag (RFC 9110, 8.8.3), without the separator used here. */
const isTaggable = (digest: string): boolean => /^[!#-}]{1,128}$/.test(digest);

/**
 * `"<digest>~<hash>"`. The digest alone would not do, not even in If-None-Match: the time of change of an entity, and what is
 * included of its children, move without it. In If-Match of a write it does, for the upstream asks no more.
 */
const etagOf = (body: Uint8Array, digest: string | undefined): Drawn['ownEtag'] => {
  if (digest === undefined || !isTaggable(digest)) return undefined;
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 16);
  return { value: `"${digest}~${hash}"` };
};

/**
 * Whether every change of what the document shows is a change of its record, which the sweep sees. Included children are
 * records of their own: nothing says that an edit of a child moves its parent's time of change. Rights depend on everything
 * above: of that only a notebook, with nothing above itself, is watched (sweep/notebooks.ts), and what stands above an
 * experiment changes when somebody moves that. Names of users do not count; docs/caching.md says so.
 */
const showsOneRecord = ({ data, included }: Document): boolean => {
  const above = data?.relationships?.ancestors?.data ?? [];
  return (
    above.length <= 1 &&
    above.every(({ id }) => isTop(id)) &&
    included.every(({ type, id }) => type === 'user' || id === data?.id)
  );
};

/** The type in the path is the caller's word; lists, such as that of properties, name no record. */
const isOfType = ({ data }: Document, type: string): boolean =>
  data === undefined || (data.id !== undefined && entityType(data.id) === type);

/** Terms of the class, unless the document tells more. What cannot be read may show anything. */
const termsFor = (policy: CachePolicy, terms: PolicyTerms, document: Document | undefined): PolicyTerms => {
  if (terms.verifiedBySweep === undefined) return terms;
  const { type } = terms.verifiedBySweep;
  if (!document || !isOfType(document, type) || !showsOneRecord(document)) return unverifiedTerms(terms);
  return isFinalState(document.data?.attributes.state) ? immutableTerms(policy, terms) : terms;
};

export const drawFrom = (policy: CachePolicy, answer: Answer, body: Uint8Array, head: EntryHead): Drawn => {
  if (answer.status !== 200) return {};
  const document = parse(answer, body);
  const { attributes, relationships } = document?.data ?? ({} as Partial<Resource>);
  const ancestors = relationships?.ancestors?.data.map(({ id }) => id);
  const terms = head.terms && termsFor(policy, head.terms, document);
  const lastMillis = head.requestedAtMillis + (terms?.mostMillis ?? 0);
  return {
    ...(headerValue(answer.headers, 'etag') === undefined ? { ownEtag: etagOf(body, attributes?.digest) } : {}),
    ...(ancestors === undefined ? {} : { ancestors }),
    ...(terms === undefined ? {} : { terms, deleteAtMillis: Math.max(head.deleteAtMillis, lastMillis) }),
  };
};
