/**
 * Operations that the upstream has refused. Each pauses on its own and resumes in steps: one call in the first second, two in the
 * next, four in the one after. So an operation with a limit of its own at the upstream meets few refusals.
 */
import type { Ask } from './ask.ts';

export type PausedOperation = {
  /** When the upstream last refused it. */
  readonly refusedMillis: number;
  /** How often in a row: each soon after the one before, with few of its calls sent in between. */
  readonly refusals: number;
  /** When its pause ends; after that it resumes in steps. */
  readonly resumesMillis: number;
  /** Its next call goes no earlier. */
  readonly nextMillis: number;
  /** Units granted to its calls since its last refusal. */
  readonly own: number;
  /** Units granted to calls of other operations since the first refusal of the row. */
  readonly others: number;
};
export type PausedOperations = Readonly<Record<string, PausedOperation>>;

/** This long after its pause, an operation is as fast as any other. */
const slowMillis = 8_000;
/** A refusal this soon after the pause, before this share of the limit was sent to it, counts as the next of a row. */
const rowMillis = 20_000;
const rowShare = 0.1;
/** This long after its pause it is forgotten. */
const keptMillis = 60_000;
/** Most operations that are remembered, so that the shared item stays small. Those refused longest ago are dropped first. */
const mostKept = 10;

/** Time between two calls of an operation, the first of which goes at `slotMillis`. */
const gapMillis = ({ resumesMillis }: PausedOperation, slotMillis: number): number =>
  1_000 / 2 ** Math.max(0, Math.floor((slotMillis - resumesMillis) / 1_000));

/** Whether calls of the operation wait for slots of their own. */
export const isSlowed = (paused: PausedOperation | undefined, nowMillis: number): paused is PausedOperation =>
  paused !== undefined && nowMillis < paused.resumesMillis + slowMillis;

/** The operations that are not yet forgotten. */
export const tidyOperations = (paused: PausedOperations, nowMillis: number): PausedOperations => {
  const kept = Object.entries(paused)
    .filter(([, { refusedMillis, resumesMillis }]) => Math.max(refusedMillis, resumesMillis) + keptMillis > nowMillis)
    .toSorted(([, one], [, other]) => other.refusedMillis - one.refusedMillis);
  return Object.fromEntries(kept.slice(0, mostKept));
};

export type OperationPauses = {
  /** By index of ask, for asks of paused operations: no earlier slot. Those of one operation go one after the other. */
  readonly slots: ReadonlyMap<number, number>;
  readonly take: (ask: Ask, slotMillis: number) => void;
  readonly result: () => PausedOperations;
};

export const createOperationPauses = (
  before: PausedOperations,
  asks: readonly Ask[],
  nowMillis: number,
): OperationPauses => {
  const paused: Record<string, PausedOperation> = { ...before };

  const slots = new Map<number, number>();
  const nextSlots = new Map<string, number>();
  asks.forEach(({ operation }, index) => {
    const known = operation === undefined ? undefined : paused[operation];
    if (operation === undefined || !isSlowed(known, nowMillis)) return;
    const slotMillis = Math.max(nowMillis, nextSlots.get(operation) ?? known.nextMillis);
    slots.set(index, slotMillis);
    nextSlots.set(operation, slotMillis + gapMillis(known, slotMillis));
  });

  return {
    slots,
    take({ operation }, slotMillis) {
      for (const [name, known] of Object.entries(paused)) {
        const isOwn = name === operation;
        paused[name] = isOwn
          ? {
              ...known,
              own: known.own + 1,
              // Calls are not booked in the order of their slots.
              nextMillis: Math.max(known.nextMillis, slotMillis + gapMillis(known, slotMillis)),
            }
          : { ...known, others: known.others + 1 };
      }
    },
    result: () => paused,
  };
};

/** Whether a refusal now is the next of a row. @param limit units in a window. */
export const isInARow = (
  before: PausedOperation | undefined,
  refusedMillis: number,
  limit: number,
): before is PausedOperation =>
  before !== undefined && refusedMillis <= before.resumesMillis + rowMillis && before.own <= limit * rowShare;

/** The operation after a refusal. @param row its state, if this refusal follows another one in a row. */
export const refusedOperation = (
  row: PausedOperation | undefined,
  refusedMillis: number,
  pauseMillis: (refusals: number) => number,
): PausedOperation => {
  const refusals = (row?.refusals ?? 0) + 1;
  const resumesMillis = refusedMillis + pauseMillis(refusals);
  return { refusedMillis, refusals, resumesMillis, nextMillis: resumesMillis, own: 0, others: row?.others ?? 0 };
};

/** The operation after the budget was corrected. The pause of all calls is enough, so its row ends. */
export const withoutOwnPause = ({ refusedMillis }: PausedOperation): PausedOperation => {
  const resumesMillis = refusedMillis - slowMillis;
  return { refusedMillis, refusals: 0, resumesMillis, nextMillis: resumesMillis, own: 0, others: 0 };
};
