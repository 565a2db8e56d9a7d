/** Which answers show one record and nothing else, and what their documents say about it. */
import * as z from 'zod';
import { entityOf, type OperationMatch } from '../../catalogue/catalogue.ts';
import type { DocumentFacts } from '../../exchange/cache-rules.ts';
import { entityType, isTop } from './entity-id.ts';
import { stampOf } from './stamp.ts';

/**
 * Answers that show one record and nothing else. Tables, stoichiometry, worksheets, samples and data beside a record
 * (comments, shares, reviews) show other records, or change without changing the record's time of change.
 */
const showsTheRecord = /^(\/cro)?\/entities\/\{eid\}(\/properties)?$/;

/** The type of the record that such an answer is about. */
export const sweptType = (match: OperationMatch, status: number): string | undefined => {
  const { operation } = match;
  const eid = entityOf(match);
  return status === 200 && operation.cache === 'entity' && eid !== undefined && showsTheRecord.test(operation.path)
    ? entityType(eid)
    : undefined;
};

const Identifiers = z
  .object({ data: z.array(z.object({ id: z.string() })) })
  .optional()
  .catch(undefined);

const Resource = z.object({
  id: z.string().optional().catch(undefined),
  attributes: z.object({ digest: z.string().optional(), state: z.string().optional() }).catch({}),
  relationships: z.object({ ancestors: Identifiers, children: Identifiers }).optional().catch(undefined),
});

const Document = z.object({
  /** In lists, such as that of properties, only the included records matter. */
  data: z.union([z.array(z.unknown()).transform(() => undefined), Resource]),
  included: z.array(z.object({ type: z.string(), id: z.string() })).default([]),
});
type Document = z.infer<typeof Document>;

/** Included records that the record itself names as its children. */
const childrenIn = ({ data, included }: Document): readonly string[] => {
  const named = new Set(data?.relationships?.children?.data.map(({ id }) => id));
  return included.flatMap(({ id }) => (named.has(id) ? [id] : []));
};

/**
 * Whether every change of the document's content is a change of its record, or of its children, which the sweep sees:
 * a change of a child is listed as a change of its parent, too (the specification of `start`), and the sweep looks
 * whether that is so (sweep/sort-out.ts). Rights depend on all ancestors. Only a notebook that has no ancestor is watched
 * (sweep/watched.ts); the ancestors of an experiment change when somebody moves that experiment's notebook. Names of
 * users do not count; docs/caching.md says so.
 */
const showsOneRecord = (document: Document): boolean => {
  const { data, included } = document;
  const above = data?.relationships?.ancestors?.data ?? [];
  const children = new Set(childrenIn(document));
  return (
    above.length <= 1 &&
    above.every(({ id }) => isTop(id)) &&
    included.every(({ type, id }) => type === 'user' || id === data?.id || children.has(id))
  );
};

/** The caller chose the type in the path, so it is not trusted. Lists, such as that of properties, name no record. */
const isOfType = ({ data }: Document, type: string): boolean =>
  data === undefined || (data.id !== undefined && entityType(data.id) === type);

/** States that end only by reopening, unarchiving or voiding. */
const finalStates: ReadonlySet<string> = new Set(['closed', 'archived', 'voided', 'void']);

export const readDocument = (json: unknown): DocumentFacts | undefined => {
  const document = Document.safeParse(json).data;
  if (!document) return undefined;
  const { attributes, relationships } = document.data ?? {};
  return {
    version: attributes?.digest,
    ancestors: relationships?.ancestors?.data.map(({ id }) => id),
    stamp: document.data && stampOf((json as { readonly data: unknown }).data),
    showsOnly: (type) => isOfType(document, type) && showsOneRecord(document),
    insideTypes: [...new Set(childrenIn(document).map((id) => entityType(id) ?? ''))],
    isFinal: finalStates.has(attributes?.state?.toLowerCase() ?? ''),
  };
};
