/** Alarms of the change sweep, which keeps cached answers from being older than the published bound. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type Alarms, points } from '../constructs/alarms.ts';

const minute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);
/** Of ten runs within five minutes. A single failure costs half a minute, within the bound. */
const failedRuns = 4;
/** Twice the published bound of 60 s. Answers are then kept for a short time only, and the tenant gets more calls. */
const lagSeconds = 120;

export const watchSweep = (alarms: Alarms): void => {
  const parts = [
    alarms.add(
      'SweepFailed',
      alarms.metric('SweepFailed', Stats.SUM, fiveMinutes),
      failedRuns,
      { what: 'The change sweep fails', section: 'the change sweep is behind' },
      { isQuiet: true },
    ),
    alarms.add(
      'SweepLag',
      alarms.metric('SweepLagSeconds', Stats.MAXIMUM, minute),
      lagSeconds,
      { what: 'The change sweep is late', section: 'the change sweep is behind' },
      { ...points(3, 3), isQuiet: true },
    ),
  ];
  alarms.addGroup('SweepBehind', parts, {
    what: 'The change sweep is behind, so cached answers live shorter',
    section: 'the change sweep is behind',
  });
  // The metrics above are put at the end of a run.
  alarms.addForSilence('SweepSilent', alarms.metric('SweepFailed', Stats.SAMPLE_COUNT, fiveMinutes), 2, {
    what: 'No run of the change sweep has ended for ten minutes',
    section: 'the change sweep is behind',
  });
};
