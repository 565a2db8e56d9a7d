import { wholeNumber } from './whole-number.ts';

/** Entries on a page, as a query parameter. */
export const pageSize = (byDefault: number, most: number) =>
  // The JSON Schema gets its default from `meta`.
  wholeNumber(1, most).default(byDefault).meta({ default: byDefault });
