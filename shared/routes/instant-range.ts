/** `filter[from]` and `filter[until]` of a list about the past. */
import { AppError } from '../errors/app-error.ts';

/** Clocks of instances may be ahead of this one. */
const mostAheadMillis = 60_000;

type Ends = { readonly 'filter[from]'?: number | undefined; readonly 'filter[until]'?: number | undefined };

/**
 * The end of the range, never after the present, and its begin if there is one.
 * @throws AppError REQUEST_INVALID for a range that is empty by its own ends.
 */
export const toInstantRange = ({ 'filter[from]': from, 'filter[until]': until }: Ends, nowMillis: number) => {
  if (from !== undefined && until !== undefined && from >= until) {
    const detail = 'filter[from] must be before filter[until].';
    throw new AppError('REQUEST_INVALID', { detail, source: { parameter: 'filter[from]' } });
  }
  return { fromMillis: from, untilMillis: Math.min(until ?? Number.POSITIVE_INFINITY, nowMillis + mostAheadMillis) };
};
