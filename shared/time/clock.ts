/** The source of time for all rules, so that tests can set it. */
export type Clock = {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly nowMillis: () => number;
};

export const systemClock: Clock = { nowMillis: () => Date.now() };
