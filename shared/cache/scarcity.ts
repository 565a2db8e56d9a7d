/**
 * How far answers are stretched while the tenant's budget is short. What was purged is never stretched; `Cache-Status` says
 * `detail=QUOTA-SHORT`.
 */
import type { Exchange } from '../exchange/exchange.ts';
import type { Scarcity } from './parts.ts';
import type { CachePolicy } from './policy.ts';

type ScarcityOptions = {
  /** 0 = plenty, 1 = spent. Asked on every read, so it must cost nothing. */
  readonly shortage: () => number;
  readonly priorityOf: (exchange: Exchange) => 'interactive' | 'background';
  readonly policy: CachePolicy;
  /**
   * How long past its freshness an answer may be served to a consumer of background priority. More than the default, which
   * keeps to the published bound, means that such consumers may see older answers than the bound promises.
   */
  readonly mostStretchMillis?: number;
};

/** Time between the end of freshness and the bound. */
const graceMillisOf = ({ boundMillis, clockSkewMillis, freshShare }: CachePolicy): number =>
  (boundMillis - clockSkewMillis) * (1 - freshShare);

/**
 * Interactive consumers: as much of the time up to the published bound as calls are short, never past it. Background
 * consumers: all of it at the first sign of shortage, and from there up to `mostStretchMillis`, as calls get shorter.
 */
export const createScarcity = ({ shortage, priorityOf, policy, mostStretchMillis = 0 }: ScarcityOptions): Scarcity => {
  const graceMillis = graceMillisOf(policy);
  const stretchFor = (exchange: Exchange, short: number): number =>
    priorityOf(exchange) === 'interactive' ? graceMillis * short : Math.max(graceMillis, mostStretchMillis * short);
  return {
    stretchMillis: (exchange) => {
      const short = Math.min(1, shortage());
      return short > 0 ? stretchFor(exchange, short) : undefined;
    },
    mostStretchMillis: (exchange) => stretchFor(exchange, 1),
  };
};
