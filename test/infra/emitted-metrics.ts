/** Runs everything in the code that puts metrics of a stage. */
import { expect } from 'vitest';
import { countExport, countSweep } from '../../functions/edge/export-events.ts';
import { connectFacadeEvents, withFacadeEvents } from '../../functions/edge/facade-events.ts';
import { createFanOutMetrics } from '../../functions/edge/fan-out-metrics.ts';
import { countNotNoted, countReconstructed } from '../../functions/edge/gap-metrics.ts';
import { createHookRoutes } from '../../functions/edge/hook-routes.ts';
import type { HttpRequest } from '../../functions/edge/http-request.ts';
import { keepAliveMetrics } from '../../functions/edge/keep-alive-metrics.ts';
import { createRequestMetrics } from '../../functions/edge/metrics.ts';
import { createPullRuns } from '../../functions/edge/pull-runs.ts';
import { putMetrics } from '../../functions/edge/put-metrics.ts';
import { tellOfSecret } from '../../functions/edge/secret-events.ts';
import { createSweepRuns } from '../../functions/edge/sweep-runs.ts';
import { loggedTokenEvents } from '../../functions/edge/token-events.ts';
import { createWakeRuns } from '../../functions/edge/wake-runs.ts';
import { createMemoryPullLease } from '../../shared/notifications/adapters/pull-stores.ts';
import { withValue } from '../../shared/notifications/hook-header.ts';
import { createQuotaMetrics } from '../../shared/quota/metrics.ts';
import { defaultPolicy } from '../../shared/quota/policy.ts';
import { type TokenEventType, tokenEvent } from '../../shared/tokens/events.ts';
import { exchangeOf } from '../shared/cache/support.ts';
import { app, createWorld } from '../shared/quota/world.ts';
import { tokenOf } from '../shared/tokens/builders.ts';

/** What brings notifications in and sends them on. */
const emitOfNotifications = async (): Promise<void> => {
  const clock = { nowMillis: () => 60_000 };
  const value = { name: 'x-hook', value: 'a secret', nowMillis: 0, endsOthers: false };
  const notification = { id: 'n', type: 'close', entity: 'experiment:1', createdAtMillis: 0, receivedAtMillis: 1 };
  const push = {
    ...{ requestId: 'r', method: 'POST', path: '/hooks/signals', route: '/hooks/{proxy+}' },
    ...{ query: [], body: new Uint8Array(), publicUrl: '', deadlineMillis: 0 },
  };
  const outcomes = [
    async () => ({ notification: { ...notification, origin: 'push', document: {} }, taken: 'new' }) as const,
    async () => ({ reason: 'no JSON' }),
    () => Promise.reject(new Error('no table')),
  ];
  for (const takePush of outcomes)
    for (const secret of ['a secret', 'another']) {
      const parts = { readHeader: async () => withValue(undefined, value), intake: { takePush }, putMetrics };
      const headers: [string, string][] = [['x-hook', secret]];
      await createHookRoutes(parts)({ ...push, headers } as HttpRequest, {}).catch(() => {});
    }
  const counts = { calls: 0, seen: 0, found: 0, queuedAgain: 0, malformed: 0, overflowed: 0 };
  const pull = { lagMillis: async () => 0, run: async () => ({ ...counts, isComplete: true, lagMillis: 0 }) };
  const failing = { ...pull, run: () => Promise.reject(new Error('no tenant')) };
  for (const one of [pull, failing])
    await createPullRuns({
      ...{ pull: one, lease: createMemoryPullLease(clock), putMetrics },
      ...{ onRun: () => {}, onSkip: () => {}, onFailure: () => {} },
    })(0);
  const report = { retries: 0, latest: 0, undispatched: 0, replays: 0, leftOver: 0, oldestPendingMillis: 0 };
  const runs = [async () => report, () => Promise.reject(new Error('no table'))];
  for (const run of runs) await createWakeRuns({ run, clock, putMetrics, onRun: () => {} })().catch(() => {});
  countReconstructed(1);
  countNotNoted();
  const fanOut = createFanOutMetrics(putMetrics);
  fanOut.observe({ deadLettered: 1 });
  fanOut.handIn();
};

const emitRest = async (): Promise<void> => {
  for (const state of ['succeeded', 'failed'] as const) countExport({ state });
  countSweep({ mended: 1 });
  await emitOfNotifications();
  putMetrics(
    keepAliveMetrics({
      ...{ living: 0, doubted: 0, dead: 0, touched: 0, left: 0 },
      ...{ orphaned: 0, unreadable: 0, brokenOff: 0, oldestIdleDays: 0 },
    }),
  );
  const types: readonly TokenEventType[] = ['token.expired', 'token.expiring'];
  for (const type of types) loggedTokenEvents.raise(tokenEvent(type, tokenOf(), 0));
  tellOfSecret(exchangeOf(), { kind: 'service', id: 'k', principal: 'p', secret: 's' }, { where: 'body', how: 'cut' });
  const { governor, time } = createWorld({ policy: { ...defaultPolicy, limit: 10 } });
  const take = createQuotaMetrics(governor, defaultPolicy, time.now);
  void governor.admit(app);
  await time.runUntil(60_000);
  putMetrics(take() ?? expect.fail('no metrics of the budget'));
  const requests = createRequestMetrics({ functionName: 'native', nowMillis: () => 0, put: putMetrics });
  requests.count({ errorCode: 'INTERNAL', decision: { cacheStatus: 'hit', sends: [200] } });
  await createSweepRuns({
    sweeper: { run: () => Promise.reject(new Error('no key yet')), lagMillis: async () => undefined },
    clock: { nowMillis: () => 0 },
    sleep: async () => {},
    putMetrics,
    onRun: () => {},
    onFailure: () => {},
  })();
};

/** The lines go to standard output. */
export const emitAll = async (): Promise<void> => {
  connectFacadeEvents({ send: () => Promise.reject(new Error('no queue')) }, 'prod');
  await withFacadeEvents('request-1', emitRest);
};
