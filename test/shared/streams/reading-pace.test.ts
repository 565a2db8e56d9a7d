import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReadingPace } from '../../../shared/streams/reading-pace.ts';

const kibibyte = 1_024;

type Reader = {
  /** What the buffers on the way take before anything stands still. */
  readonly fillBytes: number;
  /** The caller's rate. */
  readonly bytesPerSecond: number;
  /** The platform takes this much at once. */
  readonly burstBytes: number;
  /** When looks come, after so many milliseconds each; the last again and again. */
  readonly steps?: readonly number[];
};

/** Seconds after which the answer is cut; undefined = never within a quarter of an hour. */
const cutAfter = ({ fillBytes, bytesPerSecond, burstBytes, steps = [1_000] }: Reader): number | undefined => {
  const pace = createReadingPace(0, 30);
  for (let now = 0, look = 0; now < 900_000; look += 1) {
    now += steps[Math.min(look, steps.length - 1)] as number;
    const read = (now / 1_000) * bytesPerSecond;
    const taken = fillBytes + Math.floor(read / burstBytes) * burstBytes;
    if (pace.isTooSlow(now, taken, true)) return now / 1_000;
  }
  return undefined;
};

describe('a caller', () => {
  it.each([0, 64 * kibibyte, 8_192 * kibibyte])(
    'that reads nothing is cut after 30 s, whatever buffers took (%i bytes)',
    (fillBytes) => {
      const seconds = cutAfter({ fillBytes, bytesPerSecond: 0, burstBytes: kibibyte });
      expect(seconds).toBeGreaterThanOrEqual(30);
      expect(seconds).toBeLessThanOrEqual(32);
    },
  );

  it('that reads below 16 KiB/s in drops is cut after 30 s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 15 * kibibyte }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 8_192 * kibibyte }),
        (bytesPerSecond, gapSeconds, fillBytes) => {
          const burstBytes = bytesPerSecond * gapSeconds;
          expect(cutAfter({ fillBytes, bytesPerSecond, burstBytes })).toBeLessThanOrEqual(32);
        },
      ),
    );
  });

  it('that reads 8 KiB/s or less is cut within two minutes, in whatever bursts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 * kibibyte }),
        fc.integer({ min: 1, max: 8_192 * kibibyte }),
        (bytesPerSecond, burstBytes) => {
          expect(cutAfter({ fillBytes: 0, bytesPerSecond, burstBytes })).toBeLessThanOrEqual(122);
        },
      ),
    );
  });

  it('that reads 17 KiB/s or more in drops is never cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 17 * kibibyte, max: 4_096 * kibibyte }), (bytesPerSecond) => {
        expect(cutAfter({ fillBytes: 0, bytesPerSecond, burstBytes: 8 * kibibyte })).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('that reads more, in the bursts that buffers on the way make of it, is never cut', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20 * kibibyte, max: 256 * kibibyte }),
        fc.integer({ min: 6, max: 28 }),
        fc.integer({ min: 0, max: 8_192 * kibibyte }),
        (bytesPerSecond, gapSeconds, fillBytes) => {
          expect(cutAfter({ fillBytes, bytesPerSecond, burstBytes: bytesPerSecond * gapSeconds })).toBeUndefined();
        },
      ),
      { numRuns: 50 },
    );
  });

  it('that once took a large burst and then reads nothing is cut within two minutes', () => {
    const pace = createReadingPace(0, 30);
    let cutMillis: number | undefined;
    for (let now = 1_000; cutMillis === undefined && now < 900_000; now += 1_000)
      if (pace.isTooSlow(now, now < 20_000 ? 0 : 3_072 * kibibyte, true)) cutMillis = now;
    expect(cutMillis).toBeLessThanOrEqual(20_000 + 122_000);
  });

  it('for whom the upstream has nothing ready is never cut', () => {
    const pace = createReadingPace(0, 30);
    for (let now = 1_000; now < 900_000; now += 1_000) expect(pace.isTooSlow(now, now / 1_000, false)).toBe(false);
  });

  it('is not blamed for a process that stood still', () => {
    expect(cutAfter({ fillBytes: 0, bytesPerSecond: 0, burstBytes: 1, steps: [60_000, 1_000] })).toBeGreaterThanOrEqual(
      88,
    );
  });
});
