import { describe, expect, it } from 'vitest';
import { createOutage } from '../../../shared/quota/outage.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { createQueue } from '../../../shared/quota/queue.ts';
import { createStoreClock } from '../../../shared/quota/store-clock.ts';
import { systemTicker } from '../../../shared/quota/ticker.ts';
import { app } from './world.ts';

/** The refusal of a call whose time is over. `held`: the reason that an earlier round found. */
const refusalAfterDeadline = (isFailing: boolean, held: { by: 'tenant' } | undefined): Error | undefined => {
  const outage = createOutage(() => {});
  const clock = createStoreClock(systemTicker);
  clock.observe(clock.now(), Date.now());
  const queue = createQueue({ ticker: systemTicker, clock, policy: defaultPolicy, outage, limit: () => 1_000 });
  if (isFailing) outage.failed(systemTicker.monotonicMillis(), new Error('down'));
  const deadlineMillis = systemTicker.monotonicMillis() - 1;
  let refusal: Error | undefined;
  const refuse = (error: Error): void => {
    refusal = error;
  };
  const known = held && { held, expectedMillis: clock.earliestMillis() + 1_000 };
  const waiter = {
    applicant: app,
    key: 'i:app',
    sinceMillis: 0,
    deadlineMillis,
    charged: false,
    admit: () => {},
    refuse,
  };
  queue.add({ ...waiter, expectedMillis: undefined, ...known });
  queue.expire();
  return refusal;
};

describe('a call whose time is over', () => {
  it.each([undefined, { by: 'tenant' as const }])('is refused with 503 while the store fails: %j', (held) =>
    expect(refusalAfterDeadline(true, held)).toMatchObject({ code: 'QUOTA_UNAVAILABLE' }),
  );
  it.each([undefined, { by: 'tenant' as const }])('is refused with 429 while the store answers: %j', (held) =>
    expect(refusalAfterDeadline(false, held)).toMatchObject({ code: 'TOO_MANY_REQUESTS' }),
  );
});
