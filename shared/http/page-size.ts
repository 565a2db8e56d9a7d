import * as z from 'zod';

/** Entries on a page, as a query parameter: a whole number in plain digits. */
export const pageSize = (byDefault: number, most: number) => {
  const rule = `must be a whole number from 1 to ${most}`;
  const toNumber = (text: unknown): unknown =>
    typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text;
  const size = z.preprocess(toNumber, z.int(rule).min(1, rule).max(most, rule));
  // The JSON Schema gets its default from there.
  return size.default(byDefault).meta({ default: byDefault });
};
