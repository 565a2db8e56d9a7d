/** What the alarms watch is really put by the code. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { metricUnits } from '../../shared/config/metrics.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { emitAll } from './emitted-metrics.ts';
import { alarms, watchedBy } from './stage-alarms.ts';

describe('what the alarms watch', () => {
  const lines: string[] = [];
  // Spies and variables are put back after each test (vitest.config.ts).
  beforeEach(() => {
    lines.length = 0;
    vi.stubEnv('STAGE', 'prod');
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  });

  /** Each metric that a line of the embedded format makes, by name and dimensions. */
  const metricsIn = (line: string): { key: string; Unit?: string }[] => {
    const { _aws: aws, ...values } = JSON.parse(line);
    return aws.CloudWatchMetrics.flatMap(
      ({
        Namespace,
        Dimensions,
        Metrics,
      }: {
        Namespace: string;
        Dimensions: string[][];
        Metrics: { Name: string; Unit: string }[];
      }) =>
        Dimensions.flatMap((names) =>
          Metrics.map(({ Name, Unit }) => ({
            key: JSON.stringify([Namespace, Name, names.map((name) => [name, values[name]])]),
            Unit,
          })),
        ),
    );
  };

  it('is put by the code under the same name and dimensions', async () => {
    await emitAll();
    const put = new Set(lines.flatMap(metricsIn).map(({ key }) => key));
    const own = [...alarms.values()]
      .flatMap(watchedBy)
      .filter(({ metric }) => metric.Namespace === 'SignalsFacade')
      .map(({ metric }) =>
        JSON.stringify([
          metric.Namespace,
          metric.MetricName,
          (metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]),
        ]),
      );
    expect(own.length).toBeGreaterThanOrEqual(7);
    for (const key of nonEmpty(own)) expect(put).toContain(key);
  });

  it('has the stage and a unit, as has every other metric', async () => {
    await emitAll();
    const put = lines.flatMap(metricsIn);
    expect(put.length).toBeGreaterThan(20);
    for (const { key, Unit } of nonEmpty(put)) {
      expect(key).toContain('["Stage","prod"]');
      expect(Unit, key).toMatch(/^(Count|Seconds|Milliseconds|None)$/);
    }
  });

  it('has no lag of the sweep before the first run that saw everything', async () => {
    await emitAll();
    expect(lines.join('')).toContain('"SweepFailed":1');
    expect(lines.join('')).not.toContain('SweepLagSeconds');
  });

  it('is in the one list of names, none of which is written twice in another form', () => {
    const lower = Object.keys(metricUnits).map((name) => name.toLowerCase());
    expect(new Set(lower).size).toBe(lower.length);
  });
});
