import * as z from 'zod';

/** A query parameter: a whole number in plain digits. */
export const wholeNumber = (least: number, most: number) => {
  const rule = `must be a whole number from ${least} to ${most}`;
  const toNumber = (text: unknown): unknown =>
    typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text;
  return z.preprocess(toNumber, z.int(rule).min(least, rule).max(most, rule));
};
