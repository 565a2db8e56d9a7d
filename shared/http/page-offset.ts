import * as z from 'zod';

/** Entries to pass over, as a query parameter: a whole number in plain digits. */
export const pageOffset = (most: number) => {
  const rule = `must be a whole number from 0 to ${most}`;
  const toNumber = (text: unknown): unknown =>
    typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text;
  // The JSON Schema gets its default from there.
  return z.preprocess(toNumber, z.int(rule).min(0, rule).max(most, rule)).default(0).meta({ default: 0 });
};
