import { daysLeftBands } from '../../shared/config/metrics.ts';
import type { KeepAliveReport } from '../../shared/tokens/keep-alive.ts';
import type { PutMetrics } from './put-metrics.ts';

const bandOf = (days: number): string => daysLeftBands.findLast(([, from]) => days >= from)?.[0] ?? daysLeftBands[0][0];

/** The metrics of a keep-alive run, also if there are no tokens: the alarms watch that it runs at all. */
export const putKeepAliveMetrics = (report: KeepAliveReport, put: PutMetrics): void => {
  put({
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
  const bands = report.daysLeft.map(bandOf);
  for (const [DaysLeft] of daysLeftBands)
    put({ TokensByDaysLeft: bands.filter((band) => band === DaysLeft).length }, { dimensions: { DaysLeft } });
};
