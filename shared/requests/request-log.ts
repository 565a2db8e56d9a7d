/**
 * Decides which decisions are stored. A request that went upstream, or was refused after its consumer was known, costs
 * one write. A cached answer costs none. Refusals cost the facade almost nothing, so a refused crowd must not cause
 * writes: each instance stores a bounded number of them a minute.
 */
import { AppError } from '../errors/app-error.ts';
import { type AnsweredRequest, keptSeconds, type RequestRecord, toRecord } from '../exchange/decision.ts';

/** Port: the store of decisions. */
export interface RequestStore {
  /**
   * Stores one decision, possibly beyond its `deleteAtSeconds`. If the id exists, it stores nothing: the first decision
   * stays.
   */
  put(record: RequestRecord): Promise<void>;
  /** The decision as first stored, expired or not; undefined if there is none. */
  read(requestId: string): Promise<RequestRecord | undefined>;
}

export type RequestLogOptions = {
  readonly store: RequestStore;
  readonly nowMillis: () => number;
  /** Called with what could not be stored. No answer depends on it. */
  readonly onFailure: (error: unknown) => void;
  /** Requests without a send that this instance stores in a minute. */
  readonly mostUnsentPerMinute?: number;
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

export const createRequestLog = ({ store, nowMillis, onFailure, mostUnsentPerMinute = 60 }: RequestLogOptions) => {
  const mayKeepUnsent = createAllowance(mostUnsentPerMinute, nowMillis);
  return {
    /** Must be awaited after the answer has left and before the function can be frozen. Never throws. */
    async keep(answered: AnsweredRequest): Promise<void> {
      const record = toRecord(answered);
      if (!record || isAnsweredHere(record)) return;
      if (record.sends.length === 0 && !mayKeepUnsent()) return;
      await store.put(record).catch(onFailure);
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
  reader: { readonly consumerId: string; readonly seesAll: boolean },
  nowMillis: number,
): Promise<RequestRecord> => {
  const record = await store.read(requestId);
  if (!record || record.deleteAtSeconds * 1_000 <= nowMillis) throw unknown();
  if (!reader.seesAll && record.consumerId !== reader.consumerId) throw unknown();
  return record;
};
