/** Estimates of the state of the budget, for headers, the snapshot and the cache. No call is admitted or refused by them. */
import { bucketMillis, emptyLedger, outlook } from './ledger.ts';
import type { Cap, QuotaPolicy } from './policy.ts';
import { believedLimit, capScale, type QuotaState } from './state.ts';

export type Standing = {
  /** Units in any window. */
  readonly limit: number;
  readonly windowSeconds: number;
  readonly used: number;
  readonly free: number;
  /** Seconds until more is free than now; the window's length when all is free. */
  readonly moreInSeconds: number;
};

/** Share of the limit above which a report says that the limit is near. */
export const nearLimitShare = 0.8;

const secondsUntil = (millis: number, nowMillis: number): number =>
  Math.max(1, Math.ceil((millis - nowMillis) / 1_000));

/** The tenant's budget at `nowMillis`, by the shared state. */
export const tenantStanding = (state: QuotaState, policy: QuotaPolicy, nowMillis: number): Standing => {
  const limit = believedLimit(state, policy, nowMillis);
  const { at, free } = outlook(state.ledger, limit, nowMillis);
  const freeNow = Math.min(limit, Math.max(0, free[0] as number));
  const windowSeconds = policy.windowMillis / 1_000;
  const next = at.find((_, index) => Math.max(0, free[index] as number) > freeNow);
  const moreAtMillis = Math.max(next ?? nowMillis + policy.windowMillis, state.pausedUntilMillis);
  return {
    limit,
    windowSeconds,
    used: limit - freeNow,
    free: state.pausedUntilMillis > nowMillis ? 0 : freeNow,
    moreInSeconds: secondsUntil(moreAtMillis, nowMillis),
  };
};

/** One cap of one consumer at `nowMillis`. */
export const capStanding = (state: QuotaState, consumerId: string, cap: Cap, nowMillis: number): Standing => {
  const scale = capScale(cap.windowSeconds, bucketMillis);
  const ledger = state.caps[`${consumerId}/${cap.windowSeconds}`] ?? emptyLedger;
  const { at, free } = outlook(ledger, cap.units, nowMillis * scale);
  const freeNow = Math.max(0, free[0] as number);
  const next = at.find((_, index) => (free[index] as number) > freeNow);
  return {
    limit: cap.units,
    windowSeconds: cap.windowSeconds,
    used: cap.units - freeNow,
    free: freeNow,
    moreInSeconds: next === undefined ? cap.windowSeconds : secondsUntil(next / scale, nowMillis),
  };
};

/** 0 = plenty, 1 = spent: how hard a cache should spare the budget. Rises from 70 % used. */
export const shortageOf = ({ limit, free }: Pick<Standing, 'limit' | 'free'>): number =>
  Math.min(1, Math.max(0, (1 - free / limit - 0.7) / 0.3));
