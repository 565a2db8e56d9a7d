/** Runs everything in the code that puts metrics of a stage. */
import type { SQSRecord } from 'aws-lambda';
import { expect } from 'vitest';
import * as z from 'zod';
import { countOrder, countSeal } from '../../functions/edge/archive-metrics.ts';
import { countExport, countSweep } from '../../functions/edge/export-events.ts';
import { connectFacadeEvents, raiseFacadeEvent, withFacadeEvents } from '../../functions/edge/facade-events.ts';
import { createFanOutMetrics } from '../../functions/edge/fan-out-metrics.ts';
import { countNotNoted, countReconstructed } from '../../functions/edge/gap-metrics.ts';
import { createHookRoutes } from '../../functions/edge/hook-routes.ts';
import { reportCut } from '../../functions/edge/http-handler.ts';
import type { HttpRequest } from '../../functions/edge/http-request.ts';
import { putKeepAliveMetrics } from '../../functions/edge/keep-alive-metrics.ts';
import { createRequestMetrics } from '../../functions/edge/metrics.ts';
import { createPullRuns } from '../../functions/edge/pull-runs.ts';
import { putMetrics } from '../../functions/edge/put-metrics.ts';
import { queueHandler } from '../../functions/edge/queue-handler.ts';
import { putBudgetMetrics } from '../../functions/edge/quota-metrics.ts';
import { tellOfSecret } from '../../functions/edge/secret-events.ts';
import { createSweepRuns } from '../../functions/edge/sweep-runs.ts';
import { loggedTokenEvents } from '../../functions/edge/token-events.ts';
import { createUpstreamMetrics } from '../../functions/edge/upstream-metrics.ts';
import { createWakeRuns } from '../../functions/edge/wake-runs.ts';
import { reportLostRecord } from '../../functions/wiring/audit.ts';
import { reportKeyEvent } from '../../functions/wiring/credentials.ts';
import { reportLostOutcome } from '../../functions/wiring/idempotency.ts';
import { reportUncounted } from '../../functions/wiring/large-answers.ts';
import type { AuditRecord } from '../../shared/audit/record.ts';
import type { SweepResult } from '../../shared/cache/sweep/sweep.ts';
import { createMemoryPullLease } from '../../shared/notifications/adapters/pull-stores.ts';
import { withValue } from '../../shared/notifications/hook-header.ts';
import type { MessageOutcome } from '../../shared/queues/message.ts';
import type { RefusalCause } from '../../shared/quota/governor-options.ts';
import { createQuotaMetrics } from '../../shared/quota/metrics.ts';
import { defaultPolicy } from '../../shared/quota/policy.ts';
import { type TokenEventType, tokenEvent } from '../../shared/tokens/events.ts';
import { exchangeOf } from '../shared/cache/support.ts';
import { app, createWorld, times } from '../shared/quota/world.ts';
import { tokenOf } from '../shared/tokens/builders.ts';

const everyCause: Record<RefusalCause, number> = {
  ...{ cap: 1, share: 1, bookings: 1, reserve: 1, small: 1, tenant: 1 },
  ...{ pause: 1, operation: 1, waiting: 1, store: 1, fault: 1 },
};

const sweepParts = {
  ...{ clock: { nowMillis: () => 0 }, sleep: async () => {}, putMetrics, onRun: () => {}, onFailure: () => {} },
};

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
      ...{ pull: one, lease: createMemoryPullLease(clock), putMetrics, dismiss: async () => 1 },
      ...{ onRun: () => {}, onSkip: () => {}, onFailure: () => {} },
    })(0);
  const report = { retries: 0, latest: 0, undispatched: 0, replays: 0, leftOver: 0, oldestPendingMillis: 0 };
  const runs = [async () => report, () => Promise.reject(new Error('no table'))];
  for (const run of runs) await createWakeRuns({ run, clock, putMetrics, onRun: () => {} })().catch(() => {});
  countReconstructed(1);
  countNotNoted();
  const fanOut = createFanOutMetrics(putMetrics);
  fanOut.observe({
    ...{ sent: 1, pending: 1, unknown: 1, repeated: 1, deadLettered: 1, coalesced: 1, replayed: 1 },
    ...{ late: 1, foundUndispatched: 1 },
  });
  fanOut.handIn();
};

/** A sweep that never saw everything. */
export const emitOfFirstSweep = (): Promise<void> =>
  createSweepRuns({
    sweeper: { run: () => Promise.reject(new Error('no key yet')), lagMillis: async () => undefined },
    ...sweepParts,
  })();

const emitOfSweeps = async (): Promise<void> => {
  await emitOfFirstSweep();
  const run = async (): Promise<SweepResult> => ({
    ...{ purged: 1, calls: 1, all: false },
    sweep: { sweptUntilMillis: 1, types: [], resumeAtMillis: undefined },
  });
  await createSweepRuns({ sweeper: { run, lagMillis: async () => 0 }, ...sweepParts })();
};

