/** How the page at /ops asks again: never twice at once, not while it is hidden, and less often after errors. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

type Poll = { now(): void; stop(): void };
type Options = {
  readonly everyMillis: number;
  readonly ask: () => Promise<unknown>;
  readonly onState: (state: { readonly error: Error | undefined }) => void;
};
// The page has no types: browsers run it as it is.
const script = '../../../functions/documents/ops/poll.js';
const { createPoll } = (await import(script)) as { createPoll(options: Options): Poll };

class Page extends EventTarget {
  hidden = false;
  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: Page;
beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const start = (ask: () => Promise<unknown>) => {
  const states: (string | undefined)[] = [];
  const asked = vi.fn(ask);
  const poll = createPoll({ everyMillis: 2_000, ask: asked, onState: ({ error }) => states.push(error?.message) });
  poll.now();
  return { poll, asked, states };
};

describe('a poll', () => {
  it('asks each 2 s', async () => {
    const { asked } = start(async () => {});
    await vi.advanceTimersByTimeAsync(4_100);
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it('does not ask while an answer is on its way', async () => {
    const answer = Promise.withResolvers<void>();
    const { asked, poll } = start(() => answer.promise);
    await vi.advanceTimersByTimeAsync(30_000);
    poll.now();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(asked).toHaveBeenCalledTimes(1);
    answer.resolve();
    // Somebody has acted meanwhile, so the next one does not wait for 2 s.
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('asks nothing while the page is hidden, and at once when it is seen again', async () => {
    const { asked } = start(async () => {});
    await vi.advanceTimersByTimeAsync(100);
    page.turn(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveBeenCalledTimes(1);
    page.turn(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('waits twice as long after each error, a minute at most, and says so', async () => {
    let isDown = true;
    const { asked, states } = start(async () => {
      if (isDown) throw new Error('no answer');
    });
    // At 0, 4, 12, 28, 60 s, and then each minute.
    await vi.advanceTimersByTimeAsync(60_100);
    expect(asked).toHaveBeenCalledTimes(5);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(asked).toHaveBeenCalledTimes(7);
    isDown = false;
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toHaveBeenCalledTimes(9);
    expect([...new Set(states)]).toEqual(['no answer', undefined]);
  });

  it('ends', async () => {
    const { asked, poll } = start(async () => {});
    await vi.advanceTimersByTimeAsync(100);
    poll.stop();
    page.turn(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
