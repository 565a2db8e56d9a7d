/** Time as the simulator sees it. Everything that stamps or expires asks the clock, and all work asks `workMillis`. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMillis(): number;
}

export const systemClock: Clock = { nowMillis: () => Date.now() };

export interface AdjustableClock extends Clock {
  /** Moves time by this many milliseconds, backwards too. */
  advance(millis: number): void;
  /** Sets the present instant. Time runs on from there unless it was stopped. */
  set(nowMillis: number): void;
  /** Stops time at the present instant, or lets it run again. */
  stop(isStopped: boolean): void;
  /** How much work was done since the start: time, multiplied by the speed. It never falls. */
  workMillis(): number;
  readonly speed: number;
  /** Workflows and tools take their time divided by this. */
  setSpeed(speed: number): void;
}

/** A clock that follows `base` until it is moved or stopped by the control surface. */
export const createAdjustableClock = (base: Clock, firstSpeed: number): AdjustableClock => {
  let offsetMillis = 0;
  let stoppedAtMillis: number | undefined;
  let speed = firstSpeed;
  let work = 0;
  let workedUntilMillis = base.nowMillis();
  const nowMillis = () => stoppedAtMillis ?? base.nowMillis() + offsetMillis;
  const workMillis = () => {
    work += Math.max(0, nowMillis() - workedUntilMillis) * speed;
    workedUntilMillis = nowMillis();
    return work;
  };
  const set = (instantMillis: number) => {
    workMillis();
    offsetMillis = instantMillis - base.nowMillis();
    if (stoppedAtMillis !== undefined) stoppedAtMillis = instantMillis;
    // A jump back is no work; a jump ahead is.
    workedUntilMillis = Math.min(workedUntilMillis, instantMillis);
  };
  return {
    nowMillis,
    workMillis,
    set,
    advance: (millis) => set(nowMillis() + millis),
    stop(isStopped) {
      const now = nowMillis();
      stoppedAtMillis = isStopped ? now : undefined;
      offsetMillis = now - base.nowMillis();
    },
    get speed() {
      return speed;
    },
    setSpeed(next) {
      workMillis();
      speed = next;
    },
  };
};
