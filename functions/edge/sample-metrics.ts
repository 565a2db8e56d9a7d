/** What is counted about registered samples. */
import type { CheckReport } from '../../shared/registration/check-samples.ts';
import { putMetrics } from './put-metrics.ts';

/** Of one run of the check: an alarm watches that runs end. */
export const countLooks = ({ looks, failed }: Pick<CheckReport, 'looks' | 'failed'>): void =>
  putMetrics({ SampleLooks: looks, SampleLooksFailed: failed });

/** One event of a drift that is on its way. */
export const countDrift = (): void => putMetrics({ SampleDrifts: 1 });
