/** The known name that a mistyped one is nearest to. */

/** Letters to add, remove or replace until `a` is `b` (Levenshtein). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [place, letter] of [...a].entries()) {
    const next = [place + 1];
    for (let index = 1; index <= b.length; index += 1) {
      const replaced = (row[index - 1] ?? 0) + (b[index - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** `undefined` when there are no names. Capitals do not count. */
export const nearest = (name: string, names: readonly string[]): string | undefined => {
  const short = name.slice(0, 64).toLowerCase();
  const far = (known: string) => distance(short, known.toLowerCase());
  return names.toSorted((a, b) => far(a) - far(b))[0];
};
