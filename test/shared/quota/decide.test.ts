import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../shared/quota/ask.ts';
import { type DecisionInput, decide } from '../../../shared/quota/decide.ts';
import { bucketMillis, bucketOf } from '../../../shared/quota/ledger.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { emptyState, type QuotaState } from '../../../shared/quota/state.ts';

const start = 1_800_000_000_000;
const policy = { ...defaultPolicy, limit: 100, reservedShare: 0.2, sendGuardMillis: 1_000 };

const ask = (parts: Partial<Ask> = {}): Ask => ({
  consumerId: 'app',
  priority: 'interactive',
  weight: 1,
  caps: [],
  latestMillis: start + 3_600_000,
  charged: false,
  ...parts,
});
const many = (count: number, parts: Partial<Ask> = {}): Ask[] => Array.from({ length: count }, () => ask(parts));

const round = (state: QuotaState, atMillis: number, asks: readonly Ask[], parts: Partial<DecisionInput> = {}) => {
  const now = { earliestMillis: start + atMillis, latestMillis: start + atMillis };
  return decide({ state, policy, now, asks, settlements: [], reservations: [], ...parts });
};
const stateAfter = (decision: { next: QuotaState | undefined }): QuotaState =>
  decision.next ?? expect.fail('nothing written');
const grantsOf = (asks: readonly Ask[], grants: readonly { ask: number }[], consumerId: string): number =>
  grants.filter((grant) => asks[grant.ask]?.consumerId === consumerId).length;

