/** Exports as consumers see them: each has jobs of its own, and equal wishes share one run. */
import { AppError } from '../errors/app-error.ts';
import type { Consumer } from '../exchange/consumer.ts';
import type { ExportAllowance } from './allowance.ts';
import { type EndParts, tidyUp } from './end-run.ts';
import type { ExportEngine } from './engine.ts';
import { isOver, type Job, type Run, runNameOf, type Wish, wishNameOf } from './export-record.ts';
import { changeRun, type JobPage } from './store.ts';

export type ExportParts = EndParts & {
  readonly engine: ExportEngine;
  readonly stage: string;
  /** A run could not be started. It stays queued, and the sweep starts it. */
  readonly onStartFailed: (runName: string, error: unknown) => void;
  readonly allowance: Pick<ExportAllowance, 'take'>;
  /** Ids that sort by time. */
  readonly newId: () => string;
  /** Of the request that is handled. */
  readonly traceId?: () => string | undefined;
};

/** A job with its run as it is now. */
export type ExportView = { readonly job: Job; readonly run: Run };

/** The bucket drops files after 30 days, at the end of a day; a file is offered for a day less. */
export const resultMillis = 29 * 86_400_000;

const unknown = (): AppError =>
  new AppError('EXPORT_UNKNOWN', { detail: 'You have no export of this id. GET /v1/exports lists yours.' });

/** A PDF that began longer ago is made anew: the bound on how old a read may be (docs/caching.md). */
const pdfMillis = 60_000;

/**
 * How long ago the run of a file may have begun that is given for a new wish. A change of what is below an entity need not change the digest of
 * the entity: only for the making and the removal of children it is known. The PDF shows what is below, too.
 */
const mostAgeMillis = ({ kind, digest, options }: Wish): number => {
  if (digest === '') return 0;
  if (kind === 'pdf') return pdfMillis;
  return kind === 'bulk' && options.depth === 0 ? resultMillis : 0;
};

/** Whether a wish may be met by this run, which is to be made at this time or later. */
const isOfUse = (run: Run, nowMillis: number, sinceMillis: number): boolean => {
  if (run.createdAtMillis < sinceMillis) return false;
  if (run.state !== 'succeeded') return !isOver(run.state);
  const beganMillis = run.startedAtMillis ?? run.createdAtMillis;
  return nowMillis < Math.min(beganMillis + mostAgeMillis(run), (run.endedAtMillis ?? 0) + resultMillis);
};

const mostRounds = 50;

