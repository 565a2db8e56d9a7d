/**
 * Positions in the order of receipt, as an index sorts them: `<milliseconds>#<id>`, in ASCII, so that DynamoDB and JavaScript
 * compare them alike. The milliseconds alone stand before every position of their instant.
 */

import { AppError } from '../../errors/app-error.ts';
import { dayMillis } from '../../time/units.ts';
import { keptMillis, type Range } from '../ledger.ts';

const digits = 13;
const instantOf = (millis: number): string => String(Math.max(0, Math.ceil(millis))).padStart(digits, '0');
export const toPosition = (receivedAtMillis: number, id: string): string =>
  `${instantOf(receivedAtMillis)}#${encodeURIComponent(id)}`;
export const millisOf = (position: string): number => Number(position.slice(0, digits));

const cursorForm = /^\d{13}#/;

const noCursor = (): AppError =>
  new AppError('REQUEST_INVALID', {
    detail: 'The cursor is none of this list: follow links.next.',
    source: { parameter: 'page[cursor]' },
  });

/** Positions that are still to be listed, both ends included; none when `from` is behind `until`. */
export type Span = { readonly from: string; readonly until: string };

const later = (one: string, other: string): string => (one > other ? one : other);
const earlier = (one: string, other: string): string => (one < other ? one : other);

/** The cursor is the position that was listed last: it is in the span. @throws AppError REQUEST_INVALID for a cursor that is none. */
export const spanOf = ({ fromMillis, untilMillis, order, cursor }: Range, nowMillis: number): Span => {
  if (cursor !== undefined && !cursorForm.test(cursor)) throw noCursor();
  const from = instantOf(Math.max(fromMillis, nowMillis - keptMillis + 1));
  // Nothing is received in the future.
  const until = instantOf(Math.min(untilMillis, nowMillis + dayMillis));
  if (cursor === undefined) return { from, until };
  return order === 'oldest-first' ? { from: later(from, cursor), until } : { from, until: earlier(until, cursor) };
};

/** The partitions of one month: one takes 1,000 writes a second (developer guide, partitions). */
export const shards = 8;

export const dayOf = (millis: number): string => new Date(millis).toISOString().slice(0, 10);
export const monthOf = (millis: number): string => new Date(millis).toISOString().slice(0, 7);

/** Where a month begins: that of `millis`, or one so many months later or earlier. */
export const startOfMonth = (millis: number, months = 0): number => {
  const date = new Date(millis);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
};
