/** The alarms of the template: which there are, and when each rings. */
import { describe, expect, it } from 'vitest';
import { nonEmpty } from '../support/non-empty.ts';
import { alarms } from './stage-alarms.ts';

const reached = 'GreaterThanOrEqualToThreshold';

/** Name, comparison, threshold, periods, and what missing data counts as. */
const limits = [
  ['Failures', reached, 5, 1, 'notBreaching'],
  ['Throttled', reached, 1, 1, 'notBreaching'],
  ['NearTenantLimit', reached, 90, 1, 'notBreaching'],
  ['SecretShown', reached, 1, 1, 'notBreaching'],
  ['TokensExpired', reached, 1, 1, 'notBreaching'],
  ['TokensIdle', reached, 7, 1, 'notBreaching'],
  ['TokensDistrusted', reached, 1, 1, 'notBreaching'],
  ['TokensUnreadable', reached, 1, 1, 'notBreaching'],
  ['KeepAliveFailed', reached, 1, 1, 'notBreaching'],
  ['KeepAliveSilent', 'LessThanThreshold', 1, 3, 'missing'],
  ['ArchiveDeadLetters', reached, 1, 1, 'notBreaching'],
  ['ArchiveFailed', reached, 1, 1, 'notBreaching'],
  ['ArchiveFaults', reached, 1, 1, 'notBreaching'],
  ['ArchiveNotRead', reached, 3_600, 1, 'notBreaching'],
  ['ArchiveSealSilent', 'LessThanThreshold', 1, 2, 'missing'],
  ['ArchiveVerifySilent', 'LessThanThreshold', 1, 3, 'missing'],
  ['HoldsNotSet', reached, 1, 1, 'notBreaching'],
  ['HoldsSilent', 'LessThanThreshold', 1, 1, 'missing'],
  ['EventsLost', reached, 1, 1, 'notBreaching'],
  ['OperationsDeadLetters', reached, 1, 1, 'notBreaching'],
  ['OperationsNotRead', reached, 86_400, 1, 'notBreaching'],
  ['DeliveriesDeadLettered', reached, 1, 1, 'notBreaching'],
  ['DeliveriesOverdue', reached, 3_600, 1, 'notBreaching'],
  ['ExportsFailed', reached, 3, 1, 'notBreaching'],
  ['ExportsStuck', reached, 3, 1, 'notBreaching'],
  ['HookFailed', reached, 1, 1, 'notBreaching'],
  ['HookMalformed', reached, 1, 1, 'notBreaching'],
  ['HookRefused', reached, 10, 1, 'notBreaching'],
  ['IngressDeadLetters', reached, 1, 1, 'notBreaching'],
  ['IngressNotRead', reached, 3_600, 1, 'notBreaching'],
  ['NotificationsReconstructed', reached, 1, 1, 'notBreaching'],
  ['PullFailed', reached, 3, 1, 'notBreaching'],
  ['PullLag', reached, 3_600, 1, 'notBreaching'],
  ['PullOverflowed', reached, 1, 1, 'notBreaching'],
  ['EnrichmentDeadLetters', reached, 1, 1, 'notBreaching'],
  ['PullsDeadLetters', reached, 1, 1, 'notBreaching'],
  ['PurgesDeadLetters', reached, 1, 1, 'notBreaching'],
  ['PurgesNotRead', reached, 3_600, 1, 'notBreaching'],
  ['PushLag', reached, 600, 1, 'notBreaching'],
  ['ChangesNotNoted', reached, 3, 1, 'notBreaching'],
  ['ReplaysDeadLetters', reached, 1, 1, 'notBreaching'],
  ['WakeFailed', reached, 3, 1, 'notBreaching'],
  ['WakeSilent', 'LessThanThreshold', 1, 2, 'missing'],
  ['PullSilent', 'LessThanThreshold', 1, 2, 'missing'],
  ['UpstreamFailing', reached, 20, 1, 'notBreaching'],
  ['RefusedByBudget', reached, 60, 3, 'notBreaching'],
  ['RefusedByCap', reached, 300, 1, 'notBreaching'],
  ['RefusedByPause', reached, 10, 1, 'notBreaching'],
  ['RefusedByFault', reached, 1, 1, 'notBreaching'],
  ['RefusedByStore', reached, 1, 1, 'notBreaching'],
  ['QuotaUpstream429', reached, 3, 1, 'notBreaching'],
  ['QuotaStoreFailures', reached, 5, 3, 'notBreaching'],
  ['QuotaAdmittedUnasked', reached, 1, 1, 'notBreaching'],
  ['SweepFailed', reached, 4, 1, 'notBreaching'],
  ['SweepLag', reached, 120, 3, 'notBreaching'],
  ['SampleCheckSilent', 'LessThanThreshold', 1, 1, 'missing'],
  ['SweepSilent', 'LessThanThreshold', 1, 2, 'missing'],
  ['AuditRecordsLost', reached, 1, 1, 'notBreaching'],
  ['AuditLogChanged', reached, 1, 1, 'notBreaching'],
  ['AuditSealFailed', reached, 2, 1, 'notBreaching'],
  ['AuditSealSilent', 'LessThanThreshold', 1, 26, 'missing'],
  ['IdempotencyOutcomesLost', reached, 1, 1, 'notBreaching'],
  ['CredentialRefused', reached, 1, 1, 'notBreaching'],
  ['CredentialDisabled', reached, 1, 1, 'notBreaching'],
  ['CredentialStoreFailed', reached, 3, 1, 'notBreaching'],
] as const;

/** Of those with more than one data point that are not silent: how many must reach the threshold. */
const neededOf: Readonly<Record<string, number>> = {
  RefusedByBudget: 2,
  QuotaStoreFailures: 2,
  SweepLag: 3,
};

describe('the alarms', () => {
  it.each(limits)('%s: %s %d in %d periods, missing data %s', (name, operator, threshold, periods, missing) => {
    expect(alarms.get(name)).toMatchObject({
      ComparisonOperator: operator,
      Threshold: threshold,
      EvaluationPeriods: periods,
      DatapointsToAlarm: neededOf[name] ?? periods,
      TreatMissingData: missing,
    });
  });

  it('are those above and no others', () => {
    expect([...alarms.keys()].sort()).toEqual(limits.map(([name]) => name).sort());
  });

  it('ring at no first deployment: missing data never counts as breaching, and nothing that is 0 at the start breaches', () => {
    for (const [name, { TreatMissingData, ComparisonOperator, Threshold }] of nonEmpty(alarms)) {
      expect(TreatMissingData, name).not.toBe('breaching');
      if (ComparisonOperator === 'GreaterThanOrEqualToThreshold') expect(Threshold, name).toBeGreaterThan(0);
    }
  });
});
