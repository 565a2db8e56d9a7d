import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryBookingStore } from '../../../shared/quota/adapters/memory.ts';
import {
  answerBooking,
  type Booking,
  type BookingRequest,
  defaultBookingBounds,
} from '../../../shared/quota/booking.ts';
import {
  BookingBody,
  bookingRefusal,
  toBookingDocument,
  toBookingRequest,
  toBookingsDocument,
} from '../../../shared/quota/booking-document.ts';
import { createBookings } from '../../../shared/quota/booking-store.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';

const hourMillis = 3_600_000;
/** What one consumer may hold has tests of its own: booking-bounds.test.ts. */
const bounds = { ...defaultBookingBounds, consumerShare: 1, perConsumer: 1_000 };
/** Half of 1,000 a minute may be booked: 30,000 an hour. */
const request = (units: number, fromHour: number, untilHour: number): BookingRequest => ({
  consumerId: 'app',
  units,
  fromMillis: fromHour * hourMillis,
  untilMillis: untilHour * hourMillis,
});
const answer = (bookings: readonly Booking[], wanted: BookingRequest, nowMillis = 0) =>
  answerBooking(bookings, wanted, 'new', defaultPolicy, nowMillis, bounds);
const booked = (units: number, fromHour: number, untilHour: number): Booking => ({
  ...request(units, fromHour, untilHour),
  id: `${fromHour}`,
});

describe('a booking', () => {
  it('is admitted while there is room', () => {
    expect(answer([], request(30_000, 1, 2))).toMatchObject({
      kind: 'admitted',
      booking: { id: 'new', units: 30_000 },
    });
    expect(answer([booked(20_000, 1, 2)], request(10_000, 1, 2)).kind).toBe('admitted');
  });

  it('is offered the next time with room when there is none', () => {
    const offer = answer([booked(25_000, 1, 2), booked(30_000, 2, 3)], request(10_000, 1, 2));
    expect(offer).toEqual({ kind: 'other-slot', fromMillis: 3 * hourMillis, untilMillis: 4 * hourMillis });
  });

  it('is offered a longer period when its own is too short for so many calls', () => {
    expect(answer([], request(60_000, 1, 2))).toEqual({
      kind: 'other-slot',
      fromMillis: hourMillis,
      untilMillis: 3 * hourMillis,
    });
  });

  it('is refused when its period is over, upside down or too far away', () => {
    expect(answer([], request(1, 1, 2), 3 * hourMillis).kind).toBe('refused');
    expect(answer([], request(1, 2, 1)).kind).toBe('refused');
    expect(answer([], request(1, 31 * 24, 32 * 24)).kind).toBe('refused');
  });

  it('never makes all bookings together hold more than the bookable share', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 60_000 }), fc.nat(20), fc.integer({ min: 1, max: 8 })), {
          maxLength: 15,
        }),
        (wishes) => {
          const bookings: Booking[] = [];
          for (const [units, from, length] of wishes) {
            const given = answer(bookings, request(units, from, from + length));
            if (given.kind === 'admitted') bookings.push({ ...given.booking, id: `${bookings.length}` });
          }
          for (let hour = 0; hour < 40; hour += 0.5) {
            const at = hour * hourMillis;
            const rate = bookings
              .filter(({ fromMillis, untilMillis }) => fromMillis <= at && at < untilMillis)
              .reduce((sum, { units, fromMillis, untilMillis }) => sum + units / (untilMillis - fromMillis), 0);
            expect(rate * hourMillis).toBeLessThanOrEqual(30_000.1);
          }
        },
      ),
    ));

  it('can be accepted as offered', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90_000 }), fc.nat(5), (units, from) => {
        const bookings = [booked(30_000, 1, 2), booked(15_000, 2, 4)];
        const given = answer(bookings, request(units, from, from + 1));
        if (given.kind !== 'other-slot') return;
        const { fromMillis, untilMillis } = given;
        expect(answer(bookings, { consumerId: 'app', units, fromMillis, untilMillis }).kind).toBe('admitted');
      }),
    ));
});

describe('the document of a booking', () => {
  const body = {
    data: {
      type: 'booking',
      attributes: { units: 10, from: '2027-01-15T20:00:00Z', until: '2027-01-15T23:00:00+01:00' },
    },
  };

  it('names units and period, and is read as it is written', () => {
    const wanted = toBookingRequest(BookingBody.parse(body), 'app');
    expect(toBookingDocument({ ...wanted, id: 'b1' })).toEqual({
      data: {
        type: 'booking',
        id: 'b1',
        attributes: {
          consumerId: 'app',
          units: 10,
          from: '2027-01-15T20:00:00.000Z',
          until: '2027-01-15T22:00:00.000Z',
        },
      },
    });
    expect(toBookingsDocument([])).toEqual({ data: [] });
  });

  it('refuses times without an offset and units that are none', () => {
    const { attributes } = body.data;
    for (const wrong of [{ from: '2027-01-15T20:00:00' }, { units: 0 }, { units: 1.5 }])
      expect(BookingBody.safeParse({ data: { ...body.data, attributes: { ...attributes, ...wrong } } }).success).toBe(
        false,
      );
  });

  it('says why a booking was not admitted, and when there is room', () => {
    expect(bookingRefusal(answer([], request(1, 1, 2)))).toBeUndefined();
    expect(bookingRefusal(answer([], request(60_000, 1, 2)))).toContain('1970-01-01T01:00:00.000Z until');
    expect(bookingRefusal(answer([], request(1, 2, 1)))).toContain('before it begins');
  });
});

