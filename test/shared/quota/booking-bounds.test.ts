/** One consumer cannot book the share of the others. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryBookingStore } from '../../../shared/quota/adapters/memory.ts';
import { answerBooking, type Booking, type BookingRequest } from '../../../shared/quota/booking.ts';
import { bookingRefusal } from '../../../shared/quota/booking-document.ts';
import { createBookings } from '../../../shared/quota/booking-store.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';

const hourMillis = 3_600_000;
const dayHours = 24;
/** Of 1,000 calls a minute, half may be booked, and a fifth of that by one consumer: 6,000 an hour. */
const ownPerHour = 6_000;
const allPerHour = 30_000;

const request = (units: number, fromHour: number, untilHour: number, consumerId = 'app'): BookingRequest => ({
  consumerId,
  units,
  fromMillis: fromHour * hourMillis,
  untilMillis: untilHour * hourMillis,
});
const booked = (units: number, fromHour: number, untilHour: number, consumerId = 'app'): Booking => ({
  ...request(units, fromHour, untilHour, consumerId),
  id: `${consumerId}-${fromHour}-${untilHour}-${units}`,
});
const answer = (bookings: readonly Booking[], wanted: BookingRequest, nowMillis = 0) =>
  answerBooking(bookings, wanted, 'new', defaultPolicy, nowMillis);
const reasonOf = (...parts: Parameters<typeof answer>): string => bookingRefusal(answer(...parts)) ?? 'admitted';

/** Calls an hour that are held together at an instant. */
const perHourAt = (bookings: readonly Booking[], atMillis: number): number =>
  bookings
    .filter(({ fromMillis, untilMillis }) => fromMillis <= atMillis && atMillis < untilMillis)
    .reduce((sum, { units, fromMillis, untilMillis }) => sum + (units * hourMillis) / (untilMillis - fromMillis), 0);

describe('one consumer', () => {
  it('holds a fifth of the bookable rate and no more', () => {
    expect(answer([], request(ownPerHour, 1, 2)).kind).toBe('admitted');
    expect(answer([], request(ownPerHour + 1, 1, 2)).kind).toBe('other-slot');
  });

  it('cannot pile bookings up at one instant of their periods', () => {
    const own = [booked(4_000, 1, 2), booked(4_000, 3, 4)];
    expect(answer(own, request(5_999, 2, 3)).kind).toBe('admitted');
    for (const [from, until] of [
      [1.5, 2.5],
      [0, 2],
      [2, 3.001],
      [1.9999, 3],
    ] as const)
      expect(answer(own, request((until - from) * 5_999, from, until)).kind).toBe('other-slot');
  });

  it('is not kept from its share by what others hold, while there is room for all', () => {
    const others = ['a', 'b', 'c', 'd'].map((name) => booked(ownPerHour, 1, 2, name));
    expect(answer(others, request(ownPerHour, 1, 2)).kind).toBe('admitted');
    expect(answer([...others, booked(ownPerHour, 1, 2, 'e')], request(1, 1, 2)).kind).toBe('other-slot');
  });

  it('has ten bookings that are not over at most, whatever others have', () => {
    const ten = Array.from({ length: 10 }, (_, index) => booked(1, index + 1, index + 2));
    expect(reasonOf(ten, request(1, 50, 51))).toBe(
      'app has 10 bookings that are not over, of 10 at most. Cancel one, or wait until one is over.',
    );
    expect(answer(ten.slice(1), request(1, 50, 51)).kind).toBe('admitted');
    expect(answer(ten, request(1, 50, 51), 2 * hourMillis).kind).toBe('admitted');
    expect(answer(ten, request(1, 50, 51, 'other')).kind).toBe('admitted');
  });

  it('books 31 days at most, and so never until 9999', () => {
    expect(answer([], request(1, 1, 1 + 31 * dayHours)).kind).toBe('admitted');
    expect(reasonOf([], request(1, 1, 1.001 + 31 * dayHours))).toBe('A booking lasts 31 days at most.');
    expect(reasonOf([], { ...request(1, 1, 2), untilMillis: Date.UTC(9999, 11, 31) })).toContain('31 days');
    // What of the period is over is not held.
    expect(answer([], request(1, 0, 32 * dayHours), dayHours * hourMillis).kind).toBe('admitted');
  });

  it('is told how many calls fit at most, rather than offered a longer period than it may have', () => {
    const most = ownPerHour * dayHours * 31;
    expect(answer([], request(most, 1, 2)).kind).toBe('other-slot');
    expect(reasonOf([], request(most + 1, 1, 2))).toBe(
      `One booking holds ${most} calls at most: 31 days at the highest rate.`,
    );
  });
});

