/** Numbers that look random and are the same on every machine: a hash of whole numbers. Not for secrets. */

const mix = (word: number): number => {
  let t = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  t = Math.imul(t ^ (t >>> 15), 0x846ca68b);
  return (t ^ (t >>> 16)) >>> 0;
};

/** 32 bits from whole numbers. */
export const hash = (...numbers: readonly number[]): number =>
  numbers.reduce((word, number) => mix((Math.imul(word, 31) + number + 0x9e3779b9) | 0), 0);

/** From 0 up to, not including, 1. */
export const fraction = (...numbers: readonly number[]): number => hash(...numbers) / 4_294_967_296;
