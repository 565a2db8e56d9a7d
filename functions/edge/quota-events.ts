/** An event when the calls of one minute are near the limit; the alarm NearTenantLimit watches the same two metrics. */
import { nearLimitPercent } from '../../shared/config/metrics.ts';
import type { QuotaMetrics } from '../../shared/quota/metrics.ts';
import { raiseFacadeEvent } from './facade-events.ts';

type Standing = Pick<QuotaMetrics, 'QuotaUsed' | 'QuotaLimit'>;

export const raiseNearLimit = ({ QuotaUsed: used, QuotaLimit: limit }: Standing): void => {
  if (used === undefined || limit === undefined || 100 * used < nearLimitPercent * limit) return;
  raiseFacadeEvent({ type: 'quota.near-limit', subject: 'quota', data: { used, limit } });
};
