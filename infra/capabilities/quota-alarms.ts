/** Alarms of the tenant's budget: near its limit, refused calls by what refused them, 429s of the tenant, and its store. */
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { nearLimitPercent } from '../../shared/config/metrics.ts';
import type { RefusalCause } from '../../shared/quota/governor-options.ts';
import { type Alarms, points } from '../constructs/alarms.ts';

const minute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);
const quarter = Duration.minutes(15);

/** What refuses a call when the tenant's window is used up, or the rest of it is kept for others. */
const budgetCauses = ['tenant', 'share', 'bookings', 'reserve', 'small', 'waiting'] as const;
/** What refuses a call after a 429 of the tenant. */
const pauseCauses = ['pause', 'operation'] as const;

const refusedBy = (alarms: Alarms, causes: readonly RefusalCause[], period: Duration) =>
  alarms.sum(
    `Calls refused by ${causes.join(', ')}`,
    Object.fromEntries(causes.map((Cause) => [Cause, alarms.metric('QuotaRefused', Stats.SUM, period, { Cause })])),
    period,
  );

const watchLimit = (alarms: Alarms): void => {
  const used = alarms.metric('QuotaUsed', Stats.MAXIMUM, minute);
  const limit = alarms.metric('QuotaLimit', Stats.MINIMUM, minute);
  alarms.add(
    'NearTenantLimit',
    new MathExpression({
      expression: '100 * used / limit',
      usingMetrics: { used, limit },
      label: 'Percent of the budget that is used',
      period: minute,
    }),
    nearLimitPercent,
    { what: 'The calls of one minute are near the limit', section: 'near the limit of the tenant' },
  );
};

const watchRefusals = (alarms: Alarms): void => {
  // A short burst waits, and what does not fit is refused by design. For ten minutes it means that applications want more than there is.
  alarms.add(
    'RefusedByBudget',
    refusedBy(alarms, budgetCauses, fiveMinutes),
    60,
    { what: 'Calls are refused because the limit of the tenant is used up', section: 'calls refused by the budget' },
    points(2, 3),
  );
  // A consumer that waits as Retry-After says is refused a few times a minute. One that does not wait comes to hundreds.
  alarms.add('RefusedByCap', alarms.metric('QuotaRefused', Stats.SUM, quarter, { Cause: 'cap' }), 300, {
    what: 'A consumer goes on calling although its own cap is spent',
    section: 'calls refused by a cap',
  });
  alarms.add('RefusedByPause', refusedBy(alarms, pauseCauses, fiveMinutes), 10, {
    what: 'Calls are refused because the tenant has answered 429',
    section: 'the tenant answers 429',
  });
  // The facade's own code failed; nothing else is counted as a fault.
  alarms.add('RefusedByFault', alarms.metric('QuotaRefused', Stats.SUM, fiveMinutes, { Cause: 'fault' }), 1, {
    what: 'The governor of the budget failed',
    section: 'the governor failed',
  });
};

/** The facade never sends more than the limit, so a 429 means that others use the tenant. One alone pauses its operation and costs little. */
const watchAnswers = (alarms: Alarms): void => {
  alarms.add('QuotaUpstream429', alarms.metric('QuotaUpstream429', Stats.SUM, fiveMinutes), 3, {
    what: 'The tenant answers 429 although the facade is below the limit',
    section: 'the tenant answers 429',
  });
};

/** One trouble with three signs, of which the stage's `quotaWhenStoreFails` decides the last two. */
const watchStore = (alarms: Alarms): void => {
  const parts = [
    // A conflict of writers is no failure, and a single failure is repeated.
    alarms.add(
      'QuotaStoreFailures',
      alarms.metric('QuotaStoreFailures', Stats.SUM, minute),
      5,
      { what: 'The table of the budget fails', section: 'the table of the budget fails' },
      { ...points(2, 3), isQuiet: true },
    ),
    alarms.add(
      'RefusedByStore',
      alarms.metric('QuotaRefused', Stats.SUM, minute, { Cause: 'store' }),
      1,
      { what: 'Calls are refused because the table of the budget fails', section: 'the table of the budget fails' },
      { isQuiet: true },
    ),
    // The ceiling does not hold for these calls.
    alarms.add(
      'QuotaAdmittedUnasked',
      alarms.metric('QuotaAdmittedUnasked', Stats.SUM, minute),
      1,
      { what: 'Calls are sent uncounted', section: 'the table of the budget fails' },
      { isQuiet: true },
    ),
  ];
  alarms.addGroup('QuotaStore', parts, {
    what: 'The table of the budget fails',
    section: 'the table of the budget fails',
  });
};

export const watchQuota = (alarms: Alarms): void => {
  watchLimit(alarms);
  watchRefusals(alarms);
  watchAnswers(alarms);
  watchStore(alarms);
};
