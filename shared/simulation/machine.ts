/** A simulated instance: a machine whose clocks are wrong, that is frozen, stepped and killed. */
import type { Ticker } from '../quota/ticker.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Machine = {
  readonly ticker: Ticker;
  /** Runs when the machine next runs: at once, after the thaw, or never. */
  readonly whenRunning: (run: () => void) => void;
  readonly freeze: (millis: number) => void;
  readonly kill: () => void;
  readonly stepWall: (millis: number) => void;
  readonly isAlive: () => boolean;
};

export type MachineClocks = { readonly skewMillis: number; readonly driftShare: number };

/** Wall clocks start here, so that they look like dates. */
export const epochMillis = 1_800_000_000_000;

export const createMachine = (time: VirtualTime, random: () => number, clocks: MachineClocks): Machine => {
  const bornMillis = time.now();
  let frozenUntilMillis = 0;
  let isAlive = true;
  let skewMillis = clocks.skewMillis;
  const rate = 1 + clocks.driftShare;

  const whenRunning = (run: () => void): void => {
    if (!isAlive) return;
    if (frozenUntilMillis <= time.now()) run();
    else time.at(frozenUntilMillis, () => whenRunning(run));
  };

  return {
    ticker: {
      monotonicMillis: () => (time.now() - bornMillis) * rate,
      wallMillis: () => epochMillis + time.now() + skewMillis,
      after(millis, callback) {
        let isOff = false;
        time.at(time.now() + millis / rate, () =>
          whenRunning(() => {
            if (!isOff) callback();
          }),
        );
        return () => {
          isOff = true;
        };
      },
      random,
    },
    whenRunning,
    freeze(millis) {
      frozenUntilMillis = Math.max(frozenUntilMillis, time.now() + millis);
    },
    kill() {
      isAlive = false;
    },
    stepWall(millis) {
      skewMillis += millis;
    },
    isAlive: () => isAlive,
  };
};
