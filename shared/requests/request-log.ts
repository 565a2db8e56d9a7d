/**
 * Decides which decisions are stored. A request that went upstream is stored by itself. A cached answer is counted. Refusals
 * cost the facade almost nothing, so a refused crowd must not cause writes: each instance stores a bounded number of them a
 * minute by themselves, and the others every few seconds as one record for each consumer, minute and limit.
 *
 * A partition (a consumer and an hour) takes 1,000 write units a second (developer guide, partition limits), and needs no
 * shards: the tenant's limit admits 17 upstream calls a second. 1,000 instances, Lambda's default for a whole account, write
 * 20 refusals a minute each (333 a second), and every 5 s a record for each of two limits (400) and a sum of hits (200). A write that is refused
 * nevertheless waits for the next batch.
 */
import { randomUUID } from 'node:crypto';
import { AppError } from '../errors/app-error.ts';
import type { Consumer } from '../exchange/consumer.ts';
import { type AnsweredRequest, keptSeconds, type RequestRecord, toRecord } from '../exchange/decision.ts';
import { createWriteOnce } from '../storage/write-once.ts';
import { type BatchOptions, type BatchWrite, createBatches } from '../time/batches.ts';
import { dayMillis } from '../time/units.ts';
import { type RequestStore, sumPosition } from './request-store.ts';
import { createSamples } from './samples.ts';

export type RequestLogOptions = {
  readonly store: RequestStore;
  readonly nowMillis: () => number;
  /** Called with what could not be stored. No answer depends on it. */
  readonly onFailure: BatchOptions['onFailure'];
  /** Requests without a send that this instance stores by themselves in a minute. */
  readonly mostUnsentPerMinute?: number;
  readonly later?: BatchOptions['later'];
  /** Names one write of sums. */
  readonly newId?: () => string;
};

const minuteMillis = 60_000;

/** Allows this many in a minute, then none until the minute has passed. */
const createAllowance = (most: number, nowMillis: () => number) => {
  let sinceMillis = Number.NEGATIVE_INFINITY;
  let taken = 0;
  return (): boolean => {
    if (nowMillis() - sinceMillis >= minuteMillis) {
      sinceMillis = nowMillis();
      taken = 0;
    }
    taken += 1;
    return taken <= most;
  };
};

/** An answer from the cache, or of another request's call: nothing was sent for this one. */
const isAnsweredHere = ({ sends, quota, errorCode }: RequestRecord): boolean =>
  sends.length === 0 && quota === undefined && errorCode === undefined;

/** Refusals and hits wait this long at most while the instance runs. */
export const batchMillis = 5_000;

/** Writes the entries of consumers in the list of a day. */
const createDirectory = (store: RequestStore) => {
  const writeOnce = createWriteOnce();
  return ({ consumerId, startedAtMillis }: Pick<RequestRecord, 'consumerId' | 'startedAtMillis'>): Promise<void> => {
    const dayStartMillis = startedAtMillis - (startedAtMillis % dayMillis);
    return writeOnce(`${dayStartMillis} ${consumerId}`, () => store.noteConsumer(consumerId, dayStartMillis));
  };
};

export const createRequestLog = ({
  store,
  nowMillis,
  onFailure,
  mostUnsentPerMinute = 20,
  later,
  newId = randomUUID,
}: RequestLogOptions) => {
  const mayKeepUnsent = createAllowance(mostUnsentPerMinute, nowMillis);
  const samples = createSamples();
  const note = createDirectory(store);
  const put = (record: RequestRecord) => async (): Promise<void> => {
    await Promise.all([store.put(record), note(record)]);
  };

  const take = (busy: ReadonlySet<string>): readonly BatchWrite[] => {
    const { refusals, hits } = samples.take(busy);
    // Two writes, each repeated by itself: to add again because the other failed could count twice.
    const sums = hits.flatMap((sum): BatchWrite[] => {
      const writeId = newId();
      const deleteAtSeconds = sum.minuteMillis / 1_000 + keptSeconds;
      return [
        { sum: sumPosition(sum), write: () => store.addHits(sum, writeId, deleteAtSeconds) },
        { write: () => note({ consumerId: sum.consumerId, startedAtMillis: sum.minuteMillis }) },
      ];
    });
    return [...refusals.map((record) => ({ write: put(record) })), ...sums];
  };

  const batches = createBatches({ nowMillis, waitMillis: batchMillis, take, onFailure, later });

  const count = (record: RequestRecord): void => {
    if (isAnsweredHere(record)) samples.hit(record);
    else samples.refused(record);
    batches.noted();
  };

  return {
    /** Must be awaited after the answer has left and before the function can be frozen. Never throws. */
    async keep(answered: AnsweredRequest): Promise<void> {
      const record = toRecord(answered);
      if (record) {
        if (record.sends.length > 0) await batches.attempt(put(record));
        else if (!isAnsweredHere(record) && mayKeepUnsent()) await batches.attempt(put(samples.absorb(record)));
        else count(record);
      }
      await batches.settle();
    },
  };
};

/** Gives the same answer for unknown, expired and other consumers' requests, so that it reveals nothing. */
const unknown = (): AppError =>
  new AppError('REQUEST_UNKNOWN', {
    detail: `No request of yours is kept under this id. Kept for ${keptSeconds / 3_600} hours, from a moment after the answer, is what went upstream or was refused; a refused crowd only in part. An answer out of the cache is explained by its own headers: Cache-Status says what the cache did, Age how old it is, X-Request-Id what to quote.`,
  });

/** Finds a decision for its own consumer, or for one that may see all. @throws AppError REQUEST_UNKNOWN. */
export const findRequest = async (
  store: RequestStore,
  requestId: string,
  reader: { readonly consumer: Pick<Consumer, 'id' | 'incarnation'>; readonly seesAll: boolean },
  nowMillis: number,
): Promise<RequestRecord> => {
  const record = await store.read(requestId, reader.seesAll ? undefined : reader.consumer.id);
  if (!record || record.deleteAtSeconds * 1_000 <= nowMillis) throw unknown();
  const { id, incarnation = '' } = reader.consumer;
  const isOwn = record.consumerId === id && (record.incarnation ?? '') === incarnation;
  if (!reader.seesAll && !isOwn) throw unknown();
  return record;
};
