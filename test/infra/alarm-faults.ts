/** For each alarm of the template, a fault that makes it ring: what happens each minute while it lasts. */
import { countHoldsNotSet, countOrder, countSeal, countVerification } from '../../functions/edge/archive-metrics.ts';
import { countExport, countSweep } from '../../functions/edge/export-events.ts';
import { connectFacadeEvents, raiseFacadeEvent, withFacadeEvents } from '../../functions/edge/facade-events.ts';
import { createFanOutMetrics } from '../../functions/edge/fan-out-metrics.ts';
import { countNotNoted, countReconstructed } from '../../functions/edge/gap-metrics.ts';
import { putKeepAliveMetrics } from '../../functions/edge/keep-alive-metrics.ts';
import { putMetrics } from '../../functions/edge/put-metrics.ts';
import { putBudgetMetrics } from '../../functions/edge/quota-metrics.ts';
import { countLooks } from '../../functions/edge/sample-metrics.ts';
import { tellOfSecret } from '../../functions/edge/secret-events.ts';
import { loggedTokenEvents } from '../../functions/edge/token-events.ts';
import { createUpstreamMetrics } from '../../functions/edge/upstream-metrics.ts';
import { reportLostRecord } from '../../functions/wiring/audit.ts';
import { reportKeyEvent } from '../../functions/wiring/credentials.ts';
import { reportLostOutcome } from '../../functions/wiring/idempotency.ts';
import type { MetricId } from '../../local/gateway/alarms/metric-store.ts';
import type { AuditRecord } from '../../shared/audit/record.ts';
import type { Governor } from '../../shared/quota/governor.ts';
import type { GovernorOptions, RefusalCounts } from '../../shared/quota/governor-options.ts';
import { createQuotaMetrics } from '../../shared/quota/metrics.ts';
import { defaultPolicy } from '../../shared/quota/policy.ts';
import { tokenEvent } from '../../shared/tokens/events.ts';
import type { KeepAliveReport } from '../../shared/tokens/keep-alive.ts';
import { exchangeOf } from '../shared/cache/support.ts';
import { app, createWorld, times } from '../shared/quota/world.ts';
import { tokenOf } from '../shared/tokens/builders.ts';
import { pull, push, seal, sweep, wake } from './provoked-runs.ts';

/** What AWS itself counts; the code prints the rest. @param watched the metrics of an alarm. */
type Counted = MetricId & { readonly value: number };
export type Fault = (
  watched: (alarm: string) => readonly MetricId[],
) => Promise<readonly Counted[]> | readonly Counted[];

const cause = new Error('no table');

const kept: KeepAliveReport = {
  ...{ living: 3, doubted: 0, dead: 0, touched: 1, left: 0, orphaned: 0, unreadable: 0, brokenOff: 0 },
  ...{ oldestIdleDays: 1, daysLeft: [29, 29, 29] },
};
const keepAlive = (facts: Partial<KeepAliveReport> = {}): void =>
  putKeepAliveMetrics({ ...kept, ...facts }, putMetrics);

/** Lines of the code, and nothing of AWS. */
const lines =
  (act: () => unknown): Fault =>
  async () => {
    await act();
    return [];
  };

/** A metric of AWS that an alarm watches has this value, so many times. */
const ofAws =
  (alarm: string, value: number, count = 1): Fault =>
  (watched) =>
    times(count, () => ({ ...(watched(alarm)[0] as MetricId), value }));

/** The budget of a minute in which `act` happens. */
const budget = (
  act: (governor: Governor, setFault: (fault: 'none' | 'down') => void) => void,
  options: Partial<GovernorOptions> = {},
): Fault =>
  lines(async () => {
    const { governor, time, setFault } = createWorld({ ...options, policy: { ...defaultPolicy, limit: 10 } });
    const take = createQuotaMetrics(governor, defaultPolicy, time.now);
    act(governor, setFault);
    await time.runUntil(60_000);
    const taken = take();
    if (taken) putBudgetMetrics(taken, putMetrics);
  });

