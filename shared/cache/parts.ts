/** What the parts of the cache share. */
import type { Operation } from '../catalogue/operation.ts';
import { AppError } from '../errors/app-error.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Clock } from '../time/clock.ts';
import type { FlightSettings } from './flights.ts';
import type { MemoryTier } from './memory-tier.ts';
import type { Planner } from './plan.ts';
import type { Revocation } from './revoked.ts';
import type { CacheStore } from './store.ts';

/** Who reads what, as far as it decides how old an answer may be while the budget is short. */
export type ShortRead = Pick<Exchange, 'consumer'> & { readonly operation: Pick<Operation, 'cache'> };

/** Port, filled by scarcity.ts: how far freshness may be stretched while the budget is short. */
export interface Scarcity {
  /** Extra milliseconds without a refresh; undefined while the budget is not short. */
  stretchMillis(read: ShortRead): number | undefined;
  /** The most extra milliseconds, for when the quota has refused the call. */
  mostStretchMillis(read: ShortRead): number;
}
export const noScarcity: Scarcity = { stretchMillis: () => undefined, mostStretchMillis: () => 0 };

/** Called once for each request, for metrics and figures. */
export type Observe = (event: {
  readonly cacheClass: string;
  readonly verdict: 'hit' | 'stale' | 'collapsed' | 'miss' | 'revalidated' | 'pass' | 'write' | 'store-error';
}) => void;

export type AnswerCacheOptions = {
  readonly store: CacheStore;
  readonly clock: Clock;
  readonly plan: Planner;
  /** Bytes of answers kept in this instance; 0 = none. */
  readonly memoryBytes?: number;
  /** Largest body that is stored. */
  readonly mostBodyBytes?: number;
  readonly flight?: Partial<FlightSettings>;
  readonly scarcity?: Scarcity;
  readonly observe?: Observe;
  /** Called with what the cache could not do and continued without. */
  readonly onFailure?: (what: string, error: unknown) => void;
};

export type CacheParts = Omit<Required<AnswerCacheOptions>, 'plan' | 'memoryBytes' | 'flight'> & {
  readonly memory: MemoryTier;
  readonly revocation: Revocation;
  readonly flight: FlightSettings;
};

/** There is no entry, and the caller allowed no call (RFC 9111, 5.2.1.7). */
export const onlyIfCached = (): AppError =>
  new AppError('UPSTREAM_LATE', {
    detail: 'Nothing usable is stored, and only-if-cached forbids asking the upstream.',
  });
