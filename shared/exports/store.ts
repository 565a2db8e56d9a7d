/** Port: the catalogue of exports. */
import type { Job, Run } from './export-record.ts';
import type { LeaseBook } from './lease-book.ts';

/** An export that was open when it was counted. */
export type OpenExport = { readonly id: string; readonly sinceMillis: number };
/** Version 0 = there is no record yet. */
export type OpenExports = { readonly version: number; readonly open: readonly OpenExport[] };

export type JobPage = { readonly jobs: readonly Job[]; readonly cursor?: string };

/** Reads see every write that was answered before. Writes are of one item each. */
export interface ExportStore {
  /** Number of the round that is current for a wish; undefined = it was never wanted. */
  readRound(wishName: string): Promise<number | undefined>;
  /** @returns false when the current round is not `before` any more. @param nowMillis from which the number is kept for 90 days. */
  writeRound(wishName: string, before: number | undefined, after: number, nowMillis: number): Promise<boolean>;
  readRun(name: string): Promise<Run | undefined>;
  /**
   * Puts `after` in place of the version before it (`after.version - 1`; 1 = there is none yet). A run that is not announced is
   * listed as open. @returns false when another version is there.
   */
  writeRun(after: Run): Promise<boolean>;
  /** Names of runs that are not announced, and perhaps some that are. */
  listOpen(): Promise<readonly string[]>;
  readJob(consumerId: string, id: string): Promise<Job | undefined>;
  /** Adds or replaces a job. */
  writeJob(job: Job): Promise<void>;
  /** Newest first. @param cursor of the page before. */
  listJobs(consumerId: string, limit: number, cursor?: string): Promise<JobPage>;
  /** Every job that waits for a run. */
  jobsOf(runName: string): Promise<readonly Job[]>;
  readOpenExports(consumerId: string): Promise<OpenExports>;
  /** @returns false when another version than `after.version - 1` is there. */
  writeOpenExports(consumerId: string, after: OpenExports): Promise<boolean>;
  readLeases(): Promise<LeaseBook>;
  /** @returns false when another version than `after.version - 1` is there. */
  writeLeases(after: LeaseBook): Promise<boolean>;
}

/** Writes lost to others before giving up. */
const mostTries = 20;

/** Changes a run as it is now. @param change undefined = nothing is to be changed. @returns the run as it is then. */
export const changeRun = async (
  store: Pick<ExportStore, 'readRun' | 'writeRun'>,
  name: string,
  change: (run: Run) => Partial<Run> | undefined | Promise<Partial<Run> | undefined>,
): Promise<Run | undefined> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const run = await store.readRun(name);
    const changed = run && (await change(run));
    if (!run || !changed) return run;
    const after: Run = { ...run, ...changed, version: run.version + 1 };
    if (await store.writeRun(after)) return after;
  }
  throw new Error(`The run ${name} is changed all the time`);
};
