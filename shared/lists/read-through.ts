/** Serves a copy while it is fresh, else asks for a new one, and serves the old one where the system of record is slow or fails. */
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { withinMillis } from '../time/within.ts';
import type { Copy, CopyStore } from './definition.ts';

/** Fresh: a copy younger than `freshSeconds`. Read: asked for now. Stale: an older copy, because that failed or took too long. */
export type CopyState = 'fresh' | 'read' | 'stale';
export type Served = { readonly text: string; readonly state: CopyState; readonly ageSeconds: number };

export type Freshness = { readonly freshSeconds: number; readonly staleSeconds: number };

export type Background = (work: Promise<void>) => void;

export type ReadThroughParts = {
  readonly copies: CopyStore;
  readonly clock: Clock;
  /** A copy could not be read, or a new one could not be made or kept. */
  readonly onTrouble: (trouble: string, cause: unknown) => void;
};

/** How long a caller waits for a new copy where there is an old one. */
const patienceMillis = 3_000;

/** Says that what was asked for is gone: an old copy is no answer. */
const isGone = (error: unknown): boolean => error instanceof AppError && error.code === 'RECORD_UNKNOWN';

export const createReadThrough = ({ copies, clock, onTrouble }: ReadThroughParts) => {
  const ageOf = ({ storedAtMillis }: Copy): number => Math.max(0, (clock.nowMillis() - storedAtMillis) / 1_000);
  const serve = (copy: Copy, state: CopyState): Served => ({
    ...{ text: copy.text, state, ageSeconds: Math.floor(ageOf(copy)) },
  });

  const readCopy = (key: string): Promise<Copy | undefined> =>
    copies.read(key).catch((cause: unknown) => {
      onTrouble('a copy could not be read', cause);
      return undefined;
    });

  const keep = async (key: string, copy: Copy, lifeSeconds: number): Promise<void> => {
    if (lifeSeconds === 0) return;
    await copies.write(key, copy, lifeSeconds).catch((cause: unknown) => onTrouble('a copy was not kept', cause));
  };

  /** The new copy is kept after the answer. */
  const renew = async (key: string, lifeSeconds: number, ask: () => Promise<string>) => {
    const text = await ask().catch(async (error: unknown) => {
      if (isGone(error)) await copies.remove(key).catch((cause: unknown) => onTrouble('a copy stays', cause));
      throw error;
    });
    const copy = { text, storedAtMillis: clock.nowMillis() };
    return { copy, kept: keep(key, copy, lifeSeconds) };
  };

  /**
   * @param background takes work that goes on after the answer. It never rejects.
   * @throws what `ask` throws, where no copy may be served.
   */
  return async (
    key: string,
    { freshSeconds, staleSeconds }: Freshness,
    ask: () => Promise<string>,
    background: Background,
  ): Promise<Served> => {
    const copy = await readCopy(key);
    if (copy && ageOf(copy) < freshSeconds) return serve(copy, 'fresh');
    const renewed = renew(key, Math.max(freshSeconds, staleSeconds), ask);
    const kept = renewed.then(
      (made) => made.kept,
      () => {},
    );
    background(kept);
    if (!copy || ageOf(copy) > staleSeconds) return serve((await renewed).copy, 'read');
    try {
      return serve((await withinMillis(renewed, patienceMillis)).copy, 'read');
    } catch (error) {
      if (isGone(error)) throw error;
      onTrouble('an old copy is served', error);
      return serve(copy, 'stale');
    }
  };
};
export type ReadThrough = ReturnType<typeof createReadThrough>;
