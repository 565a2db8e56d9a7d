/** Limits of waiting. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { withinMillis } from '../../../shared/time/within.ts';

describe('withinMillis', () => {
  it('has the result of work that ends in time', async () => {
    expect(await withinMillis(Promise.resolve(7), 3_600_000)).toBe(7);
    await expect(withinMillis(Promise.reject(new Error('no')), 3_600_000)).rejects.toThrow('no');
  });

  it('rejects with a TimeoutError for work that does not', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const outcome = withinMillis(new Promise(() => {}), 2_000).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await outcome).toMatchObject({ name: 'TimeoutError', message: 'nothing came within 2000 ms' });
  });
});
