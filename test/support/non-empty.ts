import { expect } from 'vitest';

/** The list itself, once it is known to have rows: a loop of assertions over an empty one would pass. */
export const nonEmpty = <T>(list: Iterable<T>): readonly T[] => {
  const rows = [...list];
  expect(rows.length, 'rows to look at').toBeGreaterThan(0);
  return rows;
};
