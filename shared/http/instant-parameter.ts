import * as z from 'zod';

/** The latest instant whose text sorts with the others. */
export const latestMillis = Date.parse('9999-12-31T23:59:59.999Z');

/** An instant, as a query parameter; read as milliseconds. */
export const instantParameter = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2026-06-01T08:00:00Z' })
  .transform((text) => Date.parse(text))
  .refine((millis) => millis >= 0 && millis <= latestMillis, 'must lie between the years 1970 and 9999');
