import { describe, expect, it } from 'vitest';
import { decide } from '../../../shared/quota/decide.ts';
import { rateLimitFields } from '../../../shared/quota/headers.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { toQuotaDocument } from '../../../shared/quota/quota-document.ts';
import { takeSnapshot } from '../../../shared/quota/snapshot.ts';
import { shortageOf, tenantStanding } from '../../../shared/quota/standing.ts';
import { emptyState, type QuotaState } from '../../../shared/quota/state.ts';

const start = 1_800_000_000_000;
const policy = { ...defaultPolicy, sendGuardMillis: 1_000 };
const caps = [
  { units: 20, windowSeconds: 1 },
  { units: 300, windowSeconds: 60 },
  { units: 50_000, windowSeconds: 86_400 },
];

/** The state after this many interactive calls of `app` at the start. */
const spent = (units: number, withCaps = false): QuotaState => {
  const now = { earliestMillis: start, latestMillis: start };
  const ask = { consumerId: 'app', priority: 'interactive' as const, weight: 1, caps: withCaps ? caps : [] };
  const asks = Array.from({ length: units }, () => ({ ...ask, latestMillis: start + 1, charged: false }));
  const input = { state: emptyState, policy, now, asks, settlements: [], reservations: [] };
  return decide(input).next ?? emptyState;
};

describe('the RateLimit fields', () => {
  it('tell the policies, what is left of each, and when there is more', () => {
    const fields = Object.fromEntries(rateLimitFields(spent(15, true), policy, start, 'app', { caps }));
    expect(fields['ratelimit-policy']).toBe(
      '"tenant";q=1000;w=60, "consumer-second";q=20;w=1, "consumer-minute";q=300;w=60, "consumer-day";q=50000;w=86400',
    );
    expect(fields.ratelimit).toMatch(
      /^"tenant";r=985;t=63, "consumer-second";r=5;t=\d+, "consumer-minute";r=285;t=\d+, "consumer-day";r=49985;t=\d+$/,
    );
  });

  it('tell how long nothing is left', () => {
    const fields = Object.fromEntries(rateLimitFields(spent(1_000), policy, start + 20_000, 'app', { caps: [] }));
    expect(fields.ratelimit).toBe('"tenant";r=0;t=43');
  });

  it('tell of no units while the upstream has asked for silence', () => {
    const state = { ...emptyState, pausedUntilMillis: start + 90_000 };
    const fields = Object.fromEntries(rateLimitFields(state, policy, start, 'app', { caps: [] }));
    expect(fields.ratelimit).toBe('"tenant";r=0;t=90');
  });
});

describe('the snapshot', () => {
  it('shows window, use, consumers and whether the limit is near', () => {
    const snapshot = takeSnapshot(spent(850), policy, start + 1_000);
    expect(snapshot).toMatchObject({
      limit: 1_000,
      configuredLimit: 1_000,
      windowSeconds: 60,
      used: 850,
      free: 150,
      nearLimit: true,
      pausedSeconds: 0,
      consumers: [{ consumerId: 'app', priority: 'interactive', unitsLastMinute: 850, isWaiting: false }],
    });
    expect(toQuotaDocument(snapshot, 'signals').data).toMatchObject({ type: 'quota', id: 'signals' });
  });

  it('lets calls fade from the count of the last minute', () => {
    const [app] = takeSnapshot(spent(800), policy, start + 90_000).consumers;
    expect(app?.unitsLastMinute).toBeLessThanOrEqual(400);
    expect(takeSnapshot(spent(800), policy, start + 200_000).consumers).toEqual([]);
  });
});

describe('the shortage', () => {
  it.each([
    [0, 0],
    [700, 0],
    [850, 0.5],
    [1_000, 1],
  ])('with %i of 1,000 used is %d', (units, shortage) => {
    expect(shortageOf(tenantStanding(spent(units), policy, start))).toBeCloseTo(shortage);
  });
});
