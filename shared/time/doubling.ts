/**
 * A pause that doubles with each further attempt: `first` after the first attempt, `longest` at most. Both have the unit of the
 * result. @returns a function of the number of attempts so far; 0 counts as 1.
 */
export const doubling =
  (first: number, longest: number) =>
  (attempts: number): number =>
    Math.min(longest, first * 2 ** Math.max(0, attempts - 1));
