/** An event when the calls of one minute are near the limit; the alarm NearTenantLimit watches the same two metrics. */
import { type MetricValues, nearLimitPercent } from '../../shared/config/metrics.ts';
import { raiseFacadeEvent } from './facade-events.ts';

export const raiseNearLimit = ({ QuotaUsed: used, QuotaLimit: limit }: MetricValues): void => {
  if (used === undefined || limit === undefined || 100 * used < nearLimitPercent * limit) return;
  raiseFacadeEvent({ type: 'quota.near-limit', subject: 'quota', data: { used, limit } });
};
