/** Alarms on the keys with which the facade calls the tenant. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarms } from '../constructs/alarms.ts';

const fiveMinutes = Duration.minutes(5);

export const watchCredentials = (alarms: Alarms): void => {
  const section = 'a key of the tenant is refused';
  // Each refusal was confirmed with a call of its own, and each key serves everybody: one counts.
  const parts = [
    alarms.add(
      'CredentialRefused',
      alarms.metric('CredentialRefused', Stats.SUM, fiveMinutes),
      1,
      { what: 'The tenant refuses a key of the facade', section },
      { isQuiet: true },
    ),
    alarms.add(
      'CredentialDisabled',
      alarms.metric('CredentialDisabled', Stats.SUM, fiveMinutes),
      1,
      { what: 'A key of the facade was disabled after refusals', section },
      { isQuiet: true },
    ),
  ];
  // A key is refused first and disabled later: one trouble.
  alarms.addGroup('KeyRefused', parts, { what: 'The tenant refuses a key of the facade', section });
  // An instance goes on with the keys that it knows, so single failures cost nothing.
  alarms.add('CredentialStoreFailed', alarms.metric('CredentialStoreFailed', Stats.SUM, fiveMinutes), 3, {
    what: 'Keys of the facade cannot be read, opened or written',
    section: 'keys cannot be read',
  });
};