/** A request with each verdict of the cache, and one with an error. */
const emitOfRequests = (): void => {
  let nowMillis = 0;
  const requests = createRequestMetrics({ functionName: 'native', nowMillis: () => nowMillis, put: putMetrics });
  const verdicts = [
    ...['hit; ttl=1', 'hit; ttl=-1', 'fwd=uri-miss; collapsed', 'fwd=stale; fwd-status=304', 'fwd=method'],
    ...['fwd=bypass', 'fwd=uri-miss'],
  ];
  for (const cacheStatus of verdicts) {
    nowMillis += 60_000;
    requests.count({ errorCode: 'INTERNAL', decision: { cacheStatus, cacheClass: 'entity', sends: [200] } });
  }
  reportCut('request-1', 1);
};

const emitOfUpstream = (): void => {
  let nowMillis = 0;
  const sends = createUpstreamMetrics(putMetrics, () => nowMillis);
  for (const status of [200, 304, 404, 503, 999]) {
    nowMillis += 60_000;
    sends.observe({ kind: 'answered', status, millis: 12 });
  }
  nowMillis += 60_000;
  sends.observe({ kind: 'lost' });
};

/** What is counted when a store or a key fails. */
const emitOfLosses = (): void => {
  const cause = new Error('no table');
  reportLostRecord({} as AuditRecord, cause);
  reportLostOutcome('the outcome was not kept', cause);
  reportUncounted('answer not counted', cause);
  for (const kind of ['refused', 'disabled'] as const)
    reportKeyEvent({ kind, upstream: 'signals', id: 'k', owner: 'somebody' });
  reportKeyEvent({ kind: 'unread', upstream: 'signals', cause });
};

const emitOfQueues = async (): Promise<void> => {
  const outcomes: MessageOutcome[] = [
    { kind: 'done' },
    { kind: 'retry', reason: 'not yet' },
    { kind: 'dead-letter', reason: 'unfit' },
  ];
  const care = { hide: async () => {}, keep: async () => {} };
  const record = {
    ...{ messageId: 'm', receiptHandle: 'r', body: '{}', eventSourceARN: 'arn:aws:sqs:us-east-1:1:q' },
    ...{ attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0' }, messageAttributes: {} },
  } as unknown as SQSRecord;
  for (const outcome of outcomes)
    await queueHandler({ queue: 'jobs', body: z.object({}), care, mostReceives: 4 }, async () => outcome)(
      { Records: [record] },
      { getRemainingTimeInMillis: () => 60_000 },
    );
};

const emitRest = async (): Promise<void> => {
  for (const state of ['succeeded', 'failed'] as const) countExport({ state });
  countSweep({ open: 2, mended: 1 });
  for (const state of ['done', 'failed'] as const) countOrder(state);
  countSeal({ isSealed: true });
  await emitOfNotifications();
  putKeepAliveMetrics(
    {
      ...{ living: 0, doubted: 0, dead: 0, touched: 0, left: 0 },
      ...{ orphaned: 0, unreadable: 0, brokenOff: 0, oldestIdleDays: 0, daysLeft: [0, 29] },
    },
    putMetrics,
  );
  const types: readonly TokenEventType[] = ['token.expired', 'token.expiring'];
  for (const type of types) loggedTokenEvents.raise(tokenEvent(type, tokenOf(), 0));
  tellOfSecret(exchangeOf(), { kind: 'service', id: 'k', principal: 'p', secret: 's' }, { where: 'body', how: 'cut' });
  const { governor, time } = createWorld({ policy: { ...defaultPolicy, limit: 10 } });
  const take = createQuotaMetrics(governor, defaultPolicy, time.now);
  for (const call of times(12, () => governor.admit(app))) call.catch(() => {});
  await time.runUntil(60_000);
  const taken = take() ?? expect.fail('no metrics of the budget');
  putBudgetMetrics(taken, putMetrics);
  // Each cause of a refusal has tests of its own (test/shared/quota).
  putBudgetMetrics({ ...taken, refused: { ...everyCause, ...taken.refused } }, putMetrics);
  emitOfRequests();
  emitOfUpstream();
  emitOfLosses();
  await emitOfQueues();
  await emitOfSweeps();
};

/** The lines go to standard output. */
export const emitAll = async (): Promise<void> => {
  connectFacadeEvents({ send: () => Promise.reject(new Error('no queue')) }, 'prod');
  await withFacadeEvents('request-1', emitRest);
  connectFacadeEvents({ send: async () => [] }, 'prod');
  await withFacadeEvents('request-2', async () =>
    raiseFacadeEvent({ type: 'tokens.distrusted', subject: 'tokens', data: { living: 0, doubted: 3, dead: 0 } }),
  );
};
