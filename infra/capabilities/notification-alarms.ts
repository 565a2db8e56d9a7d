/** Alarms of notifications: what did not come in, and what does not go out. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarms } from '../constructs/alarms.ts';

/** Half an hour: a pull of a long time ends after some minutes, and goes on in the next run. */
const silentQuarters = 2;

/** Each with its section in docs/runbook.md. */
export const watchNotifications = (alarms: Alarms): void => {
  const fifteenMinutes = Duration.minutes(15);
  const add = (name: string, metric: Parameters<Alarms['metric']>[0], stat: string, threshold: number, text: string) =>
    alarms.add(name, alarms.metric(metric, stat, fifteenMinutes), threshold, text);
  add('HookFailed', 'HookFailed', Stats.SUM, 1, 'A push was not kept: docs/runbook.md, a push that was not kept');
  add(
    'HookRefused',
    'HookRefused',
    Stats.SUM,
    10,
    'Pushes with a wrong header: docs/runbook.md, pushes that are refused',
  );
  add(
    'HookMalformed',
    'HookMalformed',
    Stats.SUM,
    1,
    'A push is no notification: docs/runbook.md, pushes that cannot be read',
  );
  add('PullFailed', 'PullFailed', Stats.SUM, 3, 'The pull fails: docs/runbook.md, the pull of notifications fails');
  add(
    'PullLag',
    'PullLagSeconds',
    Stats.MAXIMUM,
    3_600,
    'The pull is late: docs/runbook.md, the pull of notifications is late',
  );
  add(
    'NotificationsReconstructed',
    'NotificationsReconstructed',
    Stats.SUM,
    1,
    'The tenant has lost a notification: docs/runbook.md, notifications that the tenant lost',
  );
  add(
    'DeliveriesOverdue',
    'OldestPendingSeconds',
    Stats.MAXIMUM,
    3_600,
    'A subscriber has not got its notifications for an hour: docs/runbook.md, deliveries that wait',
  );
  add(
    'DeliveriesDeadLettered',
    'DeliveriesDeadLettered',
    Stats.SUM,
    1,
    'A notification was given up for a subscriber: docs/runbook.md, dead letters of subscribers',
  );
  add(
    'PullOverflowed',
    'PullOverflowed',
    Stats.SUM,
    1,
    'A pull could not read all of a time: docs/runbook.md, times that a pull could not read in full',
  );
  add(
    'PushLag',
    'PushLagSeconds',
    'p90',
    600,
    'Pushes come ten minutes after their events: docs/runbook.md, pushes that come late',
  );
  add(
    'ChangesNotNoted',
    'ChangesNotNoted',
    Stats.SUM,
    3,
    'Gap detection misses changes: docs/runbook.md, changes that gap detection misses',
  );
  add('WakeFailed', 'WakeFailed', Stats.SUM, 3, 'Nothing is sent again: docs/runbook.md, the wake-up fails');
  // The metrics above are put at the end of a run: these two tell when none comes to its end.
  const silent = (name: string, metric: Parameters<Alarms['metric']>[0], text: string) =>
    alarms.addForSilence(name, alarms.metric(metric, Stats.SAMPLE_COUNT, fifteenMinutes), silentQuarters, text);
  silent(
    'WakeSilent',
    'WakeFailed',
    'No run of the wake-up has ended for half an hour: docs/runbook.md, the wake-up fails',
  );
  silent(
    'PullSilent',
    'PullFailed',
    'No pull has ended for half an hour: docs/runbook.md, the pull of notifications fails',
  );
};
