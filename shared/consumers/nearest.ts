/** Finds the known name that a misspelt name most likely means. */

/** Edits that turn one text into another: insert, delete or replace a letter, or swap two neighbours. */
const distance = (from: string, to: string): number => {
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const cost = from[row - 1] === to[column - 1] ? 0 : 1;
      const swapped = cost === 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        (last[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (last[column - 1] as number) + cost,
        swapped ? (beforeLast[column - 2] as number) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] as number;
};

/** Longer texts are compared by their beginning, because the effort grows with the length. */
const longestCompared = 60;

/** The member of `names` with the fewest edits, ignoring the case of `text`; the first of several. */
export const nearestOf = (text: string, names: readonly [string, ...string[]]): string => {
  const wanted = text.trim().toLowerCase().slice(0, longestCompared);
  const measured = names.map((name) => ({ name, edits: distance(wanted, name) }));
  return measured.reduce((best, next) => (next.edits < best.edits ? next : best)).name;
};
