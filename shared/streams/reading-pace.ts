/**
 * Whether a caller still reads its answer: at least 16 KiB/s over a window, such as 30 s. Otherwise the answer is cut.
 */

const leastBytesPerSecond = 16_384;

/**
 * Buffers of the platform on the way take megabytes at once and then nothing for a while: in the twin, a caller that reads
 * 64 KiB/s takes 1.5 to 3 MiB every 20 to 45 s; what API Gateway does nobody has measured [check]. Who goes on after a pause of
 * `pauseSeconds` has emptied such a buffer, which may hold as much again: the window is longer by the time that this lasts
 * at the least rate. What the buffers take at the beginning, without a pause, says nothing about the caller.
 */
const pauseSeconds = 5;
const longestWindowSeconds = 120;

/** A look that comes later was held up in this process, which is not the caller's doing. */
const longestStepSeconds = 2;

export type ReadingPace = {
  /**
   * Records one measurement, about one a second. True = the caller reads too slowly.
   * @param takenBytes bytes taken from the function so far.
   * @param waits whether bytes are ready for the caller; while none are, the upstream is slow.
   */
  readonly isTooSlow: (nowMillis: number, takenBytes: number, waits: boolean) => boolean;
};

type Look = { readonly seconds: number; readonly bytes: number };

const sum = (looks: readonly Look[]): Look =>
  looks.reduce((all, one) => ({ seconds: all.seconds + one.seconds, bytes: all.bytes + one.bytes }), {
    seconds: 0,
    bytes: 0,
  });

export const createReadingPace = (startMillis: number, windowSeconds: number): ReadingPace => {
  const leastBytes = windowSeconds * leastBytesPerSecond;
  let last = { millis: startMillis, bytes: 0 };
  let looks: Look[] = [];
  let stillSeconds = 0;
  let burst = { isAfterPause: false, bytes: 0 };
  let largestBurstBytes = 0;

  const noteBurst = ({ seconds, bytes }: Look): void => {
    if (bytes === 0) {
      stillSeconds += seconds;
      burst = { isAfterPause: stillSeconds >= pauseSeconds, bytes: 0 };
      return;
    }
    stillSeconds = 0;
    burst = { ...burst, bytes: burst.bytes + bytes };
    if (burst.isAfterPause) largestBurstBytes = Math.max(largestBurstBytes, burst.bytes);
  };

  const judgedSeconds = (): number =>
    Math.max(windowSeconds, Math.min(longestWindowSeconds, windowSeconds + largestBurstBytes / leastBytesPerSecond));

  return {
    isTooSlow(nowMillis, takenBytes, waits) {
      const seconds = Math.min(longestStepSeconds, Math.max(0, nowMillis - last.millis) / 1_000);
      const look = { seconds, bytes: takenBytes - last.bytes };
      last = { millis: nowMillis, bytes: takenBytes };
      if (!waits) {
        looks = [];
        stillSeconds = 0;
        return false;
      }
      noteBurst(look);
      looks.push(look);
      const window = judgedSeconds();
      while (sum(looks.slice(1)).seconds >= window) looks.shift();
      const judged = sum(looks);
      return judged.seconds >= window && judged.bytes < leastBytes;
    },
  };
};