describe('a decision', () => {
  it('spends an idle budget as one burst, and then nothing until a window has passed', () => {
    const burst = round(emptyState, 0, many(150));
    expect(burst.grants).toHaveLength(100);
    expect(round(stateAfter(burst), 59_000, many(1)).grants).toHaveLength(0);
    expect(round(stateAfter(burst), 70_000, many(150)).grants).toHaveLength(100);
  });

  it('makes room for a small consumer, and none for what the facade does by itself', () => {
    const spentBeside = (consumerId: string): number => {
      const before = stateAfter(round(emptyState, 0, [ask({ consumerId })]));
      const shared = stateAfter(round(before, 1_000, many(60)));
      return round(shared, 2_000, many(60)).grants.length;
    };
    expect(spentBeside('facade.change-sweep')).toBe(39);
    expect(spentBeside('other')).toBeLessThan(39);
  });

  it('writes nothing when nothing can be granted and others know that calls wait', () => {
    const burst = round(emptyState, 0, many(150));
    expect(round(stateAfter(burst), 1_000, many(50)).next).toBeUndefined();
  });

  it('foretells when each waiting call gets its slot', () => {
    const full = stateAfter(round(emptyState, 0, many(100)));
    const { expectedMillis } = round(full, 1_000, many(2));
    // The lease, the window and the guard after the burst, rounded up to a bucket.
    const free = bucketOf(start + policy.leaseMillis + policy.windowMillis + policy.sendGuardMillis) * bucketMillis;
    expect(expectedMillis).toEqual([free, free]);
  });

  it('counts a call only as long as it must once it is known when it arrived', () => {
    const burst = round(emptyState, 0, many(100));
    const bucket = burst.grants[0]?.bucket as number;
    const to = bucketOf(start + 10 + policy.windowMillis);
    const settlements = [{ from: bucket, to, units: 100 }];
    expect(round(stateAfter(burst), 60_400, many(100), { settlements }).grants).toHaveLength(100);
  });

  it('leaves the reserved share to interactive calls', () => {
    const burst = round(emptyState, 0, many(100, { priority: 'background' }));
    expect(burst.grants).toHaveLength(80);
    expect(round(stateAfter(burst), 1_000, many(30)).grants).toHaveLength(20);
  });

  it('lends what interactive calls do not use, all of it in the end', () => {
    let state = stateAfter(round(emptyState, 0, many(100, { priority: 'background' })));
    let lent = 0;
    for (let millis = 250; millis < 62_000; millis += 250) {
      const decision = round(state, millis, many(100, { priority: 'background' }));
      lent += decision.grants.length;
      state = decision.next ?? state;
    }
    expect(lent).toBeGreaterThanOrEqual(19);
  });

  it.each([1, 2, 5])('lets background calls have all of an idle limit of %i in the end', (limit) => {
    let state = emptyState;
    let granted = 0;
    for (let millis = 0; millis < 66_000; millis += 500) {
      const asks = many(limit, { priority: 'background' });
      const decision = round(state, millis, asks.slice(granted), { policy: { ...policy, limit } });
      granted += decision.grants.length;
      state = decision.next ?? state;
    }
    expect(granted).toBe(limit);
  });

  it('serves interactive calls first', () => {
    const asks = [...many(99, { priority: 'background', consumerId: 'batch' }), ...many(30)];
    const { grants } = round(emptyState, 0, asks);
    expect(grantsOf(asks, grants, 'app')).toBe(30);
  });

  it('divides by weight between consumers that wait', () => {
    const asks = [...many(200, { consumerId: 'light' }), ...many(200, { consumerId: 'heavy', weight: 3 })];
    const { grants } = round(emptyState, 0, asks);
    expect([grantsOf(asks, grants, 'light'), grantsOf(asks, grants, 'heavy')]).toEqual([25, 75]);
  });

  it('lets a consumer that is ahead yield to one that waits at another instance, for a moment', () => {
    const flow = { wantsUntilMillis: 0, minute: start / 60_000, unitsNow: 0, unitsBefore: 0 };
    const state: QuotaState = {
      ...emptyState,
      ledger: { first: bucketOf(start), counts: [100] },
      flows: { 'i:ahead': { ...flow, tag: 50 }, 'i:behind': { ...flow, tag: 10, wantsUntilMillis: start + 5_000 } },
    };
    const freed = bucketOf(start) * bucketMillis - start;
    const asks = (consumerId: string) => many(5, { consumerId });
    expect(round(state, freed + 10, asks('ahead')).grants).toHaveLength(0);
    expect(round(state, freed + 10, asks('behind')).grants).toHaveLength(5);
    // A share that no call uses is free for all.
    expect(round(state, freed + 200, asks('ahead')).grants).toHaveLength(5);
  });

  it('writes that a consumer waits when another has got ahead of it, and not again at once', () => {
    const flow = { wantsUntilMillis: 0, minute: start / 60_000, unitsNow: 0, unitsBefore: 0 };
    const state: QuotaState = {
      ...emptyState,
      ledger: { first: bucketOf(start + 60_000), counts: [100] },
      flows: { 'i:ahead': { ...flow, tag: 50 }, 'i:behind': { ...flow, tag: 10 } },
      virtual: { i: 10 },
      pace: { ...emptyState.pace, interactive: { pressedMillis: start - 1_000, nextMillis: 0 } },
    };
    const said = stateAfter(round(state, 0, many(1, { consumerId: 'behind' })));
    expect(said.flows['i:behind']?.wantsUntilMillis).toBeGreaterThan(start);
    expect(round(said, 500, many(1, { consumerId: 'behind' })).next).toBeUndefined();
    expect(round(state, 0, many(1, { consumerId: 'ahead' })).next).toBeUndefined();
  });

  it.each([1, 60, 86_400])('never grants a consumer more than its cap in %i s', (windowSeconds) => {
    const caps = [{ units: 7, windowSeconds }];
    const burst = round(emptyState, 0, many(20, { caps, latestMillis: start + 10 }));
    expect(burst.grants).toHaveLength(7);
    const windowMillis = windowSeconds * 1_000;
    const before = round(stateAfter(burst), windowMillis - 700, many(20, { caps }));
    expect(before.grants.filter(({ slotMillis }) => slotMillis < start + windowMillis)).toHaveLength(0);
    expect(round(stateAfter(burst), windowMillis * 1.1, many(20, { caps })).grants.length).toBeGreaterThanOrEqual(7);
  });

  it('lets other consumers pass one whose cap is spent', () => {
    const asks = [...many(5, { consumerId: 'capped', caps: [{ units: 1, windowSeconds: 60 }] }), ...many(5)];
    const { grants } = round(emptyState, 0, asks);
    expect([grantsOf(asks, grants, 'capped'), grantsOf(asks, grants, 'app')]).toEqual([1, 5]);
  });

  it('holds room for a booking, lends what it does not use, and serves its owner first', () => {
    const reservations = [{ bookingId: 'b1', consumerId: 'nightly', units: 50, unitsPerMilli: 50 / 60_000 }];
    const others = round(emptyState, 0, many(100), { reservations });
    expect(others.grants).toHaveLength(50);
    const owner = round(stateAfter(others), 10, many(60, { consumerId: 'nightly', priority: 'background' }), {
      reservations,
    });
    // Ten seconds of its rate at once; beyond that it is one of many.
    expect(owner.grants).toHaveLength(9);
    expect(stateAfter(owner).booked).toMatchObject({ b1: 9 });
    expect(owner.expectedMillis.slice(9, 11).map((millis) => millis - start)).toEqual([810, 2_010]);
    const lent = round(stateAfter(others), 30_000, many(100), { reservations });
    expect(lent.grants.length).toBeGreaterThanOrEqual(20);
  });

  it('leaves the reserved share to interactive calls when the owner of a booking comes with a crowd', () => {
    const reservations = [{ bookingId: 'b1', consumerId: 'nightly', units: 5_000, unitsPerMilli: 50 / 60_000 }];
    const asks = many(100, { consumerId: 'nightly', priority: 'background' });
    const owner = round(emptyState, 0, asks, { reservations });
    expect(round(stateAfter(owner), 1_000, many(30), { reservations }).grants.length).toBeGreaterThanOrEqual(20);
  });

  it('gives a booking its rate and interactive calls theirs while both have more', () => {
    const reservations = [{ bookingId: 'b1', consumerId: 'nightly', units: 5_000, unitsPerMilli: 50 / 60_000 }];
    let state = emptyState;
    const had = { app: 0, nightly: 0 };
    for (let millis = 0; millis < 240_000; millis += 100) {
      for (const consumerId of millis % 200 === 0 ? (['app', 'nightly'] as const) : (['app'] as const)) {
        const priority = consumerId === 'app' ? 'interactive' : 'background';
        const decision = round(state, millis, many(60, { consumerId, priority }), { reservations });
        if (millis >= 120_000) had[consumerId] += decision.grants.length;
        state = decision.next ?? state;
      }
    }
    // Two windows; the reserved share of each is 20.
    expect(had.nightly).toBeGreaterThanOrEqual(94);
    expect(had.app).toBeGreaterThanOrEqual(40);
  });

  it('remembers the consumers that matter when there are very many', () => {
    let state = emptyState;
    for (let batch = 0; batch < 5; batch += 1) {
      const asks = Array.from({ length: 80 }, (_, index) => ask({ consumerId: `app-${batch}-${index}` }));
      state = stateAfter(round(state, batch * 20_000, asks, { policy: { ...policy, limit: 1_000 } }));
    }
    expect(Object.keys(state.flows)).toHaveLength(200);
    expect(state.flows['i:app-4-79']).toBeDefined();
    expect(state.flows['i:app-0-0']).toBeUndefined();
  });

  it('refuses a call of a slowed operation alone when no more may wait', () => {
    const slowed = { refusedMillis: start - 1_000, refusals: 1, own: 0, others: 0 };
    const state: QuotaState = {
      ...emptyState,
      operations: { search: { ...slowed, resumesMillis: start + 300, nextMillis: start + 300 } },
      places: { native: { app: new Array(5).fill(start + 8_000) } },
    };
    const asks = [ask({ operation: 'search' }), ask({ operation: 'read' })];
    const { grants, held } = round(state, 0, asks, { bound: { executions: 10, share: 0.5, pool: 'native' } });
    expect(grants.map((grant) => grant.ask)).toEqual([1]);
    expect(held[0]).toEqual({ by: 'waiting', calls: 5, operation: 'search' });
  });
});
