/** A pull on demand. */
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createMemoryPullLease } from '../../../shared/notifications/adapters/pull-stores.ts';
import { createPullNow } from '../../../shared/notifications/pull-now.ts';
import { noon } from './builders.ts';

const report = {
  ...{ calls: 1, seen: 3, found: 2, queuedAgain: 1, malformed: 0, overflowed: 0, isComplete: true, lagMillis: 0 },
};

const createScene = () => {
  const clock = { now: noon, nowMillis: () => clock.now };
  const lease = createMemoryPullLease(clock);
  const runs: PromiseWithResolvers<typeof report>[] = [];
  const run = () => {
    const one = Promise.withResolvers<typeof report>();
    runs.push(one);
    return one.promise;
  };
  return { clock, lease, runs, pullNow: createPullNow({ pull: { run }, lease, clock }) };
};

describe('a pull on demand', () => {
  it('says what it found, and lets the next one run', async () => {
    const { pullNow, runs } = createScene();
    for (const place of [0, 1]) {
      const answer = pullNow();
      await vi.waitFor(() => expect(runs.length).toBe(place + 1));
      runs[place]?.resolve(report);
      expect(await answer).toEqual(report);
    }
  });

  it('runs once at a time, whoever asks; a holder that was killed holds nobody up for long', async () => {
    const { pullNow, runs, clock } = createScene();
    void pullNow();
    await vi.waitFor(() => expect(runs.length).toBe(1));
    expect(await Promise.all([pullNow(), pullNow()])).toEqual([undefined, undefined]);
    expect(runs.length).toBe(1);
    clock.now += 60_000;
    const later = pullNow();
    await vi.waitFor(() => expect(runs.length).toBe(2));
    runs[1]?.resolve(report);
    expect(await later).toEqual(report);
  });

  it('names what kept it from the tenant, and lets the next one run', async () => {
    const { pullNow, runs } = createScene();
    const causes = [new AppError('QUOTA_UNAVAILABLE'), new TypeError('a secret of the transport')];
    for (const [place, cause] of causes.entries()) {
      const answer = pullNow();
      await vi.waitFor(() => expect(runs.length).toBe(place + 1));
      runs[place]?.reject(cause);
      await expect(answer).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
      await expect(answer).rejects.not.toMatchObject({ facts: { detail: expect.stringContaining('secret') } });
    }
    const answer = pullNow();
    await vi.waitFor(() => expect(runs.length).toBe(3));
    runs[2]?.reject(new AppError('NOTIFICATIONS_UNAVAILABLE'));
    await expect(answer).rejects.toMatchObject({ code: 'NOTIFICATIONS_UNAVAILABLE' });
  });
});
