/** Refusals, and the memory of them that makes a refused crowd cost nothing. */
import { AppError } from '../errors/app-error.ts';
import { storeRetrySeconds } from '../errors/store-failure.ts';
import type { QuotaPolicy } from './policy.ts';
import { limitNameOf, sentenceOf, type WaitReason } from './wait-reason.ts';
import type { Applicant } from './waiting.ts';

/** A refusal is remembered for so long at most: until then, calls alike are refused without asking the store. */
const memoryMillis = 1_000;
/** Told to those who are refused before anything is known. */
const unknownRetrySeconds = 2;
/** A cap of no calls at all never has a slot: a day and the slack of its buckets. */
const neverRetrySeconds = 93_600;

/** Why and until when a call is refused. */
export type Outlook = { readonly expectedMillis: number; readonly held: WaitReason };

/** @param waitMillis until a slot is expected; NaN = not known. */
export const refusalOf = (
  applicant: Applicant,
  held: WaitReason,
  limit: number,
  policy: QuotaPolicy,
  waitMillis: number,
): AppError => {
  const knownSeconds = Math.min(neverRetrySeconds, Math.max(1, Math.ceil(waitMillis / 1_000)));
  const seconds = Number.isNaN(waitMillis) ? unknownRetrySeconds : knownSeconds;
  const { consumerId, priority } = applicant;
  return new AppError('TOO_MANY_REQUESTS', {
    detail: `${sentenceOf(held, consumerId, limit, policy)} No call of ${consumerId} (${priority}) can be sent soon enough. Try again in ${seconds} s.`,
    retryAfterSeconds: seconds,
    limit: limitNameOf(held),
  });
};

/** While the store cannot be asked, nobody knows whether a call fits into the budget. */
export const unavailable = (cause: unknown): AppError =>
  new AppError('QUOTA_UNAVAILABLE', {
    detail: `The table of the budget refuses or does not answer in time, so nobody can tell whether the call fits into it. Nothing was sent. Try again in ${storeRetrySeconds} s.`,
    retryAfterSeconds: storeRetrySeconds,
    sent: false,
    cause,
  });

type Refusal = Outlook & { readonly untilMillis: number };

/** Times are monotonic, but for `expectedMillis`, which is the store's. */
export const createRefusalMemory = () => {
  const refusals = new Map<string, Refusal>();
  return {
    /** `forMillis` = until a call of this kind would have had hope. */
    remember(key: string, nowMillis: number, forMillis: number, outlook: Outlook): void {
      refusals.set(key, { ...outlook, untilMillis: nowMillis + Math.min(memoryMillis, forMillis) });
    },
    /** What a call like this one may expect, if one was refused a moment ago. */
    recall(key: string, nowMillis: number): Outlook | undefined {
      const known = refusals.get(key);
      if (known && known.untilMillis > nowMillis) return known;
      refusals.delete(key);
      return undefined;
    },
  };
};
