/**
 * What a running booking entitles its owner to now: its rate, one call after the other. Room is held for a steady stream, so a
 * burst at the highest rank would take the room of others. Calls beyond the booked rate get no preference.
 */
import type { Reservation } from './ask.ts';

/** Units used, by booking, and when the next one is due, by `dueKey`. */
type Booked = Readonly<Record<string, number>>;

/** How much of its rate an idle owner may catch up at once. */
const catchUpMillis = 10_000;

const dueKey = (bookingId: string): string => `${bookingId}@`;
const unitMillis = ({ unitsPerMilli }: Reservation): number => 1 / unitsPerMilli;

const dueMillis = (booked: Booked, { bookingId }: Reservation, nowMillis: number): number =>
  Math.max(booked[dueKey(bookingId)] ?? 0, nowMillis - catchUpMillis);

export const isUsedUp = (booked: Booked, { bookingId, units }: Reservation): boolean =>
  units <= (booked[bookingId] ?? 0);

/** Units that are due. */
export const entitledUnits = (booked: Booked, reservation: Reservation, nowMillis: number): number => {
  const behind = (nowMillis - dueMillis(booked, reservation, nowMillis)) / unitMillis(reservation);
  const left = reservation.units - (booked[reservation.bookingId] ?? 0);
  return Math.max(0, Math.min(left, Math.floor(behind) + 1));
};

/** When the unit after `ahead` others will be due; Infinity when the booking has no more. */
export const entitledAt = (booked: Booked, reservation: Reservation, nowMillis: number, ahead: number): number => {
  const left = reservation.units - (booked[reservation.bookingId] ?? 0);
  if (ahead >= left) return Number.POSITIVE_INFINITY;
  return Math.max(nowMillis, dueMillis(booked, reservation, nowMillis) + ahead * unitMillis(reservation));
};

/** Counts a unit that the booking has given. */
export const useEntitlement = (booked: Record<string, number>, reservation: Reservation, nowMillis: number): void => {
  const { bookingId } = reservation;
  const next = dueMillis(booked, reservation, nowMillis) + unitMillis(reservation);
  booked[bookingId] = (booked[bookingId] ?? 0) + 1;
  booked[dueKey(bookingId)] = Math.round(next * 1_000) / 1_000;
};

/** The counts of running bookings; those of other bookings are dropped. */
export const ofRunning = (booked: Booked, running: readonly Reservation[]): Booked =>
  Object.fromEntries(
    Object.entries(booked).filter(([key]) =>
      running.some(({ bookingId }) => key === bookingId || key === dueKey(bookingId)),
    ),
  );
