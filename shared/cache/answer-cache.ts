/** The cache in the native pipeline: reads from it, one flight per miss, and purges for what is written. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../errors/app-error.ts';
import type { CacheOutcome, Exchange, Forward } from '../native/exchange.ts';
import type { Clock } from '../time/clock.ts';
import { defaultFlightSettings, type FlightSettings } from './flights.ts';
import { formatCacheStatus } from './http/cache-status.ts';
import { createMemoryTier } from './memory-tier.ts';
import type { Planner } from './plan.ts';
import { createReader } from './read.ts';
import { createRevocation, type Revocation } from './revoked.ts';
import type { CacheStore } from './store.ts';
import { createWriter } from './write.ts';

/** Port, filled by scarcity.ts: how far freshness may stretch while upstream calls are scarce. */
export interface Scarcity {
  /** Extra milliseconds that an answer may be served without a refresh; undefined while calls are not scarce. */
  stretchMillis(exchange: Exchange): number | undefined;
  /** The most of it: when the quota has refused the call. */
  mostStretchMillis(exchange: Exchange): number;
}
const noScarcity: Scarcity = { stretchMillis: () => undefined, mostStretchMillis: () => 0 };

/** Told once per request: for metrics and figures. */
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
  /** Told what the cache could not do and went without. */
  readonly onFailure?: (what: string, error: unknown) => void;
};

const defaultMostBodyBytes = 8 * 1_048_576;
const defaultMemoryBytes = 32 * 1_048_576;

/** An AnswerCache that works on any store. When the store fails, requests go upstream and say `detail=STORE-FAILED`. */
export const createAnswerCache = (options: AnswerCacheOptions) => {
  const { store, clock, plan, observe = () => {}, onFailure = () => {} } = options;
  const shared = {
    store,
    clock,
    memory: createMemoryTier(options.memoryBytes ?? defaultMemoryBytes, clock),
    mostBodyBytes: options.mostBodyBytes ?? defaultMostBodyBytes,
    flight: { ...defaultFlightSettings, ...options.flight },
    scarcity: options.scarcity ?? noScarcity,
    revocation: createRevocation({ store, onFailure }),
    observe,
    onFailure,
  };
  const read = createReader(shared);
  const write = createWriter(shared, randomUUID);

  return {
    /** @throws what `forward` throws, when nothing stored may stand in; UPSTREAM_LATE for `only-if-cached` without a hit. */
    async answer(exchange: Exchange, unwatched: Forward): Promise<CacheOutcome> {
      const planned = plan(exchange);
      const forward = shared.revocation.watch(exchange, unwatched);
      if (planned.kind === 'read') return read(exchange, planned, forward);
      if (planned.kind === 'write') return write(exchange, planned, forward);
      observe({ cacheClass: exchange.operation.cache, verdict: 'pass' });
      return { answer: await forward(), cacheStatus: formatCacheStatus({ fwd: planned.fwd, detail: planned.detail }) };
    },
  };
};
export type CacheParts = Omit<Required<AnswerCacheOptions>, 'plan' | 'memoryBytes' | 'flight'> & {
  readonly memory: ReturnType<typeof createMemoryTier>;
  readonly revocation: Revocation;
  readonly flight: FlightSettings;
};

/** Nothing was stored, and the caller allowed no call (RFC 9111, 5.2.1.7). */
export const onlyIfCached = (): AppError =>
  new AppError('UPSTREAM_LATE', {
    detail: 'Nothing usable is stored, and only-if-cached forbids asking the upstream.',
  });
