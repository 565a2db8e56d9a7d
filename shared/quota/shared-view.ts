/** One instance's view of the shared item: it reads and writes it, and derives the store's time from both. */
import { isFault } from '../errors/store-failure.ts';
import { addUnits, bucketOf } from './ledger.ts';
import type { QuotaPolicy } from './policy.ts';
import type { Dated, QuotaStore, StoredQuota } from './quota-store.ts';
import { emptyState, type QuotaState } from './state.ts';
import type { StoreClock } from './store-clock.ts';
import type { Ticker } from './ticker.ts';

export type ViewCounts = { reads: number; writes: number; conflicts: number; storeFailures: number };

/** How long the last own write is read from memory while no other instance writes. */
const soloMillis = 5_000;

class StoreLateError extends Error {
  constructor(millis: number) {
    super(`The quota store did not answer within ${millis} ms.`);
    this.name = 'StoreLateError';
  }
}

/** The store refused, failed or was too slow; `cause` = what it said. */
export class QuotaStoreError extends Error {
  constructor(cause: unknown) {
    super('The quota store failed.', { cause });
    this.name = 'QuotaStoreError';
  }
}

const inTime = <Value>(ticker: Ticker, millis: number, promise: Promise<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    const cancel = ticker.after(millis, () => reject(new StoreLateError(millis)));
    promise.finally(cancel).then(resolve, reject);
  });

/** The state with a whole window of units spent in addition: the safe assumption after the item was lost. */
const spent = (state: QuotaState, bucket: number, policy: QuotaPolicy, nowMillis: number): QuotaState => ({
  ...state,
  asOfMillis: Math.max(state.asOfMillis, nowMillis),
  ledger: addUnits(state.ledger, new Map([[bucket, policy.limit]])),
});

export const createSharedView = (
  store: QuotaStore,
  ticker: Ticker,
  clock: StoreClock,
  policy: QuotaPolicy,
  timeoutMillis: number,
  counts: ViewCounts,
) => {
  let seen: (StoredQuota & { readonly sinceMillis: number }) | undefined;
  let ownVersion = -1;
  /** Until when a loss of the item that is not yet written counts. */
  let lostBucket: number | undefined;
  /** Consecutive rounds in which no other instance wrote. */
  let alone = 0;

  const ask = async <Value>(question: () => Promise<Dated<Value>>): Promise<Value> => {
    const sent = clock.now();
    const { value, dateMillis } = await inTime(ticker, timeoutMillis, question()).catch((error: unknown) => {
      counts.storeFailures += 1;
      // An item that this code cannot read is not an outage: no call is sent uncounted because of it.
      throw isFault(error) ? error : new QuotaStoreError(error);
    });
    clock.observe(sent, dateMillis);
    return value;
  };

  const fetch = async (): Promise<StoredQuota> => {
    counts.reads += 1;
    const stored = await ask(() => store.read());
    if (stored) clock.notBefore(stored.state.asOfMillis);
    // Versions never fall, so the item was lost, and with it the units of other instances.
    if (seen && (stored?.version ?? 0) < seen.version) {
      const { leaseMillis, windowMillis, sendGuardMillis } = policy;
      lostBucket ??= bucketOf(clock.latestMillis() + leaseMillis + windowMillis + sendGuardMillis);
      const state = spent(stored?.state ?? emptyState, lostBucket, policy, clock.earliestMillis());
      return { state, version: stored?.version ?? 0 };
    }
    if (!stored) return { state: emptyState, version: 0 };
    alone = stored.version === ownVersion ? alone + 1 : 0;
    seen = { ...stored, sinceMillis: ticker.monotonicMillis() };
    return stored;
  };

  return {
    /** The shared state as stored now or, while no other instance writes, as last written here. @throws if the store fails. */
    async read(): Promise<StoredQuota> {
      const isOwn = seen !== undefined && seen.version === ownVersion && alone >= 2;
      if (isOwn && seen && ticker.monotonicMillis() - seen.sinceMillis < soloMillis) return seen;
      return fetch();
    },
    /** Replaces `before`; false = another instance has written. @throws if the outcome is not known. */
    async write(before: StoredQuota, state: QuotaState): Promise<boolean> {
      counts.writes += 1;
      const isWritten = await ask(() => store.replace(state, before.version)).catch((error: unknown) => {
        alone = 0;
        ownVersion = -1;
        throw error;
      });
      if (isWritten) {
        ownVersion = before.version + 1;
        lostBucket = undefined;
        seen = { state, version: ownVersion, sinceMillis: ticker.monotonicMillis() };
      } else {
        counts.conflicts += 1;
        alone = 0;
        ownVersion = -1;
      }
      return isWritten;
    },
    /** As last seen, for reports; undefined before the first read. */
    last: (): QuotaState | undefined => seen?.state,
  };
};
export type SharedView = ReturnType<typeof createSharedView>;
