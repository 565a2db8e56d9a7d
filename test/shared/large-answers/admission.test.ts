import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemorySlotStore } from '../../../shared/large-answers/adapters/memory.ts';
import type { AdmissionResult, Ticket } from '../../../shared/large-answers/admission.ts';
import { type SlotStore, SlotStoreSlow } from '../../../shared/large-answers/slots.ts';
import { setUpAdmission } from './support.ts';

const ignore = (): void => {};
const holder = (consumerId: string, lost: (refusedBy: string) => void = ignore) => ({
  consumerId,
  untilMillis: Number.MAX_SAFE_INTEGER,
  lost,
});
const ticketOf = (entry: AdmissionResult): Ticket => {
  if ('refusedBy' in entry) throw new Error(`Refused by ${entry.refusedBy}`);
  return entry.ticket;
};

describe('large answers of one consumer', () => {
  it('are at most four at a time', async () => {
    const { admission } = setUpAdmission();
    const entries = [];
    for (let count = 0; count < 5; count += 1) entries.push(await admission.enter(holder('app')));
    expect(entries.map((entry) => 'ticket' in entry)).toEqual([true, true, true, true, false]);
    expect(entries[4]).toEqual({ refusedBy: 'large-answers-consumer' });
    await ticketOf(entries[0] as AdmissionResult).leave();
    expect(await admission.enter(holder('app'))).toHaveProperty('ticket');
  });

  it('leave room for another consumer, up to the number for all', async () => {
    const { admission } = setUpAdmission();
    for (let count = 0; count < 4; count += 1) await admission.enter(holder('app'));
    expect(await admission.enter(holder('other'))).toHaveProperty('ticket');
    expect(await admission.enter(holder('third'))).toEqual({ refusedBy: 'large-answers-all' });
  });

  it('that were refused for the number in all do not count for the consumer', async () => {
    const { admission } = setUpAdmission({ limits: { perConsumer: 1, inAll: 1, pool: 'native' } });
    const first = ticketOf(await admission.enter(holder('app')));
    expect(await admission.enter(holder('other'))).toEqual({ refusedBy: 'large-answers-all' });
    await first.leave();
    expect(await admission.enter(holder('other'))).toHaveProperty('ticket');
  });
});

describe('leases', () => {
  it('are kept by renewals for as long as an answer takes', async () => {
    const { admission, clock, renew } = setUpAdmission({ limits: { perConsumer: 1, inAll: 1, pool: 'native' } });
    await admission.enter(holder('app'));
    for (let count = 0; count < 12; count += 1) {
      clock.advance(10_000);
      await renew();
    }
    expect(await admission.enter(holder('app'))).toEqual({ refusedBy: 'large-answers-consumer' });
  });

  it('of a killed instance lapse within 30 s', async () => {
    const { admission, clock } = setUpAdmission({ limits: { perConsumer: 1, inAll: 1, pool: 'native' } });
    await admission.enter(holder('app'));
    clock.advance(29_999);
    expect(await admission.enter(holder('app'))).toHaveProperty('refusedBy');
    clock.advance(1);
    expect(await admission.enter(holder('app'))).toHaveProperty('ticket');
  });

  it('are renewed no more once the function is over', async () => {
    const { admission, clock, renew, repeated } = setUpAdmission();
    await admission.enter({ ...holder('app'), untilMillis: clock.nowMillis() + 900_000 });
    clock.advance(900_001);
    await renew();
    expect(repeated.size).toBe(0);
  });

  it('that others have taken are replaced, and the answer is lost when there is no other', async () => {
    const lost: string[] = [];
    const { admission, clock, renew } = setUpAdmission({ limits: { perConsumer: 2, inAll: 2, pool: 'native' } });
    await admission.enter(holder('app', (refusedBy) => lost.push(refusedBy)));
    clock.advance(30_000);
    ticketOf(await admission.enter(holder('app')));
    await renew();
    expect(lost).toEqual([]);
    expect(await admission.enter(holder('app'))).toHaveProperty('refusedBy');
    clock.advance(30_000);
    await admission.enter(holder('app'));
    await admission.enter(holder('app'));
    await renew();
    expect(lost).toEqual(['large-answers-consumer']);
  });
});