export const createExports = (parts: ExportParts) => {
  const { store, engine, nowMillis, stage } = parts;

  /** The run that meets the wish, made where there is none. */
  const runFor = async (wish: Wish, sinceMillis: number): Promise<Run> => {
    const wishName = wishNameOf(stage, wish);
    for (let tries = 0; tries < mostRounds; tries += 1) {
      const known = await store.readRound(wishName);
      const round = known ?? 1;
      const name = runNameOf(wishName, round);
      const run = await store.readRun(name);
      if (run && isOfUse(run, nowMillis(), sinceMillis)) return run;
      if (run) {
        await store.writeRound(wishName, known, round + 1, nowMillis());
        continue;
      }
      if (known === undefined && !(await store.writeRound(wishName, undefined, 1, nowMillis()))) continue;
      const traceId = parts.traceId?.();
      const made: Run = {
        ...{ ...wish, name, round, state: 'queued', version: 1, createdAtMillis: nowMillis() },
        ...{ tries: {}, upstreamCalls: 0, isAnnounced: false },
        ...(traceId === undefined ? {} : { traceId }),
      };
      if (await store.writeRun(made)) return made;
    }
    throw new AppError('EXPORTS_UNAVAILABLE', { detail: 'Others wish for the same all the time.' });
  };

  /** The job is written by then, so its consumer is told of it although the start fails. */
  const start = async ({ name, kind }: Run): Promise<Partial<Run>> => {
    try {
      return { executionArn: await engine.start(name, kind) };
    } catch (error) {
      parts.onStartFailed(name, error);
      return {};
    }
  };

  /**
   * Also for a run that somebody else has made: whoever did may have died before the start. The run is written in any case, so that
   * whoever is about to cancel it looks at its jobs again.
   */
  const ensureStarted = async (run: Run): Promise<Run> => {
    if (isOver(run.state)) return run;
    const started = run.executionArn === undefined ? await start(run) : {};
    return (await changeRun(store, run.name, ({ state }) => (isOver(state) ? undefined : started))) ?? run;
  };

  const join = async (
    owner: Pick<Job, 'consumerId' | 'incarnation'>,
    wish: Wish,
    sinceMillis = 0,
  ): Promise<ExportView> => {
    const id = parts.newId();
    await parts.allowance.take(owner.consumerId, id);
    for (let tries = 0; tries < mostRounds; tries += 1) {
      const { name } = await runFor(wish, sinceMillis);
      const job: Job = { ...owner, id, runName: name, wish, createdAtMillis: nowMillis() };
      await store.writeJob(job);
      const run = await store.readRun(name);
      const now = run && (await ensureStarted(run));
      // The last of its consumers has cancelled it meanwhile, without knowing of this one.
      if (!now || now.state === 'cancelled') continue;
      // It may have told its jobs before this one was among them. A copy of the event has the same id.
      if (isOver(now.state)) await parts.tell(job, now);
      return { job, run: now };
    }
    throw new AppError('EXPORTS_UNAVAILABLE', { detail: 'Others cancel the same all the time.' });
  };

  const isWanted = async (runName: string): Promise<boolean> =>
    (await store.jobsOf(runName)).some(({ cancelledAtMillis }) => cancelledAtMillis === undefined);

  const find = async ({ id: consumerId, incarnation = '' }: Consumer, id: string): Promise<ExportView> => {
    const job = await store.readJob(consumerId, id);
    if (!job || job.incarnation !== incarnation) throw unknown();
    const run = await store.readRun(job.runName);
    if (!run) throw unknown();
    return { job, run };
  };

  return {
    /** @param sinceMillis an equal export that began before this time does not do; it is left to those who wait for it. */
    create: ({ id, incarnation = '' }: Consumer, wish: Wish, sinceMillis?: number): Promise<ExportView> =>
      join({ consumerId: id, incarnation }, wish, sinceMillis),
    /** @throws AppError EXPORT_UNKNOWN, also for the export of another consumer. */
    read: find,
    /** Newest first. */
    async list(
      { id, incarnation = '' }: Consumer,
      limit: number,
      cursor?: string,
    ): Promise<{ readonly views: readonly ExportView[]; readonly cursor?: string }> {
      const { jobs, ...next }: JobPage = await store.listJobs(id, limit, cursor);
      const own = jobs.filter((job) => job.incarnation === incarnation);
      const runs = await Promise.all(own.map(({ runName }) => store.readRun(runName)));
      const { cursor: behind } = next;
      return {
        views: own.flatMap((job, index) => (runs[index] ? [{ job, run: runs[index] }] : [])),
        ...(behind === undefined ? {} : { cursor: behind }),
      };
    },
    /** Ends a job. The run goes on as long as another consumer waits for it. Safe to repeat. */
    async cancel(consumer: Consumer, id: string): Promise<ExportView> {
      const { job, run } = await find(consumer, id);
      if (isOver(run.state)) return { job, run };
      // Also for a job that is cancelled: whoever did that may have died before the run was.
      const cancelled: Job = { ...job, cancelledAtMillis: job.cancelledAtMillis ?? nowMillis() };
      await store.writeJob(cancelled);
      // Looked at for each try: a consumer that joins meanwhile changes the run.
      const after = await changeRun(store, run.name, async ({ state }) =>
        isOver(state) || (await isWanted(run.name)) ? undefined : { state: 'cancelled', endedAtMillis: nowMillis() },
      );
      if (after?.state !== 'cancelled') return { job: cancelled, run: after ?? run };
      if (after.executionArn !== undefined) await engine.stop(after.executionArn, 'cancelled');
      await tidyUp(run.name, parts);
      return { job: cancelled, run: after };
    },
    /** A new export of the same wish. @throws AppError EXPORT_NOT_FAILED for one that may still succeed, or has. */
    async retry(consumer: Consumer, id: string): Promise<ExportView> {
      const view = await find(consumer, id);
      if (!['failed', 'cancelled'].includes(stateOf(view)))
        throw new AppError('EXPORT_NOT_FAILED', {
          detail: `The export is ${stateOf(view)}. Only one that failed or was cancelled is tried again.`,
        });
      const { consumerId, incarnation, wish } = view.job;
      return join({ consumerId, incarnation }, wish);
    },
    ensureStarted,
  };
};
export type Exports = ReturnType<typeof createExports>;

/** A job that its consumer has cancelled is cancelled, whatever becomes of the run. */
export const stateOf = ({ job, run }: ExportView): Run['state'] =>
  job.cancelledAtMillis === undefined ? run.state : 'cancelled';
