/**
 * Counts what one instance answers, and adds the sums to the store every few seconds. Sums in memory are lost when the instance
 * is killed: at most those of 5 s of calls, or of the calls before it was frozen.
 */
import { randomUUID } from 'node:crypto';
import type { AnsweredRequest } from '../exchange/decision.ts';
import { type BatchOptions, createBatches, type Write } from '../time/batches.ts';
import { addCounts, countsOf, granularities, noCounts, periodStart, tokenKeyId } from './usage.ts';
import type { UsageRow, UsageStore } from './usage-store.ts';

const batchMillis = 5_000;

export type UsageRecorderOptions = {
  readonly store: UsageStore;
  readonly nowMillis: () => number;
  readonly onFailure: (error: unknown) => void;
  readonly later?: BatchOptions['later'];
  readonly newId?: () => string;
};

export const createUsageRecorder = (options: UsageRecorderOptions) => {
  const { store, nowMillis, onFailure, later, newId = randomUUID } = options;
  /** By consumer, key and hour. */
  let sums = new Map<string, UsageRow>();
  const noted = new Set<string>();

  const note = async ({ consumerId, startMillis }: UsageRow): Promise<void> => {
    const name = `${consumerId} ${new Date(startMillis).toISOString().slice(0, 7)}`;
    if (noted.has(name)) return;
    if (noted.size >= 10_000) noted.clear();
    await store.noteConsumer(consumerId, startMillis);
    noted.add(name);
  };

  /** Each is repeated by itself, with the id that it had. */
  const writesOf = (row: UsageRow): Write[] => [
    () => note(row),
    ...granularities.map((granularity) => {
      const writeId = newId();
      const startMillis = periodStart(granularity, row.startMillis);
      return () => store.add(granularity, { ...row, startMillis }, writeId);
    }),
  ];

  const take = (): readonly Write[] => {
    const writes = [...sums.values()].flatMap(writesOf);
    sums = new Map();
    return writes;
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
