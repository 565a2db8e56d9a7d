/** Compares the catalogue with the engine: starts what was not started, ends what the engine has ended, tidies up. */

import { type EndParts, failRun, tidyUp } from './end-run.ts';
import type { ExportEngine } from './engine.ts';
import { allFilesPrefix, type ExportKindName, exportKinds, isOver, type Run, runNameIn } from './export-record.ts';
import { changeRun } from './store.ts';

export type SweepParts = EndParts & { readonly engine: ExportEngine };
/** Runs of one kind that were not over. */
type OpenRuns = { readonly queued: number; readonly running: number };
export type SweepReport = {
  readonly open: number;
  readonly mended: number;
  /** Uploads that no run works on. */
  readonly aborted: number;
  /** Each kind, also one without runs. */
  readonly byKind: Readonly<Record<ExportKindName, OpenRuns>>;
  /** How long the first of the queued runs has waited; 0 without any. */
  readonly oldestQueuedSeconds: number;
};

/** As they are after the sweep has mended them. */
const standingOf = (runs: readonly Run[], nowMillis: number): Pick<SweepReport, 'byKind' | 'oldestQueuedSeconds'> => {
  const inState = (kind: ExportKindName, state: Run['state']): number =>
    runs.filter((run) => run.kind === kind && run.state === state).length;
  const sinceMillis = runs.filter(({ state }) => state === 'queued').map(({ createdAtMillis }) => createdAtMillis);
  const kinds = exportKinds.map(
    (kind) => [kind, { queued: inState(kind, 'queued'), running: inState(kind, 'running') }] as const,
  );
  return {
    byKind: Object.fromEntries(kinds) as SweepReport['byKind'],
    oldestQueuedSeconds: Math.max(0, nowMillis - Math.min(nowMillis, ...sinceMillis)) / 1_000,
  };
};

/** Whoever made a run starts it within this time, or has died. */
const graceMillis = 60_000;

const mend = async (run: Run, parts: SweepParts): Promise<boolean> => {
  const { engine, store, nowMillis } = parts;
  if (run.isAnnounced) {
    // A crash came between this record and its removal from the list; writing it again removes it.
    await changeRun(store, run.name, () => ({}));
    return false;
  }
  if (isOver(run.state)) {
    await tidyUp(run.name, parts);
    return true;
  }
  if (nowMillis() - run.createdAtMillis < graceMillis) return false;
  const status = run.executionArn === undefined ? undefined : await engine.statusOf(run.executionArn);
  if (status === 'running') return false;
  if (status === undefined) {
    const executionArn = await engine.start(run.name, run.kind);
    await changeRun(store, run.name, () => ({ executionArn }));
    return true;
  }
  const detail =
    status === 'timed-out'
      ? 'The export took too long and was ended.'
      : 'The export was ended before its file was made.';
  await failRun(run.name, { code: 'ENGINE_ENDED', detail }, parts);
  return true;
};

/** A step that is killed after its run has ended leaves an upload. One that has just begun may belong to a run that ends now. */
const uploadGraceMillis = 3_600_000;

const abortLeftUploads = async ({ uploads, store, nowMillis }: SweepParts): Promise<number> => {
  let aborted = 0;
  for (const { key, uploadId, startedAtMillis } of await uploads.listOpenUnder(allFilesPrefix)) {
    if (nowMillis() - startedAtMillis < uploadGraceMillis) continue;
    const run = await store.readRun(runNameIn(key));
    if (run && !isOver(run.state)) continue;
    await uploads.abort(key, uploadId);
    aborted += 1;
  }
  return aborted;
};

/** @throws AggregateError when runs could not be mended; all others are. */
export const sweepExports = async (parts: SweepParts): Promise<SweepReport> => {
  const names = await parts.store.listOpen();
  let mended = 0;
  const faults: unknown[] = [];
  const runs: Run[] = [];
  for (const name of names)
    try {
      const run = await parts.store.readRun(name);
      if (!run) continue;
      const isMended = await mend(run, parts);
      if (isMended) mended += 1;
      const after = isMended ? await parts.store.readRun(name) : run;
      if (after) runs.push(after);
    } catch (error) {
      faults.push(error);
    }
  const aborted = await abortLeftUploads(parts);
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} of ${names.length} open exports cannot be mended: ${faults[0]}`);
  return { open: names.length, mended, aborted, ...standingOf(runs, parts.nowMillis()) };
};
