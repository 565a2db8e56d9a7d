/** Time as the simulator sees it. Everything that stamps, expires or waits asks this, never the machine. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMillis(): number;
}

export const systemClock: Clock = { nowMillis: () => Date.now() };

export interface AdjustableClock extends Clock {
  /** Moves time by this many milliseconds, backwards too. */
  advance(millis: number): void;
  /** Sets the present instant; time runs on from there unless it was stopped. */
  set(nowMillis: number): void;
  /** Stops time at the present instant, or lets it run again. */
  stop(isStopped: boolean): void;
}

/** A clock that follows `base` until it is moved or stopped by the control surface. */
export const createAdjustableClock = (base: Clock): AdjustableClock => {
  let offsetMillis = 0;
  let stoppedAtMillis: number | undefined;
  const nowMillis = () => stoppedAtMillis ?? base.nowMillis() + offsetMillis;
  const set = (instantMillis: number) => {
    offsetMillis = instantMillis - base.nowMillis();
    if (stoppedAtMillis !== undefined) stoppedAtMillis = instantMillis;
  };
  return {
    nowMillis,
    set,
    advance: (millis) => set(nowMillis() + millis),
    stop(isStopped) {
      const now = nowMillis();
      stoppedAtMillis = isStopped ? now : undefined;
      set(now);
    },
  };
};
