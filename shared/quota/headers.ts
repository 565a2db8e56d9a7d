/**
 * `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-11): Lists of Strings with parameters. `q` and `w`
 * are the quota and its window in seconds, `r` what is left of it, `t` the seconds until more is.
 */

import type { QuotaProfile } from '../exchange/quota-profile.ts';
import type { Headers } from '../http/headers.ts';
import type { QuotaPolicy } from './policy.ts';
import { capStanding, type Standing, tenantStanding } from './standing.ts';
import type { QuotaState } from './state.ts';
import { capName } from './wait-reason.ts';

const toFields = (standings: readonly (readonly [name: string, standing: Standing])[]): Headers => [
  [
    'ratelimit-policy',
    standings.map(([name, { limit, windowSeconds }]) => `"${name}";q=${limit};w=${windowSeconds}`).join(', '),
  ],
  [
    'ratelimit',
    standings.map(([name, { free, moreInSeconds }]) => `"${name}";r=${free};t=${moreInSeconds}`).join(', '),
  ],
];

/** The fields for an answer to this consumer: the tenant's policy, then its own caps. */
export const rateLimitFields = (
  state: QuotaState,
  policy: QuotaPolicy,
  nowMillis: number,
  consumerId: string,
  profile: Pick<QuotaProfile, 'caps'>,
): Headers =>
  toFields([
    ['tenant', tenantStanding(state, policy, nowMillis)],
    ...profile.caps.map((cap) => [capName(cap.windowSeconds), capStanding(state, consumerId, cap, nowMillis)] as const),
  ]);
