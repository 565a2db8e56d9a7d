/** Runs everything in the code that puts metrics of a stage. */
import type { SQSRecord } from 'aws-lambda';
import { expect } from 'vitest';
import * as z from 'zod';
import {
  countHoldsNotSet,
  countOpenOrders,
  countOrder,
  countSeal,
  countVerification,
} from '../../functions/edge/archive-metrics.ts';
import { countExport, countSweep } from '../../functions/edge/export-events.ts';
import { connectFacadeEvents, raiseFacadeEvent, withFacadeEvents } from '../../functions/edge/facade-events.ts';
import { createFanOutMetrics } from '../../functions/edge/fan-out-metrics.ts';
import { countNotNoted, countReconstructed } from '../../functions/edge/gap-metrics.ts';
import { reportCut } from '../../functions/edge/http-handler.ts';
import { putKeepAliveMetrics } from '../../functions/edge/keep-alive-metrics.ts';
import { createListRoutes } from '../../functions/edge/list-routes.ts';
import { createRequestMetrics } from '../../functions/edge/metrics.ts';
import { putMetrics } from '../../functions/edge/put-metrics.ts';
import { queueHandler } from '../../functions/edge/queue-handler.ts';
import { putBudgetMetrics } from '../../functions/edge/quota-metrics.ts';
import { countDrift, countLooks } from '../../functions/edge/sample-metrics.ts';
import { tellOfSecret } from '../../functions/edge/secret-events.ts';
import { loggedTokenEvents } from '../../functions/edge/token-events.ts';
import { createUpstreamMetrics } from '../../functions/edge/upstream-metrics.ts';
import { reportLostRecord } from '../../functions/wiring/audit.ts';
import { reportKeyEvent } from '../../functions/wiring/credentials.ts';
import { reportLostOutcome } from '../../functions/wiring/idempotency.ts';
import { reportUncounted } from '../../functions/wiring/large-answers.ts';
import type { AuditRecord } from '../../shared/audit/record.ts';
import type { MessageOutcome } from '../../shared/queues/message.ts';
import type { RefusalCause } from '../../shared/quota/governor-options.ts';
import { createQuotaMetrics } from '../../shared/quota/metrics.ts';
import { defaultPolicy } from '../../shared/quota/policy.ts';
import { type TokenEventType, tokenEvent } from '../../shared/tokens/events.ts';
import { exchangeOf } from '../shared/cache/support.ts';
import { app, createWorld, times } from '../shared/quota/world.ts';
import { tokenOf } from '../shared/tokens/builders.ts';
import { createListParts, secretOfLists } from '../support/facade/lists.ts';
import { pull, push, seal, sweep, wake } from './provoked-runs.ts';

const everyCause: Record<RefusalCause, number> = {
  ...{ cap: 1, share: 1, bookings: 1, reserve: 1, small: 1, tenant: 1 },
  ...{ pause: 1, operation: 1, waiting: 1, store: 1, fault: 1 },
};

/** Calls of the tenant to a list: answered, answered with an old copy, failed, refused. */
const emitOfLists = async (): Promise<void> => {
  const parts = createListParts({ nowMillis: Date.now });
  const handle = createListRoutes({ ...parts, putMetrics });
  const origin = { kind: 'url', url: 'https://sor.example.com/' } as const;
  await parts.addList({ origin, freshSeconds: 0 });
  const call = (secret: string) =>
    handle(
      {
        ...{ requestId: 'r', method: 'GET', path: '/lists/projects', route: '/lists/{proxy+}', query: [] },
        ...{ publicUrl: '', deadlineMillis: 0, body: undefined, headers: [['x-list-secret', secret]] },
      },
      {},
    ).catch(() => {});
  parts.answerWith(500);
  await call(secretOfLists);
  parts.answer(async () => ({ status: 200, text: '[]' }));
  await call(secretOfLists);
  parts.answerWith(500);
  await call(secretOfLists);
  await call('wrong');
};

/** What brings notifications in and sends them on. */
const emitOfNotifications = async (): Promise<void> => {
  for (const outcome of [{ lagSeconds: 1 }, 'malformed', 'failed', 'refused'] as const) await push(outcome);
  await pull({ found: 1, malformed: 1, overflowed: 1 });
  await pull('failed');
  await wake({ oldestSeconds: 0 });
  await wake('failed');
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
export const emitOfFirstSweep = (): Promise<void> => sweep({ failedSinceSeconds: undefined });

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
  for (const state of ['succeeded', 'failed', 'cancelled'] as const) countExport({ state, kind: 'pdf' });
  const none = { queued: 0, running: 0 };
  countSweep({
    ...{ open: 2, mended: 1, oldestQueuedSeconds: 3 },
    byKind: { pdf: { queued: 1, running: 1 }, bulk: none, materials: none, extract: none },
  });
  countLooks({ looks: 2, failed: 1 });
  countDrift();
  countOpenOrders(1);
  for (const state of ['done', 'failed'] as const) countOrder(state);
  countSeal({ isSealed: true });
  countHoldsNotSet(1);
  countVerification({ isDue: true, faults: 0, ended: { documents: 1 } });
  for (const run of [{}, 'failed'] as const) await seal(run);
  await emitOfNotifications();
  putKeepAliveMetrics(
    {
      ...{ living: 1, doubted: 1, dead: 1, touched: 1, left: 1 },
      ...{ orphaned: 1, unreadable: 1, brokenOff: 1, oldestIdleDays: 1, daysLeft: [0, 29] },
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
  const failures = { QuotaStoreFailures: 1, QuotaUpstream429: 1, QuotaAdmittedUnasked: 1 };
  // Each cause of a refusal has tests of its own (test/shared/quota).
  const refused = { ...everyCause, ...taken.refused };
  putBudgetMetrics({ values: { ...taken.values, ...failures }, refused }, putMetrics);
  emitOfRequests();
  emitOfUpstream();
  emitOfLosses();
  await emitOfLists();
  await emitOfQueues();
  await emitOfFirstSweep();
  await sweep('succeeded');
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
