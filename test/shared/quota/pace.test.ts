import { expect, it } from 'vitest';
import { decide } from '../../../shared/quota/decide.ts';
import { addUnits, bucketOf } from '../../../shared/quota/ledger.ts';
import { createOperationPauses } from '../../../shared/quota/operation-pauses.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { emptyState } from '../../../shared/quota/state.ts';
import { createWorld } from './world.ts';

const now = 1_800_000_000_000;
it('a call that waits for its operation does not delay those behind it while calls are paced', () => {
  const pressed = { pressedMillis: now - 1_000, nextMillis: now };
  const state = {
    ...emptyState,
    asOfMillis: now,
    pace: { interactive: pressed, background: pressed },
    operations: {
      'GET /x': {
        refusedMillis: now - 1_000,
        refusals: 1,
        resumesMillis: now + 500,
        nextMillis: now + 500,
        own: 0,
        others: 0,
      },
    },
    ledger: addUnits(emptyState.ledger, new Map([[bucketOf(now + 30_000), 900]])),
  };
  const ask = { priority: 'interactive' as const, weight: 1, caps: [], latestMillis: now + 8_000, charged: false };
  const { grants } = decide({
    state,
    policy: defaultPolicy,
    now: { earliestMillis: now, latestMillis: now + 100 },
    asks: [
      { ...ask, consumerId: 'a', operation: 'GET /x' },
      ...['b', 'c', 'd', 'e'].map((consumerId) => ({ ...ask, consumerId, operation: 'GET /y' })),
    ],
    settlements: [],
    reservations: [],
  });
  expect(grants.slice(1).every(({ slotMillis }) => slotMillis < now + 300)).toBe(true);
  expect(grants.length).toBe(5);
});

const minutes = 4;
/** Calls that were sent in the last three minutes of four. */
const sentIn = async (hasCapped: boolean): Promise<number> => {
  const { time, governor } = createWorld({ policy: { ...defaultPolicy, limit: 600 } });
  let sent = 0;
  const call = (consumerId: string, caps: { units: number; windowSeconds: number }[]) =>
    void governor.admit({ consumerId, priority: 'background', caps, waitMillis: 20_000 }).then(
      ({ departs, answered }) => {
        if (!departs()) return;
        answered();
        if (time.now() > 60_000) sent += 1;
      },
      () => {},
    );
  for (let at = 0; at < minutes * 60_000; at += 50) {
    call('other', []);
    if (hasCapped && at % 500 === 0) call('capped', [{ units: 1, windowSeconds: 1 }]);
    await time.runUntil(at + 50);
  }
  return sent;
};

it('one consumer that waits for its own cap leaves the pace of all others as it is', async () => {
  expect(await sentIn(true)).toBeGreaterThan((await sentIn(false)) * 0.98);
});

it('a paused operation keeps its gaps when its calls are not booked in the order in which they came', () => {
  const paused = { refusedMillis: now - 1_000, refusals: 1, resumesMillis: now, nextMillis: now, own: 0, others: 0 };
  const ask = {
    consumerId: 'a',
    priority: 'interactive' as const,
    weight: 1,
    caps: [],
    operation: 'GET /x',
    latestMillis: now + 8_000,
    charged: false,
  };
  const pauses = createOperationPauses({ 'GET /x': { ...paused, resumesMillis: now - 1_000 } }, [ask, ask], now);
  const [first, second] = [pauses.slots.get(0) as number, pauses.slots.get(1) as number];
  pauses.take(ask, second);
  pauses.take(ask, first);
  expect(pauses.result()['GET /x']?.nextMillis).toBeGreaterThan(second);
});