const ask = (governor: Governor, count: number, applicant: Parameters<Governor['admit']>[0] = app): void => {
  for (const call of times(count, () => governor.admit(applicant))) call.catch(() => {});
};

const storeDown = (whenStoreFails: 'refuse' | 'admit') =>
  budget(
    (governor, setFault) => {
      setFault('down');
      ask(governor, 10);
    },
    { whenStoreFails },
  );

const refused = (counts: RefusalCounts): Fault =>
  lines(() => {
    const values = {
      QuotaWaitMillis: 0,
      QuotaAdmitted: 0,
      QuotaStoreFailures: 0,
      QuotaUpstream429: 0,
      QuotaAdmittedUnasked: 0,
    };
    putBudgetMetrics({ values, refused: counts }, putMetrics);
  });

/** A minute with these numbers of answers of the tenant, by status. */
export const answers = (counts: Readonly<Record<number, number>>): Fault =>
  lines(() => {
    let nowMillis = 0;
    const sends = createUpstreamMetrics(putMetrics, () => nowMillis);
    for (const [status, count] of Object.entries(counts))
      for (let send = 0; send < count; send += 1) {
        nowMillis += 60_000;
        sends.observe({ kind: 'answered', status: Number(status), millis: 10 });
      }
  });

/**
 * A tenant that takes calls and never answers: each execution loses a call after so many seconds and makes the next.
 * @param apartSeconds between the begins of one execution and the next. @param executionCount ten are all that a small account has.
 */
export const hanging = (lostAfterSeconds: number, apartSeconds: number, executionCount = 10): Fault => {
  let nowMillis = 0;
  const executions = Array.from({ length: executionCount }, (_, index) => ({
    sends: createUpstreamMetrics(putMetrics, () => nowMillis),
    lostAtMillis: (index * apartSeconds + lostAfterSeconds) * 1_000,
  }));
  return lines(() => {
    const untilMillis = nowMillis + 60_000;
    for (const execution of executions)
      for (; execution.lostAtMillis < untilMillis; execution.lostAtMillis += lostAfterSeconds * 1_000) {
        nowMillis = execution.lostAtMillis;
        execution.sends.observe({ kind: 'lost' });
      }
    nowMillis = untilMillis;
  });
};

const loseEvent = (): Promise<void> => {
  connectFacadeEvents({ send: () => Promise.reject(new Error('no queue')) }, 'prod');
  const data = { living: 0, doubted: 3, dead: 0 };
  return withFacadeEvents('r', async () => raiseFacadeEvent({ type: 'tokens.distrusted', subject: 'tokens', data }));
};

const showSecret = (): void =>
  tellOfSecret(exchangeOf(), { kind: 'service', id: 'k', principal: 'p', secret: 's' }, { where: 'body', how: 'cut' });

const key = { upstream: 'signals', id: 'k', owner: 'somebody' };
const keyRefused = lines(() => reportKeyEvent({ kind: 'refused', ...key }));
const sweepFails = lines(() => sweep({ failedSinceSeconds: undefined }));
const nothing: Fault = () => [];

/** A minute in which everything works. */
export const quietRun: Fault = lines(async () => {
  await sweep('succeeded');
  await pull({});
  await wake({ oldestSeconds: 0 });
  keepAlive();
  countLooks({ looks: 0, failed: 0 });
  countSeal({ isSealed: true });
  countHoldsNotSet(0);
  countVerification({ isDue: true, faults: 0, ended: { documents: 1 } });
  await seal({});
});

const deadLetters = (name: string) => ({ [`${name}DeadLetters`]: ofAws(`${name}DeadLetters`, 1) });
const notRead = (name: string, seconds: number) => ({ [`${name}NotRead`]: ofAws(`${name}NotRead`, seconds) });

