/**
 * How far freshness is stretched while the tenant's budget is short. Purged entries are never stretched. `Cache-Status`
 * says `detail=QUOTA-SHORT`.
 */
import type { Scarcity, ShortRead } from './parts.ts';
import type { CachePolicy } from './policy.ts';

type ScarcityOptions = {
  /** 0 = plenty, 1 = used up. Read on every request, so it must cost nothing. */
  readonly shortage: () => number;
  readonly priorityOf: (read: ShortRead) => 'interactive' | 'background';
  readonly policy: CachePolicy;
  /**
   * How long past its freshness an entry may be served to a consumer of background priority. A value above the default
   * exceeds the published bound for such consumers.
   */
  readonly mostStretchMillis?: number;
};

/** Time between the end of freshness and the bound. */
const graceMillisOf = (
  { boundMillis, clockSkewMillis, freshShares }: CachePolicy,
  { operation: { cache } }: ShortRead,
): number => (cache === 'never' ? 0 : (boundMillis - clockSkewMillis) * (1 - freshShares[cache]));

/**
 * Interactive consumers: a part of the time up to the published bound that grows with the shortage, never past the
 * bound. Background consumers: all of it as soon as the budget is short, and then up to `mostStretchMillis` as the
 * shortage grows.
 */
export const createScarcity = ({ shortage, priorityOf, policy, mostStretchMillis = 0 }: ScarcityOptions): Scarcity => {
  const stretchFor = (exchange: ShortRead, short: number): number => {
    const graceMillis = graceMillisOf(policy, exchange);
    return priorityOf(exchange) === 'interactive'
      ? graceMillis * short
      : Math.max(graceMillis, mostStretchMillis * short);
  };
  return {
    stretchMillis: (exchange) => {
      const short = Math.min(1, shortage());
      return short > 0 ? stretchFor(exchange, short) : undefined;
    },
    mostStretchMillis: (exchange) => stretchFor(exchange, 1),
  };
};
