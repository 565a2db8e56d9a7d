/** Refusals, and the memory of them that makes a refused crowd cost nothing. */
import { AppError } from '../errors/app-error.ts';
import type { QuotaPolicy } from './policy.ts';
import type { Applicant } from './waiting.ts';

/** A refusal is remembered for so long at most: until then, calls alike are refused without asking the store. */
const memoryMillis = 1_000;
/** Told to those who are refused before anything is known. */
const unknownRetrySeconds = 2;
/** A cap of no calls at all never has a slot: a day and the slack of its buckets. */
const neverRetrySeconds = 93_600;

type Refusal = { readonly untilMillis: number; readonly expectedMillis: number };

/** @param waitMillis until a slot is expected; NaN = not known. */
export const refusalOf = (applicant: Applicant, limit: number, policy: QuotaPolicy, waitMillis: number): AppError => {
  const knownSeconds = Math.min(neverRetrySeconds, Math.max(1, Math.ceil(waitMillis / 1_000)));
  const seconds = Number.isNaN(waitMillis) ? unknownRetrySeconds : knownSeconds;
  const { consumerId, priority } = applicant;
  return new AppError('TOO_MANY_REQUESTS', {
    detail: `The tenant allows ${limit} calls in ${policy.windowMillis / 1_000} s, for everybody together, and no call of ${consumerId} (${priority}) can be sent soon enough. Try again in ${seconds} s.`,
    retryAfterSeconds: seconds,
  });
};

/** Times are monotonic, but for `expectedMillis`, which is the store's. */
export const createRefusalMemory = () => {
  const refusals = new Map<string, Refusal>();
  return {
    /** `forMillis` = until a call of this kind would have had hope. */
    remember(key: string, nowMillis: number, forMillis: number, expectedMillis: number): void {
      refusals.set(key, { untilMillis: nowMillis + Math.min(memoryMillis, forMillis), expectedMillis });
    },
    /** When a call like this one may expect a slot, if one was refused a moment ago. */
    recall(key: string, nowMillis: number): number | undefined {
      const known = refusals.get(key);
      if (known && known.untilMillis > nowMillis) return known.expectedMillis;
      refusals.delete(key);
      return undefined;
    },
  };
};
