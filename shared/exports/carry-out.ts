/** Carries a run out, step by step: waits for its turn, makes the file, records the outcome, tells the consumers. */
import { AppError } from '../errors/app-error.ts';
import { type EndParts, tidyUp } from './end-run.ts';
import { type Failure, isOver, type Run, type StoredFile } from './export-record.ts';
import { isForLater } from './for-later.ts';
import type { JobContext, Poll } from './job-context.ts';
import { JobFailure, PassingFault } from './job-failure.ts';
import type { Call, ExportKind, Workshop } from './kind.ts';
import type { Leases } from './leases.ts';
import type { PartUploads } from './part-uploads.ts';
import type { RunFiles } from './run-files.ts';
import { changeRun } from './store.ts';

export type RunParts = Omit<EndParts, 'uploads' | 'files' | 'leases'> & {
  readonly uploads: PartUploads;
  readonly files: RunFiles;
  readonly leases: Leases;
  readonly kinds: readonly ExportKind[];
  /**
   * Calls with the rights of the run's principal.
   * @param onEnd told how often the call was sent, also when it fails; a call that does not say so was sent once.
   */
  readonly call: (asked: Parameters<Call>[0], onEnd: (sends: number) => void) => ReturnType<Call>;
};

/** A run that gets no further within this time is ended. Shorter than the time-out of its execution. */
const mostAgeMillis = 10 * 3_600_000;
/** How often a step may begin, crashes included: with the pauses between them, a quarter of an hour. */
const mostTries = 20;

const ended = new JobFailure('ENGINE_ENDED', 'The export was ended.');

/** Counts tries and calls in the catalogue, where a crash does not lose them. */
const createWorkshop = (name: string, parts: RunParts): Workshop => {
  const { store, uploads, files, nowMillis } = parts;
  const read = async (): Promise<Run> => {
    const run = await store.readRun(name);
    if (!run) throw new JobFailure('FACADE_FAILED', 'The record of the export is gone.');
    return run;
  };
  const change = async (changed: Partial<Run>): Promise<void> => {
    await changeRun(store, name, () => changed);
  };
  const count = (more: number, waitsForBudget?: boolean) =>
    changeRun(store, name, ({ upstreamCalls, progress }) => ({
      upstreamCalls: upstreamCalls + more,
      ...(progress && waitsForBudget !== undefined ? { progress: { ...progress, waitsForBudget } } : {}),
    }));
  return {
    uploads,
    files,
    nowMillis,
    read,
    change,
    async call(asked) {
      // Counted before, so that a crash loses no call, and mended by what was sent.
      const run = await count(1);
      let sends: number | undefined;
      let waits = false;
      const onEnd = (known: number): void => {
        sends = known;
      };
      try {
        return await parts.call(asked, onEnd);
      } catch (error) {
        waits = isForLater(error);
        if (waits) sends ??= 0;
        throw error;
      } finally {
        const more = (sends ?? 1) - 1;
        if (more !== 0 || waits !== (run?.progress?.waitsForBudget ?? false)) await count(more, waits);
      }
    },
    async goOn(bytes, rows) {
      const run = await changeRun(store, name, ({ state, progress }) => {
        const counted = { bytes, ...(rows === undefined ? {} : { rows }) };
        return isOver(state)
          ? undefined
          : { progress: { ...at(progress?.step ?? 'transfer', progress, nowMillis()), ...counted } };
      });
      await keepPlace(run, name, parts);
    },
  };
};

/** @throws JobFailure for a run that has ended, or that is too old. */
const checkLife = (run: Run | undefined, { nowMillis }: RunParts): Run => {
  if (!run || isOver(run.state)) throw ended;
  if (nowMillis() - run.createdAtMillis > mostAgeMillis)
    throw new JobFailure('WAITED_TOO_LONG', 'A place, a worker of the tenant or the budget was not free for hours.');
  return run;
};

/** Renews the lease of a run that is at work. @throws JobFailure for a run that has ended. */
const keepPlace = async (run: Run | undefined, name: string, parts: RunParts): Promise<Run> => {
  if (!run || isOver(run.state)) throw ended;
  await parts.leases.ask(name, await ownerOf(parts, name));
  return run;
};

/** The consumer whose place in the queue the run takes: the first that asked and has not cancelled. */
const ownerOf = async ({ store }: Pick<RunParts, 'store'>, name: string): Promise<string> => {
  const jobs = await store.jobsOf(name);
  const living = jobs.filter(({ cancelledAtMillis }) => cancelledAtMillis === undefined);
  const [first] = living.sort((a, b) => a.createdAtMillis - b.createdAtMillis);
  return first?.consumerId ?? '';
};

