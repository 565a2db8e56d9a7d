/** What the cache did, counted by class: each instance adds up its own and hands them in once a minute at most. */
import type { Clock } from '../time/clock.ts';
import type { Observe } from './parts.ts';

/** `entity hit` -> 12. */
export type Figures = Readonly<Record<string, number>>;

/** Port. Counts of one hour are one record. */
export interface FiguresStore {
  /** Adds to the hour that begins then. Nothing is lost of what several instances add at once. */
  add(hourMillis: number, figures: Figures): Promise<void>;
  /** The hours that begin at or after this, in order; hours without figures may be absent. */
  read(sinceMillis: number): Promise<readonly { readonly hourMillis: number; readonly figures: Figures }[]>;
}

const hour = 3_600_000;
export const hourOf = (millis: number): number => millis - (millis % hour);

/** Adds up in memory. What an instance has not handed in when it ends is lost: these figures show tendencies, not bills. */
export const createFigures = (store: FiguresStore, clock: Clock, everyMillis = 60_000) => {
  let counts: Record<string, number> = {};
  let handedInAtMillis = clock.nowMillis();

  const observe: Observe = ({ cacheClass, verdict }) => {
    const name = `${cacheClass} ${verdict}`;
    counts[name] = (counts[name] ?? 0) + 1;
  };

  return {
    observe,
    /** Hands in what was counted when it is time, or when `now` says so. */
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
