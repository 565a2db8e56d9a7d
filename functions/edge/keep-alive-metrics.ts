import type { MetricValues } from '../../shared/config/metrics.ts';
import type { KeepAliveReport } from '../../shared/tokens/keep-alive.ts';

/** What a run that looks after tokens puts, also when there are none: the alarms watch that it runs at all. */
export const keepAliveMetrics = (report: KeepAliveReport): MetricValues => ({
  TokensLiving: report.living,
  TokensDoubted: report.doubted,
  TokensDead: report.dead,
  TokensTouched: report.touched,
  TokensLeft: report.left,
  TokensOrphaned: report.orphaned,
  TokensUnreadable: report.unreadable,
  TokensDistrusted: report.brokenOff,
  TokensOldestIdleDays: report.oldestIdleDays,
});
