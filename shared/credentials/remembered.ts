/** A value that an instance remembers. It is read again when old or doubted, and used for a while if that fails. */
import type { Clock } from '../time/clock.ts';
import { withinMillis } from '../time/within.ts';

export type MemoryLimits = {
  /** If it is older than this, it is read again before it is used. */
  readonly freshMillis: number;
  /** The greatest age of a value that cannot be read again. */
  readonly heldMillis: number;
  /** The pause after a failure, while an old value can be used. */
  readonly retryMillis: number;
  /** The longest wait while an old value can be used. */
  readonly patienceMillis: number;
  /** The longest wait in any case. */
  readonly mostMillis: number;
};

type Reading<T> = {
  /** Whether the remembered value is enough for the caller, despite its age. */
  readonly suffices?: (value: T) => boolean;
  /** The caller has an alternative, so it prefers to fail soon. */
  readonly hasOther?: boolean;
};

/** @param load is called once at a time, however many calls wait for it. */
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
      // A late result must not replace one that was requested later.
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
    /** The remembered value, if it may still be used. */
    held,
    /** The next read loads again, even soon after a failure. */
    doubt(): void {
      isDoubted = true;
      failure = undefined;
    },
    /** @throws what `load` throws, if no remembered value is enough. */
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
        // A load that was already under way may be older than the doubt.
        if (isDoubted && !suffices((known as { value: T }).value)) await loadAnew(limits.mostMillis);
      } catch (cause) {
        if (!isEnough) throw cause;
      }
      return (known as { value: T }).value;
    },
  };
};
export type Remembered<T> = ReturnType<typeof createRemembered<T>>;
