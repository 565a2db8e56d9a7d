/** A value that an instance remembers: read anew when old or doubted, used on for a while when that fails. */
import type { Clock } from '../time/clock.ts';
import { withinMillis } from '../time/within.ts';

export type MemoryLimits = {
  /** Older than this it is read anew before it is used. */
  readonly freshMillis: number;
  /** So old it may be while it cannot be read anew. */
  readonly heldMillis: number;
  /** What failed is not tried again sooner while there is something else to use. */
  readonly retryMillis: number;
  /** Nobody waits longer while there is something else to use. */
  readonly patienceMillis: number;
  /** Nobody waits longer at all. */
  readonly mostMillis: number;
};

type Reading<T> = {
  /** Whether what is remembered is enough for the caller, old as it may be. */
  readonly suffices?: (value: T) => boolean;
  /** The caller has something else to use: it would rather fail soon than wait. */
  readonly hasOther?: boolean;
};

/** @param load is called once at a time, however many wait for it. */
export const createRemembered = <T>(load: () => Promise<T>, clock: Clock, limits: MemoryLimits) => {
  let known: { readonly value: T; readonly turn: number; readonly atMillis: number } | undefined;
  let started = 0;
  let failure: { readonly cause: unknown; readonly atMillis: number } | undefined;
  let isDoubted = false;
  let loading: Promise<void> | undefined;

  const loadAnew = async (mostMillis: number): Promise<void> => {
    const run = async (): Promise<void> => {
      isDoubted = false;
      started += 1;
      const turn = started;
      const value = await load();
      if (loading === mine) loading = undefined;
      // One that comes late must not replace what was asked for later.
      if (turn < (known?.turn ?? 0)) return;
      known = { value, turn, atMillis: clock.nowMillis() };
      failure = undefined;
    };
    loading ??= Promise.resolve().then(run);
    const mine = loading;
    try {
      await withinMillis(mine, mostMillis);
    } catch (cause) {
      if (loading === mine) {
        loading = undefined;
        isDoubted = true;
        failure = { cause, atMillis: clock.nowMillis() };
      }
      throw cause;
    }
  };

  const held = (): T | undefined =>
    known && known.atMillis + limits.heldMillis > clock.nowMillis() ? known.value : undefined;

  return {
    /** What is remembered, if it may still be used. */
    held,
    /** The next read loads anew, also soon after one that failed. */
    doubt(): void {
      isDoubted = true;
      failure = undefined;
    },
    /** @throws what `load` throws, when nothing that is remembered suffices. */
    async read({ suffices = () => true, hasOther = false }: Reading<T> = {}): Promise<T> {
      const nowMillis = clock.nowMillis();
      const value = held();
      const isEnough = value !== undefined && suffices(value);
      const isFresh = known !== undefined && known.atMillis + limits.freshMillis > nowMillis;
      if (isEnough && isFresh && !isDoubted) return value;
      if (failure && failure.atMillis + limits.retryMillis > nowMillis) {
        if (isEnough) return value;
        if (hasOther) throw failure.cause;
      }
      try {
        await loadAnew(isEnough || hasOther ? limits.patienceMillis : limits.mostMillis);
        // What was on its way already may be older than the doubt.
        if (isDoubted && !suffices((known as { value: T }).value)) await loadAnew(limits.mostMillis);
      } catch (cause) {
        if (!isEnough) throw cause;
      }
      return (known as { value: T }).value;
    },
  };
};
export type Remembered<T> = ReturnType<typeof createRemembered<T>>;
