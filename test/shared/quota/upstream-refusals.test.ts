/** What upstream 429s cost: one of a single operation little, those of a budget that others share are noticed within seconds. */
import { describe, expect, it } from 'vitest';
import { runTenant, type TenantFigures, type TenantScenario } from '../../../bench/quota/tenant.ts';
import type { Ask } from '../../../shared/quota/ask.ts';
import { afterUpstreamRefusal, type UpstreamRefusal } from '../../../shared/quota/correction.ts';
import { decide } from '../../../shared/quota/decide.ts';
import { addUnits, bucketOf, emptyLedger } from '../../../shared/quota/ledger.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { believedLimit, emptyState, type QuotaState } from '../../../shared/quota/state.ts';

const start = 1_800_000_000_000;
const read = 'GET /entities/{eid}';
const search = 'POST /entities/search';

const withUsed = (units: number): QuotaState => ({
  ...emptyState,
  asOfMillis: start,
  ledger: units > 0 ? addUnits(emptyLedger, new Map([[bucketOf(start + 60_000), units]])) : emptyLedger,
});
const refuse = (state: QuotaState, atMillis: number, parts: Partial<UpstreamRefusal>): QuotaState =>
  afterUpstreamRefusal(state, defaultPolicy, start + atMillis, {
    sinceMillis: start + atMillis,
    retryAfterMillis: undefined,
    ...parts,
  });
const limitOf = (state: QuotaState, atMillis: number): number => believedLimit(state, defaultPolicy, start + atMillis);

const asks = (count: number, operation: string): Ask[] =>
  Array.from({ length: count }, () => ({
    consumerId: 'app',
    priority: 'interactive',
    weight: 1,
    caps: [],
    latestMillis: start + 60_000,
    charged: false,
    operation,
  }));
const round = (state: QuotaState, atMillis: number, all: readonly Ask[]) => {
  const now = { earliestMillis: start + atMillis, latestMillis: start + atMillis };
  const decision = decide({ state, policy: defaultPolicy, now, asks: all, settlements: [], reservations: [] });
  const granted = (operation: string) => decision.grants.filter(({ ask }) => all[ask]?.operation === operation).length;
  return { ...decision, granted, state: decision.next ?? state };
};
/** Grants `count` calls of an operation. */
const send = (state: QuotaState, atMillis: number, count: number, operation: string): QuotaState =>
  round(state, atMillis, asks(count, operation)).state;

