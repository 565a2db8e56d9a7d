import { describe, expect, it } from 'vitest';
import { createSweepRuns } from '../../../functions/edge/sweep-runs.ts';
import type { Sweeper, SweepResult } from '../../../shared/cache/sweep/sweep.ts';
import { createManualClock } from '../../shared/cache/support.ts';

const setUp = (run: (call: number) => Partial<SweepResult> | Error, lag?: number | Error) => {
  const clock = createManualClock();
  const metrics: Readonly<Record<string, number>>[] = [];
  const pauses: number[] = [];
  const told: unknown[] = [];
  let calls = 0;
  const sweeper: Sweeper = {
    async lagMillis() {
      if (lag instanceof Error) throw lag;
      return lag;
    },
    async run() {
      calls += 1;
      const found = run(calls);
      if (found instanceof Error) throw found;
      const sweep = { sweptUntilMillis: clock.nowMillis() - 5_000, types: [], resumeAtMillis: 0 };
      clock.advance(3_000);
      return { purged: 0, calls: 2, all: false, sweep, ...found };
    },
  };
  const sweep = createSweepRuns({
    sweeper,
    clock,
    sleep: async (millis) => {
      pauses.push(millis);
      clock.advance(millis);
    },
    putMetrics: (values) => metrics.push(values),
    onRun: (facts) => told.push(facts),
    onFailure: (error) => told.push((error as Error).message),
  });
  return { sweep, metrics, pauses, told };
};

describe('an invocation of the sweep', () => {
  it('runs twice, half a minute apart, and puts purges and lag as metrics', async () => {
    const { sweep, metrics, pauses, told } = setUp((call) => ({ purged: call }));
    await sweep();
    expect(metrics).toEqual([
      { SweepPurged: 1, SweepLagSeconds: 8, SweepFailed: 0 },
      { SweepPurged: 2, SweepLagSeconds: 8, SweepFailed: 0 },
    ]);
    expect(pauses).toEqual([25_000]);
    expect(told).toEqual([1, 2].map((purged) => ({ purged, calls: 2, all: false })));
  });

  it('tells of a run that failed, with the lag as it stands, and runs again', async () => {
    const { sweep, metrics, told } = setUp((call) => (call === 1 ? new Error('no answer') : {}), 90_000);
    await sweep();
    expect(metrics).toEqual([
      { SweepLagSeconds: 90, SweepFailed: 1 },
      { SweepPurged: 0, SweepLagSeconds: 8, SweepFailed: 0 },
    ]);
    expect(told).toEqual(['no answer', { purged: 0, calls: 2, all: false }]);
  });

  it('puts no lag before the first run that saw everything', async () => {
    const never = { sweptUntilMillis: 0, types: [], resumeAtMillis: 0 };
    const { sweep, metrics } = setUp((call) => (call === 1 ? new Error('no key yet') : { sweep: never }));
    await sweep();
    expect(metrics).toEqual([{ SweepFailed: 1 }, { SweepPurged: 0, SweepFailed: 0 }]);
  });

  it('tells of a failure also when the lag cannot be read', async () => {
    const { sweep, metrics } = setUp(() => new Error('no table'), new Error('no table'));
    await sweep();
    expect(metrics).toEqual([{ SweepFailed: 1 }, { SweepFailed: 1 }]);
  });
});
