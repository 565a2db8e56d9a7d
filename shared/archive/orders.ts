/** Takes orders, starts their executions, and mends what crashes have left: the sweep. */
import type { ExecutionStatus } from '../exports/engine.ts';
import { executionNameOf, type Order, orderNameOf } from './archive-record.ts';
import { type ArchiveStore, changeOrder } from './archive-store.ts';
import { afterRound } from './carry-out-order.ts';

/** Port: what carries orders out. */
interface ArchiveEngine {
  /** Starts the execution of this round of an order. One that was started before is left as it is. @returns its ARN. */
  start(executionName: string, order: { readonly archive: string; readonly round: number }): Promise<string>;
  /** Undefined when its history is not kept any more. */
  statusOf(arn: string): Promise<ExecutionStatus | undefined>;
}

export type OrdersParts = {
  readonly store: Pick<ArchiveStore, 'readOrder' | 'writeOrder' | 'listOpen'>;
  readonly engine: ArchiveEngine;
  readonly stage: string;
  readonly nowMillis: () => number;
  /** As in `OrderParts`. */
  readonly count: (state: Order['state']) => void;
  /** An order could not be started. The sweep starts it later. */
  readonly onStartFailed: (name: string, error: unknown) => void;
  /** Of what orders. */
  readonly traceId?: () => string | undefined;
};

/** Executions at a time. Each waits for its export, and few exports are at work at a time (`exportsAtATime`). */
const mostAtWork = 100;
/**
 * A closing that was longer ago comes from a backfill of notifications, which may bring thousands. The sweep starts these by and by.
 * Deliveries are retried for 28 hours, so what is later than that is no ordinary delivery.
 */
const recentMillis = 28 * 3_600_000;
/** Whoever took an order starts it within this time, or has died. */
const graceMillis = 60_000;

export type NewOrder = {
  readonly eid: string;
  /** Id of the notification. */
  readonly cause: string;
  readonly requestedBy: string;
  readonly closedBy?: string | undefined;
  /** When the experiment was closed. */
  readonly closedAtMillis: number;
  /** Starts although the closing is long ago. */
  readonly startsNow?: boolean;
};

/** The PDF of other types that may be closed is not documented, or they are no experiments. */
export const isArchived = (eid: string): boolean => /^experiment:[A-Za-z0-9:_-]{1,200}$/.test(eid);

type SweepReport = { readonly open: number; readonly started: number; readonly mended: number };

export const createArchiveOrders = (parts: OrdersParts) => {
  const { store, engine, stage, nowMillis, count, onStartFailed } = parts;
  const start = async (order: Order): Promise<void> => {
    const { name, round } = order;
    const executionArn = await engine.start(executionNameOf(order), { archive: name, round });
    await changeOrder(store, name, (now) =>
      now.state === 'open' && now.round === round && now.executionArn === undefined ? { executionArn } : undefined,
    );
  };
  const tryToStart = (order: Order): Promise<boolean> =>
    start(order).then(
      () => true,
      (error: unknown) => {
        onStartFailed(order.name, error);
        return false;
      },
    );

  /** Ends a round whose execution ended without recording so. */
  const mend = async (order: Order): Promise<boolean> => {
    const { name, round, executionArn } = order;
    if (executionArn === undefined) return false;
    const status = await engine.statusOf(executionArn);
    if (status === 'running') return false;
    // It may have recorded its end between the two reads.
    let isMended = false;
    await changeOrder(store, name, (now) => {
      isMended = now.state === 'open' && now.round === round && now.executionArn === executionArn;
      if (!isMended) return undefined;
      const failure = `the execution ended: ${status ?? 'unknown'}`;
      const after = afterRound(now, { state: 'failed', failure }, nowMillis());
      // Counted before it is written: after a crash in between it is counted twice, rather than never.
      count(after.state ?? now.state);
      return after;
    });
    return isMended;
  };

  const isDue = ({ executionArn, notBeforeMillis, round, requestedAtMillis }: Order): boolean =>
    executionArn === undefined &&
    notBeforeMillis <= nowMillis() &&
    (round > 1 || requestedAtMillis + graceMillis <= nowMillis());

  /** All of them: orders that wait for their next round must not hide younger ones. */
  const openNames = async (): Promise<ReadonlySet<string>> => {
    const names = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await store.listOpen(cursor);
      for (const name of page.names) names.add(name);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return names;
  };

  return {
    /** Safe to repeat: the same cause gives the same order. */
    async take({ eid, cause, requestedBy, closedBy, closedAtMillis, startsNow = false }: NewOrder): Promise<void> {
      const name = orderNameOf(stage, eid, cause);
      const traceId = parts.traceId?.();
      const made: Order = {
        ...{ name, eid, requestedBy, state: 'open', round: 1, version: 1, tries: 0 },
        ...{ requestedAtMillis: nowMillis(), notBeforeMillis: nowMillis() },
        ...(Number.isNaN(closedAtMillis) ? {} : { closedAtMillis }),
        ...(closedBy === undefined ? {} : { closedBy }),
        ...(traceId === undefined ? {} : { traceId }),
      };
      await store.writeOrder(made);
      if (!startsNow && nowMillis() - closedAtMillis > recentMillis) return;
      const order = await store.readOrder(name);
      // A later round has a pause before it, which the sweep observes.
      if (order?.state === 'open' && order.round === 1 && order.executionArn === undefined) await tryToStart(order);
    },
    /**
     * Starts what waits, the oldest first, and gives orders whose execution has ended another round.
     * @throws AggregateError when orders could not be read or mended; all others are.
     */
    async sweep(): Promise<SweepReport> {
      const faults: unknown[] = [];
      const due: Order[] = [];
      let [open, atWork, mended, started] = [0, 0, 0, 0];
      const look = async (name: string): Promise<void> => {
        const order = await store.readOrder(name);
        if (order?.state !== 'open') return;
        open += 1;
        if (isDue(order) && due.length < mostAtWork) due.push(order);
        if (order.executionArn === undefined) return;
        atWork += 1;
        if (!(await mend(order))) return;
        mended += 1;
        atWork -= 1;
      };
      for (const name of await openNames()) await look(name).catch((error: unknown) => void faults.push(error));
      for (const order of due.slice(0, Math.max(0, mostAtWork - atWork))) if (await tryToStart(order)) started += 1;
      if (faults.length > 0)
        throw new AggregateError(faults, `${faults.length} open orders cannot be read or mended: ${faults[0]}`);
      return { open, started, mended };
    },
  };
};
