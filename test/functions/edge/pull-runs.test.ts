import { expect, it, vi } from 'vitest';
import { createPullRuns } from '../../../functions/edge/pull-runs.ts';
import { createMemoryPullLease } from '../../../shared/notifications/adapters/pull-stores.ts';
import type { Pull } from '../../../shared/notifications/pull.ts';

const report = {
  ...{ calls: 1, seen: 3, found: 2, queuedAgain: 0, malformed: 1, overflowed: 0, isComplete: true, lagMillis: 1_500 },
};
const create = (
  run: Pull['run'],
  dismiss?: () => Promise<number>,
  lagMillis: Pull['lagMillis'] = async () => 90_000,
) => {
  const putMetrics = vi.fn();
  const onFailure = vi.fn();
  const onSkip = vi.fn();
  const lease = createMemoryPullLease({ nowMillis: () => 0 });
  return {
    putMetrics,
    ...{ onFailure, onSkip, lease },
    runs: createPullRuns({
      ...{ pull: { run, lagMillis }, lease, dismiss, putMetrics },
      ...{ onFailure, onSkip, onRun: () => {} },
    }),
  };
};

it('counts what a run found, and then dismisses', async () => {
  const { runs, putMetrics } = create(
    async () => report,
    async () => 4,
  );
  await runs(0);
  expect(putMetrics.mock.calls.map(([values]) => values)).toEqual([
    { PullFound: 2, PullMalformed: 1, PullOverflowed: 0, PullLagSeconds: 1.5, PullFailed: 0 },
    { NotificationsDismissed: 4 },
  ]);
});

it('dismisses nothing before the pull is at the present, nor where a stage does not want it', async () => {
  const dismiss = vi.fn(async () => 1);
  await create(async () => ({ ...report, isComplete: false }), dismiss).runs(0);
  const { runs, putMetrics } = create(async () => report);
  await runs(0);
  expect([dismiss.mock.calls.length, putMetrics.mock.calls.length]).toEqual([0, 1]);
});

it('counts a run that failed; a dismissal that failed is told of, and fails no run', async () => {
  const fail = () => Promise.reject(new Error('no answer'));
  const failed = create(fail);
  await failed.runs(0);
  expect(failed.putMetrics.mock.calls).toEqual([[{ PullFailed: 1, PullLagSeconds: 90 }]]);
  const unread = create(fail, undefined, fail);
  await unread.runs(0);
  expect(unread.putMetrics.mock.calls).toEqual([[{ PullFailed: 1 }]]);
  const undismissed = create(async () => report, fail);
  await undismissed.runs(0);
  expect(undismissed.onFailure.mock.calls.map(([what]) => what)).toEqual(['dismissal']);
  expect(undismissed.putMetrics.mock.calls[0]?.[0]).toMatchObject({ PullFailed: 0 });
});

it('does nothing while another run is under way, and runs again after it, failed or not', async () => {
  const deadlines: number[] = [];
  const started: PromiseWithResolvers<typeof report>[] = [];
  const { runs, putMetrics, onSkip, onFailure } = create((deadlineMillis) => {
    deadlines.push(deadlineMillis);
    const one = Promise.withResolvers<typeof report>();
    started.push(one);
    return one.promise;
  });
  const first = runs(240_000);
  await expect.poll(() => started).toHaveLength(1);
  await Promise.all([runs(240_001), runs(240_002)]);
  expect([started.length, onSkip.mock.calls.length, putMetrics.mock.calls.length]).toEqual([1, 2, 0]);
  started[0]?.reject(new Error('no answer'));
  await first;
  const next = runs(300_000);
  await expect.poll(() => started).toHaveLength(2);
  started[1]?.resolve(report);
  await next;
  expect([deadlines, onFailure.mock.calls.length]).toEqual([[180_000, 240_000], 1]);
});

it('is counted when the lease cannot be taken, and stands when it cannot be given back', async () => {
  const closed = create(async () => report);
  closed.lease.take = () => Promise.reject(new Error('no table'));
  await closed.runs(0);
  expect(closed.putMetrics.mock.calls).toEqual([[{ PullFailed: 1, PullLagSeconds: 90 }]]);
  const kept = create(async () => report);
  kept.lease.release = () => Promise.reject(new Error('no table'));
  await kept.runs(0);
  expect(kept.putMetrics.mock.calls[0]?.[0]).toMatchObject({ PullFailed: 0 });
  expect(kept.onFailure).not.toHaveBeenCalled();
});
