/** What is told and counted when an export has ended. */
import { type Job, type Run, subjectOf } from '../../shared/exports/export-record.ts';
import type { SweepReport } from '../../shared/exports/sweep.ts';
import type { FacadeEventFacts } from '../../shared/facade-events/facade-event.ts';
import { putMetrics } from './put-metrics.ts';

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

/** Cancelled runs are not counted. */
export const countExport = ({ state }: Pick<Run, 'state'>): void => {
  if (state === 'succeeded') putMetrics({ ExportsSucceeded: 1 });
  if (state === 'failed') putMetrics({ ExportsFailed: 1 });
};

/** @param open runs that were not over. @param mended of these, runs whose execution had ended and which the sweep ended too. */
export const countSweep = ({ open, mended }: Pick<SweepReport, 'open' | 'mended'>): void =>
  putMetrics({ ExportsOpen: open, ExportsMended: mended });