describe('a store that fails', () => {
  const failing = (parts: Partial<SlotStore>): SlotStore => ({
    take: async () => 0,
    renew: async () => true,
    release: async () => {},
    ...parts,
  });
  const broken = async () => Promise.reject(new Error('the store is down'));

  it('lets the answer pass uncounted, and says so', async () => {
    const { admission, failures, repeated } = setUpAdmission({ store: failing({ take: broken }) });
    await ticketOf(await admission.enter(holder('app'))).leave();
    expect(failures).toEqual(['answer not counted']);
    expect(repeated.size).toBe(0);
  });

  it('keeps no slot of the first pool when the second cannot be asked', async () => {
    const released: string[] = [];
    const store = failing({
      take: (pool) => (pool.startsWith('CONSUMER#') ? Promise.resolve(2) : broken()),
      release: async (pool, slot) => void released.push(`${pool} ${slot}`),
    });
    const { admission } = setUpAdmission({ store });
    expect(await admission.enter(holder('app'))).toHaveProperty('ticket');
    expect(released).toEqual(['CONSUMER#app 2']);
  });

  it('lets the answer go on when a lease cannot be renewed', async () => {
    const lost: string[] = [];
    const { admission, failures, renew } = setUpAdmission({ store: failing({ renew: broken }) });
    await admission.enter(holder('app', (refusedBy) => lost.push(refusedBy)));
    await renew();
    await renew();
    expect(failures).toEqual(['leases not renewed', 'leases not renewed']);
    expect(lost).toEqual([]);
  });

  it('does not keep a function from ending when a slot cannot be given back', async () => {
    const { admission, failures } = setUpAdmission({ store: failing({ release: broken }) });
    await ticketOf(await admission.enter(holder('app'))).leave();
    expect(failures).toEqual(['slot not given back', 'slot not given back']);
  });
});

describe('a store that is slow', () => {
  const never = new Promise<never>(() => {});
  const slowBy = (wait: () => Promise<unknown>): SlotStore => {
    const store = createMemorySlotStore();
    return { ...store, take: async (...asked) => wait().then(() => store.take(...asked)) };
  };
  const burst = async (store: SlotStore, patienceMillis: number) => {
    const parts = setUpAdmission({ store, patienceMillis });
    const entries = await Promise.all(Array.from({ length: 12 }, () => parts.admission.enter(holder('app'))));
    const passed = entries.filter((entry) => 'ticket' in entry).length;
    const refusedBy = entries.flatMap((entry) => ('refusedBy' in entry ? [entry.refusedBy] : []));
    return { ...parts, passed, refusedBy };
  };

  it('is waited for: of a burst only as many pass as may', async () => {
    const { passed, refusedBy, failures } = await burst(
      slowBy(() => sleep(5)),
      60_000,
    );
    expect([passed, failures]).toEqual([4, []]);
    expect(refusedBy).toEqual(Array(8).fill('large-answers-consumer'));
  });

  it.each<[string, () => Promise<unknown>]>([
    ['never answers', () => never],
    ['times out or throttles', () => Promise.reject(new SlotStoreSlow('throttled'))],
  ])('and %s lets none of a burst pass', async (_how, wait) => {
    const { passed, refusedBy, failures } = await burst(slowBy(wait), 5);
    expect([passed, new Set(failures)]).toEqual([0, new Set(['answer refused'])]);
    expect(refusedBy).toEqual(Array(12).fill('large-answers-slow-store'));
  });

  it('and gives a slot too late gets it back', async () => {
    const gate = Promise.withResolvers<void>();
    const store = slowBy(() => gate.promise);
    const limits = { perConsumer: 1, inAll: 1, pool: 'native' };
    const { admission } = setUpAdmission({ store, limits, patienceMillis: 5 });
    const background: Promise<void>[] = [];
    const late = await admission.enter({ ...holder('app'), background: (work) => void background.push(work) });
    expect(late).toEqual({ refusedBy: 'large-answers-slow-store' });
    gate.resolve();
    expect(background).toHaveLength(1);
    await Promise.all(background);
    expect(await admission.enter(holder('app'))).toHaveProperty('ticket');
  });
});

describe('any history of answers that come, leave, are killed and lapse', () => {
  const Step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('enter' as const), who: fc.constantFrom('a', 'b', 'c') }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), index: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const), index: fc.nat(9) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('advance' as const), millis: fc.integer({ min: 1, max: 15_000 }) }),
    },
  );
  type Living = { who: string; ticket: Ticket };

  it('has never more in flight than the limits, and refuses only when they are reached', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(Step, { maxLength: 60 }), async (steps) => {
        const limits = { perConsumer: 2, inAll: 3, pool: 'native' };
        const { admission, clock, renew, repeated } = setUpAdmission({ limits });
        let living: Living[] = [];
        /** What killed instances still hold. */
        let ghosts: { who: string; untilMillis: number }[] = [];
        for (const step of steps) {
          ghosts = ghosts.filter(({ untilMillis }) => untilMillis > clock.nowMillis());
          if (step.do === 'advance') {
            clock.advance(step.millis);
            await renew();
          } else if (step.do === 'enter') {
            const entry = await admission.enter(holder(step.who));
            const held = [...living, ...ghosts];
            const own = held.filter(({ who }) => who === step.who).length;
            expect('refusedBy' in entry).toBe(own >= limits.perConsumer || held.length >= limits.inAll);
            if ('ticket' in entry) living.push({ who: step.who, ticket: entry.ticket });
          } else if (living.length > 0) {
            const index = step.index % living.length;
            const { who, ticket } = living[index] as Living;
            if (step.do === 'leave') await ticket.leave();
            else {
              const timers = [...repeated];
              repeated.delete(timers[index] as () => void);
              ghosts.push({ who, untilMillis: clock.nowMillis() + 30_000 });
            }
            living = living.filter((_, at) => at !== index);
          }
          expect(living.length).toBeLessThanOrEqual(limits.inAll);
        }
      }),
    );
  });
});
