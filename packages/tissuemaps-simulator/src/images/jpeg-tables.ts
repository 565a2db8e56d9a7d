/** The tables for luminance that ITU-T T.81 gives as examples, which most encoders use. */

export interface Code {
  readonly bits: number;
  readonly length: number;
}

/** Table K.1. */
export const quantAt50: readonly number[] = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];

/** The order in which a block is written: along the diagonals, to and fro. */
export const zigzag: readonly number[] = Array.from({ length: 64 }, (_, index) => index).toSorted((a, b) => {
  const [first, second] = [(a >> 3) + (a & 7), (b >> 3) + (b & 7)];
  if (first !== second) return first - second;
  return first % 2 === 0 ? (a & 7) - (b & 7) : (b & 7) - (a & 7);
});

/** Numbers of codes of 1 to 16 bits, and their values: tables K.3 and K.5. */
export const dcLengths: readonly number[] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
export const dcValues: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
export const acLengths: readonly number[] = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d];
export const acValues: readonly number[] = [
  ...Buffer.from(
    '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
    'hex',
  ),
];

/** Codes by their value: annex C. */
const codesOf = (lengths: readonly number[], values: readonly number[]): readonly (Code | undefined)[] => {
  const codes: (Code | undefined)[] = [];
  let bits = 0;
  let next = 0;
  for (const [index, count] of lengths.entries()) {
    for (let i = 0; i < count; i += 1) {
      codes[values[next] ?? 0] = { bits, length: index + 1 };
      bits += 1;
      next += 1;
    }
    bits <<= 1;
  }
  return codes;
};

export const dcCodes = codesOf(dcLengths, dcValues);
export const acCodes = codesOf(acLengths, acValues);
