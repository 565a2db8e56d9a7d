/** Retry-After (RFC 9110, 10.2.3): the one place that reads it. */
import { parseHttpDate } from '../time/http-date.ts';
import type { Headers } from './headers.ts';

/** A year. Longer values are cut to it, so that the instant can be stored and written. */
const longestMillis = 31_536_000_000;

/** The RFC allows no fractions, but servers send them. */
const seconds = /^\d+(?:\.\d+)?$/;

const parse = (value: string, nowMillis: number): number | undefined => {
  const text = value.trim();
  if (seconds.test(text)) return Math.min(longestMillis, Math.ceil(Number(text) * 1_000));
  const at = parseHttpDate(text, nowMillis);
  return at === undefined ? undefined : Math.min(longestMillis, Math.max(0, at - nowMillis));
};

/**
 * The wait that an answer asks for, in milliseconds, at most a year: seconds, or the time until a date in any of the
 * three forms; 0 for a date in the past. Of several fields the longest wait counts. Undefined if none can be read;
 * negative numbers are not valid.
 */
export const retryAfterMillis = (headers: Headers, nowMillis: number): number | undefined => {
  const waits = headers
    .filter(([name]) => name === 'retry-after')
    .map(([, value]) => parse(value, nowMillis))
    .filter((millis) => millis !== undefined);
  return waits.length === 0 ? undefined : Math.max(...waits);
};
