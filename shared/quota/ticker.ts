/** Where the governor gets time and timers from, so that a simulation can run minutes in milliseconds. */
export type Ticker = {
  /** Never goes back, and is set by nobody. Any origin. */
  readonly monotonicMillis: () => number;
  /** Milliseconds since 1970 as this machine believes; may be wrong, may jump. */
  readonly wallMillis: () => number;
  /** Calls back once, not before the time; returns how to call that off. */
  readonly after: (millis: number, callback: () => void) => () => void;
  /** 0 to 1, 1 excluded. */
  readonly random: () => number;
};

export const systemTicker: Ticker = {
  monotonicMillis: () => performance.now(),
  wallMillis: () => Date.now(),
  after: (millis, callback) => {
    const timer = setTimeout(callback, millis);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
