/** What is drawn once from a document when it is stored: its ETag, what stands above it, and whether it can still change. */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { headerValue } from '../upstream/upstream.ts';
import type { Answer, EntryHead } from './make-entry.ts';
import type { Drawn } from './plan.ts';
import { type CachePolicy, immutableTerms, isFinalState } from './policy.ts';

/** Larger documents are not parsed. */
const mostParsedBytes = 1_048_576;

const Resource = z.object({
  data: z.object({
    attributes: z.object({ digest: z.string().optional(), state: z.string().optional() }).catch({}),
    relationships: z
      .object({ ancestors: z.object({ data: z.array(z.object({ id: z.string() })) }) })
      .optional()
      .catch(undefined),
  }),
});

/** The text of a document that came plain or compressed by gzip, the codings that are asked for. */
const textOf = (answer: Answer, body: Uint8Array): string => {
  const coding = headerValue(answer.headers, 'content-encoding') ?? 'identity';
  if (coding === 'identity') return Buffer.from(body).toString('utf8');
  if (!/^(x-)?gzip$/i.test(coding)) return '';
  return gunzipSync(body, { maxOutputLength: mostParsedBytes }).toString('utf8');
};

const parse = (answer: Answer, body: Uint8Array): z.infer<typeof Resource>['data'] | undefined => {
  if (body.byteLength > mostParsedBytes) return undefined;
  if (!/[/+]json\b/i.test(headerValue(answer.headers, 'content-type') ?? '')) return undefined;
  try {
    return Resource.safeParse(JSON.parse(textOf(answer, body))).data?.data;
  } catch {
    return undefined;
  }
};

/** Characters that may stand in a tag (RFC 9110, 8.8.3), without the separator used here. */
const isTaggable = (digest: string): boolean => /^[!#-}]{1,128}$/.test(digest);

/**
 * `"<digest>~<hash>"`. The digest alone would not do: the time of change of an entity, and what is included of its
 * children, move without it. The bare digest still counts in If-None-Match, for callers that know no more.
 */
const etagOf = (body: Uint8Array, digest: string | undefined): Drawn['ownEtag'] => {
  if (digest === undefined || !isTaggable(digest)) return undefined;
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 16);
  return { value: `"${digest}~${hash}"`, alias: `"${digest}"` };
};

/** The digest inside a tag that this cache made, or the tag itself without quotes. */
export const digestInTag = (tag: string): string =>
  tag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"|"$/g, '')
    .replace(/~[\w-]{16}$/, '');

export const drawFrom = (policy: CachePolicy, answer: Answer, body: Uint8Array, head: EntryHead): Drawn => {
  if (answer.status !== 200) return {};
  const data = parse(answer, body);
  const ancestors = data?.relationships?.ancestors.data.map(({ id }) => id);
  const terms = head.terms && isFinalState(data?.attributes.state) ? immutableTerms(policy, head.terms) : undefined;
  return {
    ...(headerValue(answer.headers, 'etag') === undefined ? { ownEtag: etagOf(body, data?.attributes.digest) } : {}),
    ...(ancestors === undefined ? {} : { ancestors }),
    ...(terms === undefined ? {} : { terms, deleteAtMillis: head.requestedAtMillis + terms.mostMillis }),
  };
};
