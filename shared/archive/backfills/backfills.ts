/** Starts, pauses and watches backfills. The sweep starts their pages, and those whose execution has died once more. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors/app-error.ts';
import type { ExecutionStatus } from '../../exports/engine.ts';
import { type Backfill, type BackfillStore, changeBackfill, isOpen, noCounts, pageNameOf } from './backfill-record.ts';
import type { PageInput } from './carry-out-page.ts';

type Clock = { readonly nowMillis: () => number };

const unknown = (): AppError => new AppError('BACKFILL_UNKNOWN', { detail: 'No backfill has this id.' });

type BackfillParts = Clock & {
  readonly store: BackfillStore;
  /** Of the request that is handled. */
  readonly traceId?: () => string | undefined;
};

export const createBackfills = ({ store, nowMillis, traceId: currentTraceId }: BackfillParts) => ({
  /** One is open at a time. @throws AppError BACKFILL_OPEN */
  async create(requestedBy: string): Promise<Backfill> {
    const [newest] = await store.listBackfills(1);
    const refusal = (id: number) => new AppError('BACKFILL_OPEN', { detail: `The backfill ${id} is not over yet.` });
    if (newest && isOpen(newest)) throw refusal(newest.id);
    const traceId = currentTraceId?.();
    const backfill: Backfill = {
      ...{ id: (newest?.id ?? 0) + 1, version: 1, state: 'running', requestedBy, requestedAtMillis: nowMillis() },
      act: randomUUID(),
      ...{ page: 1, attempt: 1, cursor: { seen: [], offset: 0 }, counts: noCounts },
      ...(traceId === undefined ? {} : { traceId }),
    };
    if (await store.writeBackfill(backfill)) return backfill;
    const known = await store.readBackfill(backfill.id);
    if (known && known.act === backfill.act) return known;
    throw refusal(backfill.id);
  },
  /** @throws AppError BACKFILL_UNKNOWN */
  async read(id: number): Promise<Backfill> {
    const backfill = await store.readBackfill(id);
    if (!backfill) throw unknown();
    return backfill;
  },
  list: (): Promise<readonly Backfill[]> => store.listBackfills(100),
  /**
   * A page that is at work goes on to its end. @throws AppError BACKFILL_UNKNOWN; BACKFILL_OVER for one that has ended.
   * @returns the states before and after.
   */
  async change(id: number, state: 'running' | 'paused' | 'cancelled') {
    let before: Backfill['state'] | undefined;
    const after = await changeBackfill(store, id, (now) => {
      before = now.state;
      if (now.state === state) return undefined;
      if (!isOpen(now)) throw new AppError('BACKFILL_OVER', { detail: `The backfill has ended: ${now.state}.` });
      return { state, ...(state === 'cancelled' ? { endedAtMillis: nowMillis() } : {}) };
    });
    if (!after || !before) throw unknown();
    return { before, after };
  },
});
export type Backfills = ReturnType<typeof createBackfills>;

export type BackfillEngine = {
  start(executionName: string, input: PageInput): Promise<string>;
  statusOf(arn: string): Promise<ExecutionStatus | undefined>;
};

type SweepParts = { readonly store: BackfillStore; readonly engine: BackfillEngine; readonly stage: string };

/** Starts the page that a record names. Safe to repeat: the name of its execution is made of page and attempt. */
export const startPage = async ({ store, engine, stage }: SweepParts, backfill: Backfill): Promise<void> => {
  const { id, page, attempt } = backfill;
  const executionArn = await engine.start(pageNameOf(stage, backfill), { backfill: id, page, attempt });
  await changeBackfill(store, id, (now) =>
    now.page === page && now.attempt === attempt && now.executionArn === undefined ? { executionArn } : undefined,
  );
};

/** A step of an execution is repeated for hours, so an execution that dies does so for a reason that will hardly go away. */
export const mostAttempts = 10;

/** @param hasDied not so for an execution that has ended early, because the backfill was paused. */
const afterEnd = ({ page, attempt }: Backfill, hasDied: boolean, nowMillis: number): Partial<Backfill> => {
  if (!hasDied || attempt < mostAttempts) return { attempt: attempt + 1, executionArn: undefined };
  const failure = `The execution of page ${page} has died ${mostAttempts} times. The log of the function jobs has the causes.`;
  return { state: 'failed', failure, endedAtMillis: nowMillis };
};

/** @returns how many pages were started. */
export const sweepBackfills = async (parts: SweepParts & Clock): Promise<{ readonly pages: number }> => {
  const { store, engine, nowMillis } = parts;
  const [newest] = await store.listBackfills(1);
  if (newest?.state !== 'running') return { pages: 0 };
  if (newest.executionArn === undefined) {
    await startPage(parts, newest);
    return { pages: 1 };
  }
  const { id, page, attempt, executionArn } = newest;
  const status = await engine.statusOf(executionArn);
  if (status === 'running') return { pages: 0 };
  // It may have gone on to the next page between the two reads.
  const again = await changeBackfill(store, id, (now) =>
    now.state === 'running' && now.page === page && now.attempt === attempt && now.executionArn === executionArn
      ? afterEnd(now, status !== 'succeeded', nowMillis())
      : undefined,
  );
  if (again?.state !== 'running' || again.executionArn !== undefined) return { pages: 0 };
  await startPage(parts, again);
  return { pages: 1 };
};
