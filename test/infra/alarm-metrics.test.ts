/** What the alarms watch is really put by the code. */
import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type MetricName, metrics } from '../../shared/config/metrics.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { emitAll, emitOfFirstSweep } from './emitted-metrics.ts';
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
            key: JSON.stringify([Namespace, Name, names.map((name) => [name, values[name]]).toSorted()]),
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
          (metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]).toSorted(),
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
    await emitOfFirstSweep();
    expect(lines.join('')).toContain('"SweepFailed":1');
    expect(lines.join('')).not.toContain('SweepLagSeconds');
  });

  it('is the whole list, with its units and dimensions: each metric for the stage and once for each dimension, never for two', async () => {
    await emitAll();
    const sets = new Map<string, Set<string>>();
    for (const { key, Unit } of nonEmpty(lines.flatMap(metricsIn))) {
      const [, name, dimensions] = JSON.parse(key) as [string, MetricName, [string, string][]];
      expect(Unit, name).toBe(metrics[name].unit);
      const names = dimensions.map(([dimension]) => dimension).filter((dimension) => dimension !== 'Stage');
      expect(names.length, key).toBeLessThanOrEqual(1);
      sets.set(name, (sets.get(name) ?? new Set()).add(names.join(' ')));
    }
    const listed = Object.entries(metrics).map(([name, { by }]) => [name, ['', ...by].toSorted()]);
    expect(Object.fromEntries([...sets].map(([name, found]) => [name, [...found].toSorted()]))).toEqual(
      Object.fromEntries(listed),
    );
  });

  it('is explained in docs/metrics.md, a row each with its unit and dimensions', async () => {
    const text = await readFile(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `(\w+)` \| ([\w ]+) \| ([^|]*) \| ([^|]+) \|$/gm)].map(
      ([, name = '', unit = '', by = '']) => [name, unit, by.trim()],
    );
    expect(rows.toSorted()).toEqual(
      Object.entries(metrics)
        .map(([name, { unit, by }]) => [name, unit, by.map((one) => `\`${one}\``).join(', ')])
        .toSorted(),
    );
  });

  it('is in the one list of names, none of which is written twice in another form', () => {
    const lower = Object.keys(metrics).map((name) => name.toLowerCase());
    expect(new Set(lower).size).toBe(lower.length);
  });
});
