/**
 * Counts what one instance answers, and adds the sums to the store every few seconds. Sums in memory are lost when the instance
 * is killed: those of the calls in the 5 s after its last write.
 */
import { randomUUID } from 'node:crypto';
import type { AnsweredRequest } from '../exchange/decision.ts';
import { createWriteOnce } from '../storage/write-once.ts';
import { type BatchOptions, type BatchWrite, createBatches } from '../time/batches.ts';
import { addCounts, countsOf, granularities, noCounts, periodStart, tokenKeyId } from './usage.ts';
import { bucketOf, type UsageRow, type UsageStore } from './usage-store.ts';

const batchMillis = 5_000;

export type UsageRecorderOptions = {
  readonly store: UsageStore;
  readonly nowMillis: () => number;
  readonly onFailure: BatchOptions['onFailure'];
  readonly later?: BatchOptions['later'];
  readonly newId?: () => string;
};

const subjectOf = ({ consumerId, keyId }: UsageRow): string => `${consumerId} ${keyId}`;

export const createUsageRecorder = (options: UsageRecorderOptions) => {
  const { store, nowMillis, onFailure, later, newId = randomUUID } = options;
  /** By consumer, key and hour. */
  const sums = new Map<string, UsageRow>();
  const writeOnce = createWriteOnce();

  const note = ({ consumerId, startMillis }: UsageRow): Promise<void> =>
    writeOnce(`${consumerId} ${bucketOf('day', startMillis)}`, () => store.noteConsumer(consumerId, startMillis));

  /** Each is repeated by itself, with the id that it had. */
  const writesOf = (row: UsageRow): BatchWrite[] => [
    { write: () => note(row) },
    ...granularities.map((granularity) => {
      const writeId = newId();
      const startMillis = periodStart(granularity, row.startMillis);
      return { sum: subjectOf(row), write: () => store.add(granularity, { ...row, startMillis }, writeId) };
    }),
  ];

  /** The sums of two hours share the day's: so one of a subject is taken at a time. */
  const take = (busy: ReadonlySet<string>): readonly BatchWrite[] => {
    const taken = new Map<string, UsageRow>();
    for (const [key, row] of sums) {
      const subject = subjectOf(row);
      if (busy.has(subject) || taken.has(subject)) continue;
      taken.set(subject, row);
      sums.delete(key);
    }
    return [...taken.values()].flatMap(writesOf);
  };

  const batches = createBatches({ nowMillis, waitMillis: batchMillis, take, onFailure, later });

  return {
    /** Must be awaited after the answer has left and before the function can be frozen. Never throws. */
    async count(answered: AnsweredRequest): Promise<void> {
      const { consumer, keyId = tokenKeyId } = answered.decision;
      if (consumer !== undefined) {
        const startMillis = periodStart('hour', answered.startedAtMillis);
        const key = `${startMillis} ${consumer} ${keyId}`;
        const counts = addCounts(sums.get(key)?.counts ?? noCounts, countsOf(answered));
        sums.set(key, { consumerId: consumer, keyId, startMillis, counts });
        batches.noted();
      }
      await batches.settle();
    },
  };
};
