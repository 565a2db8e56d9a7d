import { wholeNumber } from './whole-number.ts';

/** Entries to pass over, as a query parameter. */
export const pageOffset = (most: number) =>
  // The JSON Schema gets its default from `meta`.
  wholeNumber(0, most).default(0).meta({ default: 0 });