/** The progress at a step: since when it is at work, tries that failed included. */
const at = (step: string, progress: Run['progress'], nowMillis: number): NonNullable<Run['progress']> =>
  progress?.step === step ? progress : { ...progress, step, sinceMillis: nowMillis };

/** A poll may last for an hour: what it waits for is the progress. Written once. */
const showPoll = (step: string, name: string, { store, nowMillis }: RunParts): Promise<Run | undefined> =>
  changeRun(store, name, ({ state, progress }) =>
    isOver(state) || progress?.step === step ? undefined : { progress: at(step, progress, nowMillis()) },
  );

/** Each step of a kind counts its tries first, and shows itself as the progress. Steps and polls renew the lease as they begin. */
const counted = (context: JobContext, name: string, parts: RunParts): JobContext => ({
  step: (step, work) =>
    context.step(step, async () => {
      const changed = await changeRun(parts.store, name, ({ state, tries, progress }) =>
        isOver(state)
          ? undefined
          : {
              tries: { ...tries, [step]: (tries[step] ?? 0) + 1 },
              progress: at(step, progress, parts.nowMillis()),
            },
      );
      const run = await keepPlace(checkLife(changed, parts), name, parts);
      if ((run.tries[step] ?? 0) > mostTries)
        throw new JobFailure('TRIES_USED_UP', `The step "${step}" was tried ${mostTries} times.`);
      return work().catch(async (error: unknown) => {
        // A try in which nothing was sent is not counted. One that has spent units is, so that it is not repeated without bound.
        if (isForLater(error))
          await changeRun(parts.store, name, ({ tries, upstreamCalls }) =>
            upstreamCalls > run.upstreamCalls ? undefined : { tries: { ...tries, [step]: (tries[step] ?? 1) - 1 } },
          );
        if (error instanceof PassingFault && (run.tries[step] ?? 0) >= mostTries)
          throw new JobFailure(error.failure.code, error.failure.detail);
        throw error;
      });
    }),
  poll: (step, initial, ask) =>
    context.poll(step, initial, async (state) => {
      await keepPlace(checkLife(await showPoll(step, name, parts), parts), name, parts);
      return ask(state);
    }),
});

const waitForTurn = async (context: JobContext, name: string, parts: RunParts): Promise<void> => {
  const ask = async (): Promise<Poll<object>> => {
    checkLife(await parts.store.readRun(name), parts);
    const againSeconds = await parts.leases.askSeconds(name, await ownerOf(parts, name));
    return againSeconds === undefined ? { state: {} } : { state: {}, againSeconds };
  };
  await context.poll('turn', {}, ask);
};

const failureOf = (error: unknown): Failure => {
  if (error instanceof JobFailure) return error.failure;
  const detail =
    error instanceof AppError ? error.message : 'A step of the export failed for a reason that is in the log.';
  return { code: 'FACADE_FAILED', detail };
};

const make = async (context: JobContext, kind: ExportKind, workshop: Workshop, parts: RunParts, name: string) => {
  try {
    await waitForTurn(context, name, parts);
    await context.step('begin', async () => {
      const startedAtMillis = parts.nowMillis();
      await changeRun(parts.store, name, ({ state }) =>
        state === 'queued' ? { state: 'running', startedAtMillis } : undefined,
      );
      return {};
    });
    return { result: await kind.run(counted(context, name, parts), workshop) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
};

const outcomeOf = (
  outcome: { readonly result: StoredFile } | { readonly failure: Failure },
  { fileName = 'export' }: Run,
): Partial<Run> =>
  'result' in outcome
    ? { state: 'succeeded', result: { ...outcome.result, fileName }, failure: undefined }
    : { state: 'failed', failure: outcome.failure };

/** @param kindName of the run; it steers the steps, so it comes with the start and not from the catalogue. */
export const carryOut = async (context: JobContext, name: string, kindName: string, parts: RunParts): Promise<void> => {
  const kind = parts.kinds.find((one) => one.kind === kindName);
  if (!kind) throw new Error(`There is no kind of export ${kindName}`);
  const outcome = await make(context, kind, createWorkshop(name, parts), parts, name);
  await context.step('record', async () => {
    const endedAtMillis = parts.nowMillis();
    await changeRun(parts.store, name, (run) =>
      isOver(run.state) ? undefined : { ...outcomeOf(outcome, run), endedAtMillis },
    );
    return {};
  });
  await context.step('tidy up', async () => {
    await tidyUp(name, parts);
    return {};
  });
};
