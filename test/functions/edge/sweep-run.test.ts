import { describe, expect, it } from 'vitest';
import { createSweepRun } from '../../../functions/edge/sweep-run.ts';
import type { Sweeper, SweepResult } from '../../../shared/cache/sweep/sweep.ts';
import { createManualClock } from '../../shared/cache/support.ts';

const setUp = (run: (call: number) => Partial<SweepResult> | Error, lag?: number | Error) => {
  const clock = createManualClock();
  const metrics: Readonly<Record<string, number>>[] = [];
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
  const sweep = createSweepRun({
    sweeper,
    clock,
    putMetrics: (values) => metrics.push(values),
    onRun: (facts) => told.push(facts),
    onFailure: (error) => told.push((error as Error).message),
  });
  /** The two looks of a minute, each an invocation of its own. */
  const sweepTwice = async (): Promise<void> => {
    await sweep();
    await sweep();
  };
  return { sweep, sweepTwice, clock, metrics, told };
};

describe('an invocation of the sweep', () => {
  it('looks once, waits for nothing, and puts purges and lag as metrics', async () => {
    const { sweep, clock, metrics, told } = setUp((call) => ({ purged: call }));
    const startMillis = clock.nowMillis();
    await sweep();
    expect(metrics).toEqual([{ SweepPurged: 1, SweepLagSeconds: 8, SweepFailed: 0 }]);
    expect(told).toEqual([{ purged: 1, calls: 2, all: false }]);
    expect(clock.nowMillis() - startMillis).toBe(3_000);
  });

  it('tells of a look that failed, with the lag as it stands, and the next one looks again', async () => {
    const { sweepTwice, metrics, told } = setUp((call) => (call === 1 ? new Error('no answer') : {}), 90_000);
    await sweepTwice();
    expect(metrics).toEqual([
      { SweepLagSeconds: 90, SweepFailed: 1 },
      { SweepPurged: 0, SweepLagSeconds: 8, SweepFailed: 0 },
    ]);
    expect(told).toEqual(['no answer', { purged: 0, calls: 2, all: false }]);
  });

  it('puts no lag before the first run that saw everything', async () => {
    const never = { sweptUntilMillis: 0, types: [], resumeAtMillis: 0 };
    const { sweepTwice, metrics } = setUp((call) => (call === 1 ? new Error('no key yet') : { sweep: never }));
    await sweepTwice();
    expect(metrics).toEqual([{ SweepFailed: 1 }, { SweepPurged: 0, SweepFailed: 0 }]);
  });

  it('tells of a failure also when the lag cannot be read', async () => {
    const { sweepTwice, metrics } = setUp(() => new Error('no table'), new Error('no table'));
    await sweepTwice();
    expect(metrics).toEqual([{ SweepFailed: 1 }, { SweepFailed: 1 }]);
  });
});
