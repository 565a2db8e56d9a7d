/** Whether a caller still reads its answer: at least 16 KiB/s over 30 s, or the answer is to be cut. */

const leastBytesPerSecond = 16_384;
/** A caller that takes nothing at all is cut after so long. */
const patienceSeconds = 30;

/**
 * The buffers of the platform on the way take megabytes at once and then nothing for a while: on loopback, a caller that reads
 * 64 KiB/s takes 1.5 to 3 MiB every 20 to 45 s (measured in the twin; nobody has measured API Gateway [check]). A caller that
 * goes on after a pause of `pauseSeconds` has emptied such a buffer, and is given as long as those bytes last at the least
 * rate. What the buffers take at the beginning says nothing about the caller.
 */
const pauseSeconds = 5;
const mostCreditSeconds = 90;

/** A look that comes late was held up in this process: that is not the caller's doing. */
const longestStepSeconds = 2;

export type ReadingPace = {
  /**
   * Takes in one look. True = the caller reads too slowly.
   * @param takenBytes how much of the answer has been taken so far.
   * @param waits whether bytes lie ready for the caller; while none do, the upstream is the slow one.
   */
  readonly isTooSlow: (nowMillis: number, takenBytes: number, waits: boolean) => boolean;
};

export const createReadingPace = (startMillis: number): ReadingPace => {
  let lastMillis = startMillis;
  let lastBytes = 0;
  let stillSeconds = 0;
  let hasPaused = false;
  /** How long the caller has read less than the least rate, by what is missing; below 0 = ahead of it. */
  let behindSeconds = 0;

  return {
    isTooSlow(nowMillis, takenBytes, waits) {
      const seconds = Math.min(longestStepSeconds, Math.max(0, nowMillis - lastMillis) / 1_000);
      const taken = takenBytes - lastBytes;
      lastMillis = nowMillis;
      lastBytes = takenBytes;
      if (!waits) {
        behindSeconds = Math.min(0, behindSeconds);
        stillSeconds = 0;
        return false;
      }
      stillSeconds = taken === 0 ? stillSeconds + seconds : 0;
      hasPaused ||= stillSeconds >= pauseSeconds;
      const credit = hasPaused ? mostCreditSeconds : 0;
      behindSeconds = Math.max(-credit, behindSeconds + seconds - taken / leastBytesPerSecond);
      return behindSeconds >= patienceSeconds;
    },
  };
};
