/** Which test shows which fact of client-shapes: every section and every number of its list has one. */
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const folder = new URL('./conformance/', import.meta.url);

/** Titles that stand in the source; those of tables are text too. */
const titles = (
  await Promise.all(
    (
      await readdir(folder)
    )
      .filter((name) => name.startsWith('shapes-'))
      .map(async (name) => readFile(new URL(name, folder), 'utf8')),
  )
).join('\n');

const sections = Array.from({ length: 13 }, (_, number) => number);
/** S32 is not in the list. */
const numbers = Array.from({ length: 35 }, (_, index) => index + 1).filter((number) => number !== 32);

/** The facts of each section that have a number. */
const numbered: Readonly<Record<number, readonly number[]>> = {
  0: [34],
  1: [16, 22, 26, 17, 19, 31],
  2: [13, 1],
  3: [20, 2, 3, 21],
  4: [12, 29, 33],
  5: [],
  6: [19],
  7: [23, 24],
  8: [25, 15],
  9: [4, 5, 27, 18, 6, 7],
  10: [14],
  11: [28, 11, 35],
  12: [8, 9, 10, 30],
};

const hasNumber = (number: number) => titles.includes(`(S${number}) `);

describe('the facts of client-shapes', () => {
  it.each(numbers)('S%i has a conformance test and a section', (number) => {
    expect(hasNumber(number)).toBe(true);
    expect(Object.values(numbered).flat()).toContain(number);
  });

  it.each(sections)('section %i has a conformance test', (section) => {
    const facts = numbered[section] ?? [];
    expect(facts.some(hasNumber) || titles.includes(`'section ${section}: `)).toBe(true);
  });
});
