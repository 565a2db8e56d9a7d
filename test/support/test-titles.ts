/** Titles in the source of a test file. */

/** Of its tests and groups, as they are written: those of `it.each` with their placeholders. */
export const titlesIn = (source: string): string[] =>
  [...source.matchAll(/\b(?:it|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])(.+?)\1,/g)].map(
    ([, , title = '']) => title,
  );