describe('one 429 far below the limit', () => {
  it('pauses its operation and nothing else, and leaves the limit as it is', () => {
    const after = refuse(withUsed(215), 0, { operation: search });
    expect([limitOf(after, 0), after.pausedUntilMillis]).toEqual([1_000, 0]);
    const { granted, held } = round(after, 100, [...asks(20, search), ...asks(20, read)]);
    expect([granted(search), granted(read)]).toEqual([0, 20]);
    expect(held[0]).toEqual({ by: 'operation', operation: search });
  });

  it('lets its operation go on after the pause, with more calls every second', () => {
    let state = refuse(withUsed(215), 0, { operation: search });
    const sentSeconds: number[] = [];
    for (let atMillis = 0; atMillis < 8_000; atMillis += 100) {
      const result = round(state, atMillis, asks(50, search));
      sentSeconds.push(...result.grants.map(({ slotMillis }) => Math.floor((slotMillis - start) / 1_000)));
      state = result.state;
    }
    const perSecond = Array.from({ length: 8 }, (_, second) => sentSeconds.filter((one) => one === second).length);
    expect(perSecond).toEqual([0, 1, 2, 4, 8, 16, 32, 64]);
    expect(round(state, 9_500, asks(200, search)).granted(search)).toBe(200);
  });

  it('pauses as long as the Retry-After says, a minute at most', () => {
    const grantedAt = (retryAfterMillis: number, atMillis: number) =>
      round(refuse(withUsed(0), 0, { operation: search, retryAfterMillis }), atMillis, asks(1, search)).granted(search);
    expect([grantedAt(30_000, 29_000), grantedAt(30_000, 30_000)]).toEqual([0, 1]);
    expect([grantedAt(3_600_000, 59_000), grantedAt(3_600_000, 60_000)]).toEqual([0, 1]);
  });

  it('is told once: answers to calls from before the pause change nothing', () => {
    const after = refuse(withUsed(215), 0, { operation: search });
    expect(refuse(after, 300, { operation: search })).toBe(after);
  });

  it('pauses its operation longer each time when it comes again, while others are answered', () => {
    let state = withUsed(215);
    const pauses: number[] = [];
    for (let atMillis = 0; pauses.length < 4; ) {
      state = refuse(state, atMillis, { operation: search });
      const { resumesMillis } = state.operations?.[search] ?? expect.fail('not paused');
      pauses.push(resumesMillis - start - atMillis);
      state = send(state, atMillis + 100, 40, read);
      atMillis = resumesMillis - start + 500;
      state = send(state, atMillis, 1, search);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(state.cut).toBeUndefined();
  });

  it('that is told too late for its pause leaves everything as it is', () => {
    const state = withUsed(215);
    expect(refuse(state, 60_000, { operation: search, sinceMillis: start })).toBe(state);
  });
});

describe('the budget is corrected for all', () => {
  it('when a second operation is refused soon after, with hardly a call answered in between', () => {
    const first = refuse(withUsed(215), 0, { operation: search });
    const second = refuse(send(first, 500, 5, read), 1_000, { operation: read });
    expect(limitOf(second, 1_000)).toBe(220);
    expect(second.pausedUntilMillis).toBe(start + 2_000);
    // The pause of all is enough: none of the two comes back slowly.
    expect(round(second, 2_500, [...asks(20, search), ...asks(20, read)]).held).not.toContainEqual(
      expect.objectContaining({ by: 'operation' }),
    );
  });

  it('not when many calls of others were sent between the two', () => {
    const first = refuse(withUsed(215), 0, { operation: search });
    const second = refuse(send(first, 500, 60, read), 5_000, { operation: 'GET /users' });
    expect(limitOf(second, 5_000)).toBe(1_000);
  });

  it('when one is refused near the limit, by as little as was left', () => {
    const after = refuse(withUsed(930), 0, { operation: search });
    expect(limitOf(after, 0)).toBe(930);
  });

  it('when one operation is refused again and again and nothing else is sent', () => {
    let state = refuse(withUsed(0), 0, { operation: search });
    state = refuse(send(state, 1_100, 1, search), 1_300, { operation: search });
    expect(state.cut).toBeUndefined();
    state = refuse(send(state, 3_400, 1, search), 3_600, { operation: search });
    expect(state.cut?.units).toBeGreaterThan(900);
  });

  it('when nobody knows which operation was refused', () => {
    expect(limitOf(refuse(withUsed(215), 0, {}), 0)).toBe(215);
  });
});

const mix = (perMinute: number) => ({ [read]: perMinute * 0.7, [search]: perMinute * 0.3 });
const run = (parts: Partial<TenantScenario>): Promise<TenantFigures> =>
  runTenant({ seed: 7, seconds: 120, instances: 4, demand: mix(215), ...parts });
const detectedMillis = ({ limits, refusals }: TenantFigures): number => {
  const second = limits.findIndex((limit) => limit < 1_000);
  return second < 0 ? Number.POSITIVE_INFINITY : (second + 1) * 1_000 - (refusals[0] ?? 0);
};
const mostRefusalsIn = ({ refusals }: TenantFigures, millis: number): number =>
  Math.max(0, ...refusals.map((at) => refusals.filter((other) => other >= at && other < at + millis).length));

describe('a fleet', () => {
  it('that meets one stray 429 refuses nobody and keeps its limit', async () => {
    const figures = await run({ strayRefusal: { operation: search, atSeconds: 60 } });
    expect(figures.refusals).toHaveLength(1);
    expect(Math.min(...figures.limits)).toBe(1_000);
    expect(Object.values(figures.operations).map(({ refused }) => refused)).toEqual([0, 0]);
  });

  it('one of whose operations has a limit of its own refuses nobody else', async () => {
    const figures = await run({ operationLimits: { [search]: 10 }, seconds: 240 });
    expect(figures.operations[search]?.answered).toBeGreaterThan(25);
    expect(figures.operations[read]?.refused).toBe(0);
    expect(Math.min(...figures.limits)).toBe(1_000);
    expect(mostRefusalsIn(figures, 10_000)).toBeLessThan(10);
  });

  it.each([
    ['several operations', mix(900), 5_000],
    ['one operation', { [read]: 900 }, 10_000],
  ])(
    'of %s notices within seconds that others spend the budget, and meets no storm',
    async (_title, demand, within) => {
      const figures = await run({ demand, others: 600, othersFromSeconds: 60, seconds: 180 });
      expect(figures.refusals.length).toBeGreaterThan(0);
      expect(detectedMillis(figures)).toBeLessThan(within);
      expect(mostRefusalsIn(figures, 10_000)).toBeLessThan(45);
      const answered = Object.values(figures.operations).reduce((sum, one) => sum + one.answered, 0);
      // A minute of 900, then two of the 400 that others leave, less what the beginning costs.
      expect(answered).toBeGreaterThan(1_350);
    },
  );
});
