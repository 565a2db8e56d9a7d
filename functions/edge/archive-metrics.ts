/** What is counted of the archive. */
import type { Order } from '../../shared/archive/archive-record.ts';
import type { RunReport } from '../../shared/archive/verification/verify-archive.ts';
import { putMetrics } from './put-metrics.ts';

/** An order whose round failed and that has another one is not counted. */
export const countOrder = (state: Order['state']): void => {
  if (state === 'done') putMetrics({ ArchiveSucceeded: 1 });
  if (state === 'failed') putMetrics({ ArchiveFailed: 1 });
};

/** Orders that are open, as a sweep finds them. */
export const countOpenOrders = (open: number): void => putMetrics({ ArchiveOpen: open });

/** A run that found no round due counts nothing. */
export const countVerification = ({ isDue, faults, ended }: RunReport): void => {
  if (isDue) putMetrics({ ArchiveFaults: faults, ...(ended ? { ArchiveVerified: ended.documents } : {}) });
};

/** After each run that has seen all holds, also when none is left. */
export const countHoldsNotSet = (experiments: number): void => putMetrics({ HoldsNotSet: experiments });

export const countSeal = ({ isSealed }: { readonly isSealed: boolean }): void => {
  if (isSealed) putMetrics({ ArchiveSealed: 1 });
};
