/** Time and timers of the governor, so that a simulation can run minutes in milliseconds. */
export type Ticker = {
  /** Monotonic milliseconds from any origin. */
  readonly monotonicMillis: () => number;
  /** Milliseconds since 1970 by this machine's wall clock; it may be wrong or jump. */
  readonly wallMillis: () => number;
  /** Calls back once, not before the time. Returns a function that cancels the call. */
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
