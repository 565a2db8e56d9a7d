/** Refusals, and their memory: while one is remembered, calls of the same kind are refused without a request to the store. */
import { AppError } from '../errors/app-error.ts';
import { storeRetrySeconds } from '../errors/store-failure.ts';
import type { QuotaPolicy } from './policy.ts';
import { limitNameOf, sentenceOf, type WaitReason } from './wait-reason.ts';
import type { Applicant } from './waiting.ts';

/** How long a refusal is remembered at most. */
const memoryMillis = 1_000;
/** The wait that a refused call is told if no better estimate exists. */
const unknownRetrySeconds = 2;
/** The wait for a cap of zero calls, which never has a slot: a day and the slack of its buckets. */
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

/** The error while the store does not answer, so that it is not known whether a call fits into the budget. */
export const unavailable = (cause: unknown): AppError =>
  new AppError('QUOTA_UNAVAILABLE', {
    detail: `The table of the budget refuses or does not answer in time, so nobody can tell whether the call fits into it. Nothing was sent. Try again in ${storeRetrySeconds} s.`,
    retryAfterSeconds: storeRetrySeconds,
    sent: false,
    cause,
  });

type Refusal = Outlook & { readonly untilMillis: number };

/** Times are monotonic, except `expectedMillis`, which is the store's clock. */
export const createRefusalMemory = () => {
  const refusals = new Map<string, Refusal>();
  return {
    /** `forMillis` = how long calls of this kind are refused. */
    remember(key: string, nowMillis: number, forMillis: number, outlook: Outlook): void {
      refusals.set(key, { ...outlook, untilMillis: nowMillis + Math.min(memoryMillis, forMillis) });
    },
    /** The refusal to expect for a call of this kind, if one was refused a moment ago. */
    recall(key: string, nowMillis: number): Outlook | undefined {
      const known = refusals.get(key);
      if (known && known.untilMillis > nowMillis) return known;
      refusals.delete(key);
      return undefined;
    },
  };
};