describe('the bookings', () => {
  const create = () => {
    let nowMillis = 0;
    let ids = 0;
    const store = createMemoryBookingStore();
    const join = () =>
      createBookings(
        store,
        defaultPolicy,
        () => nowMillis,
        () => {
          ids += 1;
          return `b${ids}`;
        },
        bounds,
      );
    return {
      bookings: join(),
      join,
      setNow: (millis: number) => {
        nowMillis = millis;
      },
    };
  };

  it('keep what was booked at once by many, and nothing beyond the share', async () => {
    const { bookings } = create();
    const answers = await Promise.all(Array.from({ length: 5 }, () => bookings.book(request(10_000, 1, 2))));
    expect(answers.filter(({ kind }) => kind === 'admitted')).toHaveLength(3);
    expect(await bookings.list(undefined)).toHaveLength(3);
  });

  it.each(['refused', 'thrown'] as const)(
    'are made and cancelled once when the answer of the store was lost: %s',
    async (how) => {
      let ids = 0;
      let isLosing = true;
      const memory = createMemoryBookingStore();
      const replace: typeof memory.replace = async (bookings, expected) => {
        const isWritten = await memory.replace(bookings, expected);
        if (!isLosing) return isWritten;
        isLosing = false;
        // The client repeats the put. Its condition now fails because of its own first write.
        if (how === 'refused') return memory.replace(bookings, expected);
        throw new Error('the answer was lost');
      };
      const bookings = createBookings(
        { ...memory, replace },
        defaultPolicy,
        () => 0,
        () => `b${++ids}`,
      );
      expect(await bookings.book(request(10, 1, 2))).toMatchObject({ kind: 'admitted', booking: { id: 'b1' } });
      expect(await bookings.list(undefined)).toHaveLength(1);
      isLosing = true;
      expect(await bookings.cancel('b1', 'app')).toBe(true);
      expect(await bookings.list(undefined)).toEqual([]);
    },
  );

  it('say that nothing was done when they cannot be read, and pass a failure on that lasts', async () => {
    const memory = createMemoryBookingStore();
    const failing = () => Promise.reject(new Error('throttled'));
    const create = (parts: Partial<typeof memory>) =>
      createBookings(
        { ...memory, ...parts },
        defaultPolicy,
        () => 0,
        () => 'b1',
      );
    await expect(create({ read: failing }).book(request(10, 1, 2))).rejects.toMatchObject({ facts: { sent: false } });
    await expect(create({ replace: failing }).book(request(10, 1, 2))).rejects.toThrow('throttled');
  });

  it('can be cancelled by their owner only', async () => {
    const { bookings } = create();
    await bookings.book(request(10, 1, 2));
    expect(await bookings.cancel('b1', 'other')).toBe(false);
    expect(await bookings.cancel('b1', 'app')).toBe(true);
    expect(await bookings.list(undefined)).toEqual([]);
  });

  it('hold a rate on every instance while they run', async () => {
    const { bookings, join, setNow } = create();
    const other = join();
    await bookings.book(request(3_600, 1, 2));
    await other.refresh();
    expect(other.running()).toEqual([]);
    setNow(hourMillis + 1);
    await other.refresh();
    expect(other.running()).toEqual([{ bookingId: 'b1', consumerId: 'app', units: 3_600, unitsPerMilli: 0.001 }]);
  });
});

describe('a booking that others delay until the last try', () => {
  it('is admitted when the answer to that try was lost', async () => {
    const memory = createMemoryBookingStore();
    let writes = 0;
    const store: typeof memory = {
      read: () => memory.read(),
      async replace(bookings, expected) {
        writes += 1;
        if (writes < 30) return false;
        await memory.replace(bookings, expected);
        throw new Error('the answer was lost');
      },
    };
    const service = createBookings(
      store,
      defaultPolicy,
      () => 0,
      () => 'own',
      bounds,
    );
    expect(await service.book(request(10, 1, 2))).toMatchObject({ kind: 'admitted', booking: { id: 'own' } });
    expect(writes).toBe(30);
  });
});
