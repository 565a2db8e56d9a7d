/** One page of the audit log: records become entries, newest first. */
import { outcomeOf } from './describe.ts';
import { type AuditLog, type AuditOutcome, type AuditRange, type AuditRecord, positionOf } from './record.ts';

export type AuditEntry = { readonly record: AuditRecord; readonly outcome: AuditOutcome };

export type AuditQuery = AuditRange & {
  /** Applied to the entries read; a page may be short where few have it. */
  readonly outcome?: AuditOutcome | undefined;
  readonly consumer?: string | undefined;
  readonly size: number;
};

export type AuditPage = { readonly entries: readonly AuditEntry[]; readonly next: string | undefined };

/** The most slices that one page reads. If a filter leaves little, the reader continues with the next page. */
const mostSlices = 8;
/** An entry has two records. */
const recordsPerEntry = 2;

/** An outcome repeats everything of its intent. */
const withoutTold = (records: readonly AuditRecord[]): AuditRecord[] =>
  records.filter((record, index) => record.stage === 'outcome' || records[index - 1]?.id !== record.id);

const matches = ({ record, outcome }: AuditEntry, query: AuditQuery): boolean =>
  (query.outcome === undefined || query.outcome === outcome) &&
  (query.consumer === undefined || query.consumer === record.consumer);

/** Entries of one range; `next` is undefined when there are no more, and a page with `next` may be short or empty. */
export const readAuditPage = async (log: AuditLog, query: AuditQuery, nowMillis: number): Promise<AuditPage> => {
  const entries: AuditEntry[] = [];
  let { before } = query;
  for (let slices = 0; slices < mostSlices; slices += 1) {
    const slice = await log.read({ ...query, before }, query.size * recordsPerEntry);
    const found = withoutTold(slice.records)
      .map((record) => ({ record, outcome: outcomeOf(record, nowMillis) }))
      .filter((entry) => matches(entry, query));
    entries.push(...found);
    const last = entries[query.size - 1];
    const isMore = entries.length > query.size || slice.next !== undefined;
    if (last) return { entries: entries.slice(0, query.size), next: isMore ? positionOf(last.record) : undefined };
    if (slice.next === undefined) return { entries, next: undefined };
    before = slice.next;
  }
  return { entries, next: before };
};
