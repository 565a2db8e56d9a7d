/** Which answers show one record and nothing else, and what their documents say about it. */
import * as z from 'zod';
import { entityOf, type OperationMatch } from '../../catalogue/catalogue.ts';
import type { DocumentFacts } from '../../exchange/cache-rules.ts';
import { entityType, isTop } from './entity-id.ts';

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
  relationships: z.object({ ancestors: Identifiers }).optional().catch(undefined),
});

const Document = z.object({
  /** In lists, such as that of properties, only the included records matter. */
  data: z.union([z.array(z.unknown()).transform(() => undefined), Resource]),
  included: z.array(z.object({ type: z.string(), id: z.string() })).default([]),
});
type Document = z.infer<typeof Document>;

/**
 * Whether every change of the document's content is a change of its record, which the sweep sees. Included children are
 * records of their own, and no source says that an edit of a child changes its parent's time of change. Rights depend
 * on all ancestors. Only a notebook that has no ancestor is watched (sweep/notebooks.ts); the ancestors of an
 * experiment change when somebody moves that experiment's notebook. Names of users do not count; docs/caching.md says
 * so.
 */
const showsOneRecord = ({ data, included }: Document): boolean => {
  const above = data?.relationships?.ancestors?.data ?? [];
  return (
    above.length <= 1 &&
    above.every(({ id }) => isTop(id)) &&
    included.every(({ type, id }) => type === 'user' || id === data?.id)
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
    showsOnly: (type) => isOfType(document, type) && showsOneRecord(document),
    isFinal: finalStates.has(attributes?.state?.toLowerCase() ?? ''),
  };
};