describe('the list of bookings', () => {
  it('has 1,000 at most', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => booked(1, 1, 2, `c${index}`));
    expect(reasonOf(many, request(1, 1, 2))).toContain('is full');
    expect(answer(many.slice(1), request(1, 1, 2)).kind).toBe('admitted');
  });

  const consumers = ['a', 'b', 'c'];
  const wishes = fc.array(
    fc.record({
      units: fc.integer({ min: 1, max: 40_000 }),
      from: fc.integer({ min: 0, max: 300 }),
      length: fc.integer({ min: 1, max: 120 }),
      consumerId: fc.constantFrom(...consumers),
    }),
    { maxLength: 40 },
  );

  it('never holds more than a fifth for one, or all of the bookable rate, at any instant', () =>
    fc.assert(
      fc.property(wishes, (all) => {
        const bookings: Booking[] = [];
        for (const { units, from, length, consumerId } of all) {
          const given = answer(bookings, request(units, from / 10, (from + length) / 10, consumerId));
          if (given.kind === 'admitted') bookings.push({ ...given.booking, id: `${bookings.length}` });
        }
        // Rates change where a booking begins or ends, and nowhere else.
        for (const atMillis of bookings.flatMap(({ fromMillis, untilMillis }) => [fromMillis, untilMillis - 1])) {
          expect(perHourAt(bookings, atMillis)).toBeLessThanOrEqual(allPerHour * (1 + 1e-6));
          for (const name of consumers) {
            const own = bookings.filter(({ consumerId }) => consumerId === name);
            expect(perHourAt(own, atMillis)).toBeLessThanOrEqual(ownPerHour * (1 + 1e-6));
            expect(own.length).toBeLessThanOrEqual(10);
          }
        }
      }),
    ));

  it('takes what it has offered, for a minute', () =>
    fc.assert(
      fc.property(wishes, fc.integer({ min: 1, max: 400_000_000 }), fc.nat(59_999), (all, units, waitedMillis) => {
        const nowMillis = 1_234_567;
        const bookings: Booking[] = [];
        for (const { units: some, from, length, consumerId } of all) {
          const given = answer(bookings, request(some, from / 10, (from + length) / 10, consumerId), nowMillis);
          if (given.kind === 'admitted') bookings.push({ ...given.booking, id: `${bookings.length}` });
        }
        const wanted = request(units % 4_000_000 || 1, 0, 1);
        const given = answer(bookings, wanted, nowMillis);
        if (given.kind !== 'other-slot') return;
        const { fromMillis, untilMillis } = given;
        const accepted = answer(bookings, { ...wanted, fromMillis, untilMillis }, nowMillis + waitedMillis);
        expect([accepted.kind, reasonOf(bookings, { ...wanted, fromMillis, untilMillis }, nowMillis)]).toEqual([
          'admitted',
          'admitted',
        ]);
      }),
    ));
});

describe('bookings of one moment', () => {
  const join = (store = createMemoryBookingStore()) => {
    let ids = 0;
    // As many instances would: each has a store client of its own.
    return () =>
      createBookings(
        {
          read: async () => {
            await new Promise((resolve) => setImmediate(resolve));
            return store.read();
          },
          replace: store.replace,
        },
        defaultPolicy,
        () => 0,
        () => `b${++ids}`,
      );
  };

  it('never pass a bound together', async () => {
    const instance = join();
    const two = await Promise.all([1, 2].map(() => instance().book(request(4_000, 1, 2))));
    expect(two.map(({ kind }) => kind).sort()).toEqual(['admitted', 'other-slot']);
  });

  it('are ten of thirty, from thirty instances', async () => {
    const instance = join();
    const given = await Promise.all(Array.from({ length: 30 }, () => instance().book(request(1, 1, 2))));
    expect(given.filter(({ kind }) => kind === 'admitted')).toHaveLength(10);
    expect(await instance().list('app')).toHaveLength(10);
    expect(await instance().list('other')).toEqual([]);
  });
});
