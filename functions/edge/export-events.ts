/** What is told and counted when an export has ended. */
import type { MetricName } from '../../shared/config/metrics.ts';
import { type Job, type Run, subjectOf } from '../../shared/exports/export-record.ts';
import type { SweepReport } from '../../shared/exports/sweep.ts';
import type { FacadeEventFacts } from '../../shared/facade-events/facade-event.ts';
import { putCountsBy, putMetrics } from './put-metrics.ts';

/** The event for the consumer of the job. */
export const exportFacts = (
  { id, consumerId, incarnation, wish }: Pick<Job, 'id' | 'consumerId' | 'incarnation' | 'wish'>,
  { state, failure }: Pick<Run, 'state' | 'failure'>,
): FacadeEventFacts => {
  const subject = `exports/${id}`;
  const data = { consumerId, exportId: id, kind: wish.kind, ...subjectOf(wish) };
  return state === 'succeeded'
    ? { type: 'export.completed', subject, data, incarnation }
    : { type: 'export.failed', subject, data: { ...data, failure: failure?.code ?? 'FACADE_FAILED' }, incarnation };
};

/** By the state in which a run may end. */
const ends: Readonly<Record<string, MetricName>> = {
  ...{ succeeded: 'ExportsSucceeded', failed: 'ExportsFailed', cancelled: 'ExportsCancelled' },
};

/** A run that has ended. */
export const countExport = ({ state, kind }: Pick<Run, 'state' | 'kind'>): void => {
  const name = ends[state];
  if (name) putMetrics({ [name]: 1 }, { dimensions: { Kind: kind } });
};

/** @param open runs that were not over. @param mended of these, runs whose execution had ended and which the sweep ended too. */
export const countSweep = ({ open, mended, byKind, oldestQueuedSeconds }: Omit<SweepReport, 'aborted'>): void => {
  putMetrics({ ExportsOpen: open, ExportsMended: mended, ExportsOldestQueuedSeconds: oldestQueuedSeconds });
  const counts = Object.entries(byKind).map(
    ([kind, { queued, running }]) => [kind, { ExportsQueued: queued, ExportsRunning: running }] as const,
  );
  putCountsBy(putMetrics, 'Kind', new Map(counts));
};
