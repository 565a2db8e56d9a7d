/** Alarms of notifications: what did not come in, and what does not go out. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarms, Trouble } from '../constructs/alarms.ts';

/** Half an hour: a pull of a long time ends after some minutes, and goes on in the next run. */
const silentQuarters = 2;

/** Each with its section in docs/runbook.md. */
export const watchNotifications = (alarms: Alarms): void => {
  const fifteenMinutes = Duration.minutes(15);
  const add = (
    name: string,
    metric: Parameters<Alarms['metric']>[0],
    stat: string,
    threshold: number,
    trouble: Trouble,
  ) => alarms.add(name, alarms.metric(metric, stat, fifteenMinutes), threshold, trouble);
  add('HookFailed', 'HookFailed', Stats.SUM, 1, { what: 'A push was not kept', section: 'a push that was not kept' });
  add('HookRefused', 'HookRefused', Stats.SUM, 10, {
    what: 'Pushes with a wrong header',
    section: 'pushes that are refused',
  });
  add('HookMalformed', 'HookMalformed', Stats.SUM, 1, {
    what: 'A push is no notification',
    section: 'pushes that cannot be read',
  });
  add('PullFailed', 'PullFailed', Stats.SUM, 3, { what: 'The pull fails', section: 'the pull of notifications fails' });
  add('PullLag', 'PullLagSeconds', Stats.MAXIMUM, 3_600, {
    what: 'The pull is late',
    section: 'the pull of notifications is late',
  });
  add('NotificationsReconstructed', 'NotificationsReconstructed', Stats.SUM, 1, {
    what: 'The tenant has lost a notification',
    section: 'notifications that the tenant lost',
  });
  add('DeliveriesOverdue', 'OldestPendingSeconds', Stats.MAXIMUM, 3_600, {
    what: 'A subscriber has not got its notifications for an hour',
    section: 'deliveries that wait',
  });
  add('DeliveriesDeadLettered', 'DeliveriesDeadLettered', Stats.SUM, 1, {
    what: 'A notification was given up for a subscriber',
    section: 'dead letters of subscribers',
  });
  add('PullOverflowed', 'PullOverflowed', Stats.SUM, 1, {
    what: 'A pull could not read all of a time',
    section: 'times that a pull could not read in full',
  });
  add('PushLag', 'PushLagSeconds', 'p90', 600, {
    what: 'Pushes come ten minutes after their events',
    section: 'pushes that come late',
  });
  add('ChangesNotNoted', 'ChangesNotNoted', Stats.SUM, 3, {
    what: 'Gap detection misses changes',
    section: 'changes that gap detection misses',
  });
  add('WakeFailed', 'WakeFailed', Stats.SUM, 3, { what: 'Nothing is sent again', section: 'the wake-up fails' });
  // The metrics above are put at the end of a run: these two tell when none comes to its end.
  const silent = (name: string, metric: Parameters<Alarms['metric']>[0], trouble: Trouble) =>
    alarms.addForSilence(name, alarms.metric(metric, Stats.SAMPLE_COUNT, fifteenMinutes), silentQuarters, trouble);
  silent('WakeSilent', 'WakeFailed', {
    what: 'No run of the wake-up has ended for half an hour',
    section: 'the wake-up fails',
  });
  silent('PullSilent', 'PullFailed', {
    what: 'No pull has ended for half an hour',
    section: 'the pull of notifications fails',
  });
};
