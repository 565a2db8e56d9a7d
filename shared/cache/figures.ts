/** Counts what the cache did, by class. Each instance sums its own counts and stores them at most once a minute. */
import type { Clock } from '../time/clock.ts';
import type { Observe } from './parts.ts';

/** `entity hit` -> 12. */
export type Figures = Readonly<Record<string, number>>;

/** Port. Counts of one hour are one record. */
export interface FiguresStore {
  /** Adds to the hour that begins at this instant. Concurrent additions of several instances all count. */
  add(hourMillis: number, figures: Figures): Promise<void>;
  /** The hours that begin at or after this, in order; hours without figures may be absent. */
  read(sinceMillis: number): Promise<readonly { readonly hourMillis: number; readonly figures: Figures }[]>;
}

const hour = 3_600_000;
export const hourOf = (millis: number): number => millis - (millis % hour);

/**
 * Sums in memory. Counts that an instance has not stored when it ends are lost, because the figures show tendencies,
 * not bills.
 */
export const createFigures = (store: FiguresStore, clock: Clock, everyMillis = 60_000) => {
  let counts: Record<string, number> = {};
  let handedInAtMillis = clock.nowMillis();

  const observe: Observe = ({ cacheClass, verdict }) => {
    const name = `${cacheClass} ${verdict}`;
    counts[name] = (counts[name] ?? 0) + 1;
  };

  return {
    observe,
    /** Stores the counts if a minute has passed, or if `now` is set. */
    async handIn(now = false): Promise<void> {
      if (Object.keys(counts).length === 0) return;
      if (!now && clock.nowMillis() - handedInAtMillis < everyMillis) return;
      const figures = counts;
      counts = {};
      handedInAtMillis = clock.nowMillis();
      await store.add(hourOf(clock.nowMillis()), figures);
    },
  };
};
