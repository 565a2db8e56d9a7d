/** What is done once a run is over, however it came to its end. Each part may be repeated. */

import { type Failure, filesPrefixOf, isOver, type Job, type Run, workingKeyOf } from './export-record.ts';
import type { Leases } from './leases.ts';
import type { PartUploads } from './part-uploads.ts';
import type { RunFiles } from './run-files.ts';
import { changeRun, type ExportStore } from './store.ts';

export type EndParts = {
  readonly store: ExportStore;
  readonly uploads: Pick<PartUploads, 'abort' | 'listOpenUnder'>;
  readonly files: Pick<RunFiles, 'removeUnder'>;
  readonly leases: Pick<Leases, 'release'>;
  readonly nowMillis: () => number;
  /** Tells a consumer that its job has ended. A job that is told twice is told with the same event. */
  readonly tell: (job: Job, run: Run) => Promise<void>;
  /** Counts a run that has ended with a file, or failed. */
  readonly count: (run: Run) => void;
};

/** Drops what is left of the work, and tells the consumers whose jobs were not cancelled. */
export const tidyUp = async (name: string, { store, uploads, files, leases, tell, count }: EndParts): Promise<void> => {
  const run = await store.readRun(name);
  if (!run || !isOver(run.state)) return;
  // Not only the one in the record: a crash between its opening and the record leaves another.
  for (const { key, uploadId } of await uploads.listOpenUnder(filesPrefixOf(name))) await uploads.abort(key, uploadId);
  // What a step writes that goes on after a cancellation stays for a day.
  if (run.kind === 'extract') await files.removeUnder(workingKeyOf(name, ''));
  await leases.release(name);
  if (run.isAnnounced) return;
  const all = await store.jobsOf(name);
  // A job of a cancelled run that is not cancelled has gone on to another run.
  const jobs = run.state === 'cancelled' ? [] : all.filter(({ cancelledAtMillis }) => cancelledAtMillis === undefined);
  await Promise.all(jobs.map((job) => tell(job, run)));
  await changeRun(store, name, () => ({ isAnnounced: true }));
  count(run);
};

/** Ends a run that is not over as failed. */
export const failRun = async (name: string, failure: Failure, parts: EndParts): Promise<void> => {
  const endedAtMillis = parts.nowMillis();
  await changeRun(parts.store, name, ({ state }) =>
    isOver(state) ? undefined : { state: 'failed', failure, endedAtMillis },
  );
  await tidyUp(name, parts);
};
