/** What gap detection counts: alarms watch both. */
import { putMetrics } from './put-metrics.ts';

export const countReconstructed = (count: number): void => putMetrics({ NotificationsReconstructed: count });

/** One run of the change sweep whose changes could not be noted. */
export const countNotNoted = (): void => putMetrics({ ChangesNotNoted: 1 });
