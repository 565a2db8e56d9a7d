/** How long a part of an extract is made. */
import type { Workshop } from '../kind.ts';

/**
 * The function is ended after 15 minutes, and what it has read since the last part is read again. A call may take 20 s, most of them
 * while it waits for the budget.
 */
const mostPartMillis = 300_000;

/** @returns whether the part that begins now has time for one more call. */
export const createPartTime = ({ nowMillis }: Pick<Workshop, 'nowMillis'>): (() => boolean) => {
  const endMillis = nowMillis() + mostPartMillis;
  return () => nowMillis() < endMillis;
};