export const faults: Readonly<Record<string, Fault>> = {
  Failures: ofAws('Failures', 1, 5),
  Throttled: ofAws('Throttled', 1),
  UpstreamFailing: answers({ 503: 12 }),
  NearTenantLimit: budget((governor) => ask(governor, 10)),
  RefusedByBudget: budget((governor) => ask(governor, 60)),
  RefusedByCap: budget((governor) => ask(governor, 60, { ...app, caps: [{ windowSeconds: 60, units: 1 }] })),
  RefusedByPause: refused({ operation: 2, pause: 1 }),
  RefusedByFault: refused({ fault: 1 }),
  RefusedByStore: storeDown('refuse'),
  QuotaUpstream429: budget((governor) => governor.upstreamRefused(1_000)),
  QuotaStoreFailures: storeDown('refuse'),
  QuotaAdmittedUnasked: storeDown('admit'),
  QuotaStore: storeDown('refuse'),
  SweepFailed: sweepFails,
  SweepBehind: sweepFails,
  SweepLag: lines(() => sweep({ failedSinceSeconds: 180 })),
  SweepSilent: nothing,
  AuditRecordsLost: lines(() => reportLostRecord({} as AuditRecord, cause)),
  AuditLogChanged: lines(() => seal({ late: 1 })),
  AuditSealFailed: lines(() => seal('failed')),
  AuditSealSilent: nothing,
  IdempotencyOutcomesLost: lines(() => reportLostOutcome('the outcome was not kept', cause)),
  KeyRefused: keyRefused,
  CredentialRefused: keyRefused,
  CredentialDisabled: lines(() => reportKeyEvent({ kind: 'disabled', ...key })),
  CredentialStoreFailed: lines(() => reportKeyEvent({ kind: 'unopened', upstream: 'signals', cause })),
  SecretShown: lines(showSecret),
  TokensExpired: lines(() => loggedTokenEvents.raise(tokenEvent('token.expired', tokenOf(), 0))),
  TokensIdle: lines(() => keepAlive({ oldestIdleDays: 8 })),
  TokensDistrusted: lines(() => keepAlive({ brokenOff: 1 })),
  TokensUnreadable: lines(() => keepAlive({ unreadable: 1 })),
  KeepAliveFailed: ofAws('KeepAliveFailed', 1),
  KeepAliveSilent: nothing,
  SampleCheckSilent: nothing,
  EventsLost: lines(loseEvent),
  HookFailed: lines(() => push('failed')),
  HookMalformed: lines(() => push('malformed')),
  HookRefused: lines(() => push('refused')),
  PushLag: lines(() => push({ lagSeconds: 900 })),
  PullFailed: lines(() => pull('failed')),
  PullLag: lines(() => pull({ lagMillis: 4_000_000 })),
  PullOverflowed: lines(() => pull({ overflowed: 1 })),
  PullSilent: nothing,
  NotificationsReconstructed: lines(() => countReconstructed(1)),
  ChangesNotNoted: lines(countNotNoted),
  DeliveriesOverdue: lines(() => wake({ oldestSeconds: 4_000 })),
  DeliveriesDeadLettered: lines(() => {
    const fanOut = createFanOutMetrics(putMetrics);
    fanOut.observe({ deadLettered: 1 });
    fanOut.handIn();
  }),
  WakeFailed: lines(() => wake('failed')),
  WakeSilent: nothing,
  ExportsFailed: lines(() => countExport({ state: 'failed', kind: 'pdf' })),
  ExportsStuck: lines(() => countSweep({ open: 3, mended: 1, byKind: {} as never, oldestQueuedSeconds: 0 })),
  ArchiveFailed: lines(() => countOrder('failed')),
  ArchiveFaults: lines(() => countVerification({ isDue: true, faults: 1 })),
  ArchiveSealSilent: nothing,
  ArchiveVerifySilent: nothing,
  HoldsNotSet: lines(() => countHoldsNotSet(1)),
  HoldsSilent: nothing,
  ...deadLetters('Archive'),
  ...notRead('Archive', 4_000),
  ...deadLetters('Operations'),
  ...deadLetters('Ingress'),
  ...deadLetters('Replays'),
  ...deadLetters('Pulls'),
  ...deadLetters('Purges'),
  ...deadLetters('Enrichment'),
  ...notRead('Operations', 90_000),
  ...notRead('Ingress', 4_000),
  ...notRead('Purges', 4_000),
};
