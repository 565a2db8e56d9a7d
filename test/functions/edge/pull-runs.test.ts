import { expect, it, vi } from 'vitest';
import { createPullRuns } from '../../../functions/edge/pull-runs.ts';
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
  return {
    putMetrics,
    onFailure,
    runs: createPullRuns({ pull: { run, lagMillis }, dismiss, putMetrics, onFailure, onRun: () => {} }),
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
