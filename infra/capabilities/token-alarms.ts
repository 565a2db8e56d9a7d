/** The alarms on linked tokens: those that die, those that are not touched, and the run that touches them. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarms } from '../constructs/alarms.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';

/** Three weeks before the first of them dies. With the longest interval between touches that a stage may have, 28 days. */
const idleDays = 7;
const silentHours = 3;

export const watchTokens = (alarms: Alarms, keepalive: FacadeFunction): void => {
  alarms.add('TokensExpired', alarms.metric('TokensExpired', Stats.SUM), 1, {
    what: 'The tenant refuses a linked token',
    section: 'tokens that died',
  });
  alarms.add('TokensIdle', alarms.metric('TokensOldestIdleDays', Stats.MAXIMUM), idleDays, {
    what: 'Idle tokens are not being touched',
    section: 'tokens that are not touched',
  });
  alarms.add('TokensDistrusted', alarms.metric('TokensDistrusted', Stats.MAXIMUM), 1, {
    what: 'The tenant refuses every token that it is asked about',
    section: 'tokens that are refused all at once',
  });
  alarms.add('TokensUnreadable', alarms.metric('TokensUnreadable', Stats.MAXIMUM), 1, {
    what: 'A record of a token cannot be understood',
    section: 'tokens that cannot be read',
  });
  // The metrics above are put by a run that succeeds: these two tell when none does.
  alarms.add(
    'KeepAliveFailed',
    keepalive.function.metricErrors({ period: Duration.hours(1), statistic: Stats.SUM }),
    1,
    { what: 'A run that touches idle tokens failed', section: 'tokens that are not touched' },
  );
  alarms.addForSilence('KeepAliveSilent', alarms.metric('TokensLiving', Stats.SAMPLE_COUNT), silentHours, {
    what: `No run has touched idle tokens for ${silentHours} hours`,
    section: 'tokens that are not touched',
  });
};
