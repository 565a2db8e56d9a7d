/** When a rule runs next: `rate(5 minutes)`, as EventBridge writes it (EventBridge user guide, "Rate expressions"). */
import { TwinError } from '../twin-error.ts';

/** The next run strictly after an instant (epoch milliseconds). */
export type NextRun = (afterMillis: number) => number;

const unitMillis: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads the rate of a rule, which counts from `startMillis`. No rule of the stack has another kind of schedule.
 * @throws TwinError for everything else, cron included.
 */
export const parseRate = (expression: string, startMillis: number): NextRun => {
  const [, count, unit = ''] = /^rate\(\s*(\d+)\s+(minute|hour|day)s?\s*\)$/.exec(expression.trim()) ?? [];
  const everyMillis = Number(count) * (unitMillis[unit] ?? 0);
  if (!everyMillis)
    throw new TwinError(
      `The schedule ${expression} cannot be read. Fix: use rate with a number and minutes, hours or days, or teach the twin more in local/gateway/sources.`,
    );
  return (afterMillis) => startMillis + (Math.floor((afterMillis - startMillis) / everyMillis) + 1) * everyMillis;
};
