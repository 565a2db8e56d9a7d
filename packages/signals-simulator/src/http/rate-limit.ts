/** The tenant's limit: a number of requests in any 60 seconds, by all users together. That the window slides is invented. */
import type { Clock } from '../clock.ts';
import { tooManyRequests } from '../errors.ts';

const windowMillis = 60_000;

export interface RateLimit {
  /** Counts one request. @throws 429 when the window is full; refused requests are not counted (invented). */
  spend(): void;
  reset(): void;
  setLimit(requestsPerMinute: number): void;
}

export const createRateLimit = (clock: Clock, requestsPerMinute: number): RateLimit => {
  let limit = requestsPerMinute;
  let instants: number[] = [];
  let oldest = 0;
  const forget = (nowMillis: number) => {
    while (oldest < instants.length && (instants[oldest] ?? 0) <= nowMillis - windowMillis) oldest += 1;
    if (oldest > 4096) {
      instants = instants.slice(oldest);
      oldest = 0;
    }
  };
  return {
    spend() {
      if (limit === Number.POSITIVE_INFINITY) return;
      const nowMillis = clock.nowMillis();
      forget(nowMillis);
      if (instants.length - oldest >= limit) throw tooManyRequests(`The tenant allows ${limit} requests per minute.`);
      instants.push(nowMillis);
    },
    reset() {
      instants = [];
      oldest = 0;
    },
    setLimit(next) {
      limit = next;
    },
  };
};
