/** A refusal names the limit that refused: in its text, and for the record of the request. */
import { describe, expect, it } from 'vitest';
import type { GovernorOptions } from '../../../shared/quota/governor-options.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import type { Applicant } from '../../../shared/quota/waiting.ts';
import { app, batch, createWorld, times, watch } from './world.ts';

const policy = { ...defaultPolicy, limit: 100 };
const other = { ...app, consumerId: 'other' };
const hurried = (applicant: Applicant): Applicant => ({ ...applicant, waitMillis: 0 });

/** What a call is refused with after `before` was sent. */
const refusalOf = async (
  applicant: Applicant,
  before: readonly Applicant[],
  options: Partial<GovernorOptions> = {},
  act: (world: ReturnType<typeof createWorld>) => void = () => {},
) => {
  const world = createWorld({ policy, ...options });
  watch(before.map((one) => world.governor.admit(one)));
  await world.time.runUntil(1_000);
  act(world);
  await world.time.runUntil(1_200);
  const seen = watch([world.governor.admit(hurried(applicant))]);
  await world.time.runUntil(3_000);
  const { code, facts } = seen.refused[0] ?? expect.fail('admitted');
  expect(code).toBe('TOO_MANY_REQUESTS');
  return facts as { limit?: string; detail?: string };
};

describe('a 429 names', () => {
  const caps = [
    { units: 50, windowSeconds: 3_600 },
    { units: 3, windowSeconds: 60 },
  ];
  it("the consumer's own cap, though the tenant has room", async () => {
    const { limit, detail } = await refusalOf(
      { ...app, caps },
      times(3, () => ({ ...app, caps })),
    );
    expect([limit, detail]).toEqual(['consumer-minute', expect.stringContaining('3 calls in 60 s')]);
    expect(detail).not.toContain('100 calls');
  });

  it('the budget of the tenant when it is used up', async () => {
    const { limit, detail } = await refusalOf(
      app,
      times(100, () => other),
    );
    expect([limit, detail]).toEqual(['tenant', expect.stringContaining('100 calls in 60 s')]);
  });

  it('the bookings of others when they hold what is left', async () => {
    const reservations = () => [{ bookingId: 'b', consumerId: 'owner', units: 1_000, unitsPerMilli: 50 / 60_000 }];
    const { limit, detail } = await refusalOf(
      app,
      times(60, () => other),
      { reservations },
    );
    expect([limit, detail]).toEqual(['bookings', expect.stringContaining('booked')]);
  });

  it('the reserve for interactive calls, to a background call', async () => {
    const { limit, detail } = await refusalOf(
      batch,
      times(80, () => other),
    );
    expect([limit, detail]).toEqual(['reserve', expect.stringContaining('interactive')]);
  });

  it('the operation that the tenant has refused, and no other one', async () => {
    const search = { ...app, operation: 'POST /entities/search' };
    const refused = await refusalOf(
      search,
      times(5, () => search),
      {},
      ({ governor }) => governor.upstreamRefused(30_000, search.operation),
    );
    expect([refused.limit, refused.detail]).toEqual(['operation', expect.stringContaining(search.operation)]);
  });

  it('the pause when the tenant has refused for want of budget', async () => {
    const { limit } = await refusalOf(
      app,
      times(5, () => other),
      {},
      ({ governor }) => governor.upstreamRefused(30_000),
    );
    expect(limit).toBe('pause');
  });
});

describe('a call of a paused operation', () => {
  it('holds up no other call of its consumer, and takes no unit of theirs', async () => {
    const { time, governor } = createWorld({ policy });
    const search = { ...app, operation: 'POST /entities/search' };
    const read = { ...app, operation: 'GET /entities/{eid}' };
    watch([governor.admit(search)]);
    await time.runUntil(1_000);
    governor.upstreamRefused(5_000, search.operation);
    await time.runUntil(1_100);
    const paused = watch(times(3, () => governor.admit(search)));
    const others = watch(times(20, () => governor.admit(read)));
    const background = watch(times(5, () => governor.admit({ ...batch, operation: read.operation })));
    await time.runUntil(5_500);
    expect([paused.admitted, paused.refused.length, others.admitted, background.admitted]).toEqual([0, 0, 20, 5]);
    await time.runUntil(9_000);
    expect(paused.admitted).toBe(3);
  });
});
