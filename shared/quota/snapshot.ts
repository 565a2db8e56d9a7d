/** The whole budget at a glance, for `GET /v1/quota`. */

import type { Priority } from '../exchange/quota-profile.ts';
import { lastMinute } from './fairness.ts';
import type { QuotaPolicy } from './policy.ts';
import { nearLimitShare, type Standing, tenantStanding } from './standing.ts';
import type { QuotaState } from './state.ts';

export type QuotaSnapshot = Standing & {
  readonly nearLimit: boolean;
  /** The configured limit, before corrections after 429s of the upstream. */
  readonly configuredLimit: number;
  /** Seconds until the pause that the upstream asked for ends. */
  readonly pausedSeconds: number;
  readonly consumers: readonly {
    readonly consumerId: string;
    readonly priority: Priority;
    /** Calls in the last 60 s, estimated from two minutes' counts. */
    readonly unitsLastMinute: number;
    readonly isWaiting: boolean;
  }[];
};

export const takeSnapshot = (state: QuotaState, policy: QuotaPolicy, nowMillis: number): QuotaSnapshot => {
  const standing = tenantStanding(state, policy, nowMillis);
  const consumers = Object.entries(state.flows).map(([key, flow]) => ({
    consumerId: key.slice(2),
    priority: key.startsWith('i:') ? ('interactive' as const) : ('background' as const),
    unitsLastMinute: lastMinute(flow, nowMillis),
    isWaiting: flow.wantsUntilMillis > nowMillis,
  }));
  return {
    ...standing,
    nearLimit: standing.used >= standing.limit * nearLimitShare,
    configuredLimit: policy.limit,
    pausedSeconds: Math.max(0, Math.ceil((state.pausedUntilMillis - nowMillis) / 1_000)),
    consumers: consumers
      .filter(({ unitsLastMinute, isWaiting }) => unitsLastMinute > 0 || isWaiting)
      .sort((one, other) => other.unitsLastMinute - one.unitsLastMinute),
  };
};

/** The budget with the rows of one consumer only. A consumer must not see those of others. */
export const ofConsumer = (snapshot: QuotaSnapshot, consumerId: string): QuotaSnapshot => ({
  ...snapshot,
  consumers: snapshot.consumers.filter((row) => row.consumerId === consumerId),
});
