/** How many events the functions are killed under, and how far a run by hand is. */
import { it } from 'vitest';
import { isFull } from '../../support/test-size.ts';

/** 10,000 take too long for `.ci/run`: `CRASH_EVENTS=10000` is for a run by hand, at either size. */
const wanted = Number(process.env.CRASH_EVENTS);
export const eventCount = wanted || 400;
/** It takes a minute of processor time even with few events. Crashes within one process are tested at every size (test/shared/fan-out). */
export const itInFull = it.runIf(isFull || wanted > 0);
/** A run by hand has 12 minutes, or more if it is large, and says how far it is. */
export const mostMillis = wanted > 0 ? Math.max(720_000, wanted * 300) : undefined;
const beganMillis = performance.now();
export const tell = (line: string): void => {
  if (wanted > 0) process.stderr.write(`  ${Math.round((performance.now() - beganMillis) / 1_000)} s: ${line}\n`);
};
/** Lines of the functions' log between two kills, on average. */
export const meanLines = Math.min(eventCount / 2, 1_500);
