import type { MetricValues } from '../../shared/config/metrics.ts';
import type { KeepAliveReport } from '../../shared/tokens/keep-alive.ts';

/** The metrics of a keep-alive run, also if there are no tokens: the alarms watch that it runs at all. */
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
