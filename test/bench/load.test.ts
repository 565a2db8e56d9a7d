/** The load bench: when it calls memory flat, and that its metrics are those of the facade. The run itself is `npm run bench:load`. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatBytes, judgeFlatness, type MemorySample } from '../../bench/load/flatness.ts';
import { metricQueries, queueQueries } from '../../bench/load/shown-metrics.ts';
import { metrics } from '../../shared/config/metrics.ts';
import { nonEmpty } from '../support/non-empty.ts';

const mebibyte = 1_048_576;
const minutes = 30;
const series = (bytesAt: (minute: number) => number, handlesAt = (_minute: number) => 20): MemorySample[] =>
  Array.from({ length: minutes * 6 }, (_, index) => ({
    atMillis: index * 10_000,
    keptBytes: bytesAt(index / 6),
    rssBytes: 0,
    handles: handlesAt(index / 6),
  }));
const judge = (samples: readonly MemorySample[], until = minutes * 60_000) => judgeFlatness(samples, 0, until);

describe('memory', () => {
  it('that varies around a level is flat, whatever it was in the first third', () => {
    const noise = fc.array(fc.integer({ min: 0, max: mebibyte }), { minLength: minutes * 6, maxLength: minutes * 6 });
    const property = fc.property(noise, fc.integer({ min: 5, max: 300 }), (offsets, level) => {
      const samples = series((minute) => (minute < 10 ? 0.3 : 1) * level * mebibyte).map((sample, index) => ({
        ...sample,
        keptBytes: sample.keptBytes + (offsets[index] as number),
      }));
      expect(judge(samples).verdict).toBe('flat');
    });
    fc.assert(property, { numRuns: 30 });
  });

  it('that grows with the requests is not flat, and the slope is what it grows by', () => {
    const grown = judge(series((minute) => 20 * mebibyte + minute * 0.5 * mebibyte));
    expect(grown.verdict).toBe('not flat');
    expect(grown.bytesPerHour / mebibyte).toBeCloseTo(30);
    expect(grown.lastKeptBytes - grown.secondKeptBytes).toBeGreaterThan(flatBytes);
  });

  it('that stays is not flat while handles grow', () => {
    expect(
      judge(
        series(
          () => 20 * mebibyte,
          (minute) => 20 + minute,
        ),
      ).verdict,
    ).toBe('not flat');
  });

  it('of a short run, or of a process that came late or ended early, is not judged', () => {
    expect(judge(series(() => mebibyte).slice(0, 12), 120_000).verdict).toBe('too short');
    expect(judge(series(() => mebibyte).slice(-20)).verdict).toBe('too short');
    expect(judge(series(() => mebibyte).slice(0, 70)).verdict).toBe('too short');
    expect(judge([])).toMatchObject({ verdict: 'too short', samples: 0, bytesPerHour: 0 });
  });
});

describe('the metrics of a run', () => {
  it('are metrics of the facade, by dimensions that they have', () => {
    for (const { query } of nonEmpty(metricQueries)) {
      const known = metrics[query.name as keyof typeof metrics] as (typeof metrics)[keyof typeof metrics];
      const { Stage: _stage, ...others } = query.dimensions;
      expect(Object.keys(others).filter((name) => !(known.by as readonly string[]).includes(name))).toEqual([]);
    }
  });

  it('are asked for once, and queues by their age and their length', () => {
    const keys = metricQueries.map(({ query }) => JSON.stringify(query));
    expect(new Set(keys).size).toBe(keys.length);
    const rows = queueQueries(['IngressQueue', 'IngressDeadLetters']).map(({ row: { about, of } }) => `${about} ${of}`);
    expect(new Set(rows)).toEqual(new Set(['queue ages IngressQueue', 'dead letters IngressDeadLetters']));
  });
});
