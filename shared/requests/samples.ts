/**
 * Refusals and hits of one instance that are not stored one by one. A refusal that is stored stands for those of its
 * consumer, minute, status, code and limit that came before it and were not; hits are summed by consumer and minute. So the sums
 * over what is stored are exact, whatever the number of writes.
 */
import type { RequestRecord } from '../exchange/decision.ts';
import { type HitSum, sumPosition } from './request-store.ts';

const minuteMillis = 60_000;
const minuteOf = ({ startedAtMillis }: RequestRecord): number => startedAtMillis - (startedAtMillis % minuteMillis);

const classOf = (record: RequestRecord): string =>
  JSON.stringify([
    ...[record.consumerId, record.incarnation, minuteOf(record)],
    ...[record.status, record.errorCode, record.refusal?.limit],
  ]);

const countOf = (record: RequestRecord | undefined): number => record?.standsFor ?? (record ? 1 : 0);

export const createSamples = () => {
  const refusals = new Map<string, RequestRecord>();
  const hits = new Map<string, HitSum>();

  return {
    /** Counts a refusal that is not stored by itself. The latest one is what a record shows. */
    refused(record: RequestRecord): void {
      const key = classOf(record);
      refusals.set(key, { ...record, standsFor: countOf(refusals.get(key)) + 1 });
    },
    /** Counts an answer that cost no call. */
    hit(record: RequestRecord): void {
      const { consumerId, incarnation } = record;
      const owner = { consumerId, ...(incarnation === undefined ? {} : { incarnation }) };
      const sum = { ...owner, minuteMillis: minuteOf(record), hits: 1 };
      const key = sumPosition(sum);
      hits.set(key, { ...sum, hits: (hits.get(key)?.hits ?? 0) + 1 });
    },
    /** The record as it is stored: it stands for those of its class that wait, too. */
    absorb(record: RequestRecord): RequestRecord {
      const key = classOf(record);
      const waiting = refusals.get(key);
      if (!waiting) return record;
      refusals.delete(key);
      return { ...record, standsFor: countOf(waiting) + 1 };
    },
    /** Everything that waits, without the hits of `busy` sums; it waits no longer. */
    take(busy: ReadonlySet<string>): { readonly refusals: readonly RequestRecord[]; readonly hits: readonly HitSum[] } {
      const free = [...hits].filter(([key]) => !busy.has(key));
      const taken = { refusals: [...refusals.values()], hits: free.map(([, sum]) => sum) };
      refusals.clear();
      for (const [key] of free) hits.delete(key);
      return taken;
    },
  };
};
