/** Runs of the code that brings notifications in and sweeps the cache, with the outcome that a test wants. Metrics go to standard output. */
import { createHookRoutes } from '../../functions/edge/hook-routes.ts';
import type { HttpRequest } from '../../functions/edge/http-request.ts';
import { createPullRuns } from '../../functions/edge/pull-runs.ts';
import { putMetrics } from '../../functions/edge/put-metrics.ts';
import { createSealRuns } from '../../functions/edge/seal-runs.ts';
import { createSweepRun } from '../../functions/edge/sweep-run.ts';
import { createWakeRuns } from '../../functions/edge/wake-runs.ts';
import { createMemoryPullLease } from '../../shared/notifications/adapters/pull-stores.ts';
import { withValue } from '../../shared/notifications/hook-header.ts';

const clock = { nowMillis: () => 10_000_000 };
const silent = { onRun: () => {}, onSkip: () => {}, onFailure: () => {} };
const failure = () => Promise.reject(new Error('no table'));

const hookValue = { name: 'x-hook', value: 'a secret', nowMillis: 0, endsOthers: false };
const pushRequest = {
  ...{ requestId: 'r', method: 'POST', path: '/hooks/signals', route: '/hooks/{proxy+}' },
  ...{ query: [], body: new Uint8Array(), publicUrl: '', deadlineMillis: 0 },
};
const notification = { id: 'n', type: 'close', entity: 'experiment:1', createdAtMillis: 0 } as const;

/** A push that is taken in so many seconds after its event, is no notification, or is not kept; or one with a wrong header. */
export const push = async (outcome: { lagSeconds: number } | 'malformed' | 'failed' | 'refused'): Promise<void> => {
  const takePush = async () => {
    if (outcome === 'failed') throw new Error('no table');
    if (typeof outcome === 'string') return { reason: 'no JSON', id: '2026-06-15-0a1b' } as const;
    const receivedAtMillis = outcome.lagSeconds * 1_000;
    const taken = { ...notification, receivedAtMillis, origin: 'push', document: {} } as const;
    return { notification: taken, taken: 'new' } as const;
  };
  const parts = { readHeader: async () => withValue(undefined, hookValue), intake: { takePush }, putMetrics };
  const headers: [string, string][] = [['x-hook', outcome === 'refused' ? 'another' : 'a secret']];
  await createHookRoutes(parts)({ ...pushRequest, headers } as HttpRequest, {}).catch(() => {});
};

const pulled = {
  calls: 0,
  seen: 0,
  found: 0,
  queuedAgain: 0,
  malformed: 0,
  overflowed: 0,
  isComplete: true,
  lagMillis: 0,
};

/** A pull with these facts, or one that fails. */
export const pull = (facts: Partial<typeof pulled> | 'failed'): Promise<void> => {
  const run = facts === 'failed' ? failure : async () => ({ ...pulled, ...facts });
  return createPullRuns({
    ...{ pull: { lagMillis: async () => 0, run }, lease: createMemoryPullLease(clock), putMetrics },
    ...{ dismiss: async () => 1, ...silent },
  })(0);
};

const woken = { retries: 0, latest: 0, undispatched: 0, replays: 0, leftOver: 0 };

/** A run of the wake-up that finds a delivery of this age, or one that fails. */
export const wake = (outcome: { oldestSeconds: number } | 'failed'): Promise<void> => {
  const run =
    outcome === 'failed'
      ? failure
      : async () => ({ ...woken, oldestPendingMillis: clock.nowMillis() - outcome.oldestSeconds * 1_000 });
  return createWakeRuns({ run, clock, putMetrics, onRun: () => {} })().catch(() => {});
};

/** A run of the change sweep that succeeds, or that fails when the last success was so long ago; undefined = there was none. */
export const sweep = (outcome: 'succeeded' | { failedSinceSeconds: number | undefined }): Promise<void> => {
  const isFailure = typeof outcome === 'object';
  const lagMillis =
    isFailure && outcome.failedSinceSeconds !== undefined ? outcome.failedSinceSeconds * 1_000 : undefined;
  const facts = { purged: 1, calls: 1, all: false };
  const swept = { sweptUntilMillis: clock.nowMillis(), types: [], resumeAtMillis: undefined };
  return createSweepRun({
    sweeper: { run: isFailure ? failure : async () => ({ ...facts, sweep: swept }), lagMillis: async () => lagMillis },
    ...{ clock, putMetrics, ...silent },
  })();
};

const sealed = { records: 1, segments: 1, late: 0, differing: 0, isSigned: true, isBusy: false, isComplete: true };

/** A run that seals the audit log with these facts, or one that fails. */
export const seal = (facts: Partial<typeof sealed> | 'failed'): Promise<void> => {
  const run = facts === 'failed' ? failure : async () => ({ ...sealed, ...facts });
  return createSealRuns({ run, putMetrics, onRun: () => {} })().catch(() => {});
};
