/**
 * Which decisions are kept. A request that went upstream, or was refused after its consumer was known, costs one write; an
 * answer out of the cache costs none. Refusals cost the facade next to nothing, so that a refused crowd must not turn them
 * into writes: each instance keeps a bounded number of those a minute.
 */
import { AppError } from '../errors/app-error.ts';
import { type AnsweredRequest, keptSeconds, type RequestRecord, toRecord } from '../exchange/decision.ts';

/** Port: where decisions are kept. */
export interface RequestStore {
  /** Keeps one decision, possibly beyond its `deleteAtSeconds`. Under an id that is taken it keeps nothing: the first one stays. */
  put(record: RequestRecord): Promise<void>;
  /** The decision as first put, past its time or not; undefined when there is none. */
  read(requestId: string): Promise<RequestRecord | undefined>;
}

export type RequestLogOptions = {
  readonly store: RequestStore;
  readonly nowMillis: () => number;
  /** Told what could not be kept: nobody's answer depends on it. */
  readonly onFailure: (error: unknown) => void;
  /** Requests without a send that this instance keeps in a minute. */
  readonly mostUnsentPerMinute?: number;
};

const minuteMillis = 60_000;

/** So many in a minute, then no more until the minute is over. */
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

/** An answer of the cache, or one that another request has fetched: nothing was asked for this one. */
const isAnsweredHere = ({ sends, quota, errorCode }: RequestRecord): boolean =>
  sends.length === 0 && quota === undefined && errorCode === undefined;

export const createRequestLog = ({ store, nowMillis, onFailure, mostUnsentPerMinute = 60 }: RequestLogOptions) => {
  const mayKeepUnsent = createAllowance(mostUnsentPerMinute, nowMillis);
  return {
    /** To be awaited after the answer has left and before the function may be frozen. Never throws. */
    async keep(answered: AnsweredRequest): Promise<void> {
      const record = toRecord(answered);
      if (!record || isAnsweredHere(record)) return;
      if (record.sends.length === 0 && !mayKeepUnsent()) return;
      await store.put(record).catch(onFailure);
    },
  };
};

/** Says the same for unknown, past and other consumers' requests: it is no oracle. */
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
