/** Two bits for each number of the chain: its manifest was seen, its PDF was seen. A million numbers take 250 KB. */

/** An item of DynamoDB holds 400 KB (quotas). Numbers above are checked when their PDF is read, not each day. */
const mostMarked = 1_200_000;

export type Seen = 'manifest' | 'document';
const bitOf = (number: number, seen: Seen): number => (number - 1) * 2 + (seen === 'manifest' ? 0 : 1);

/** @param lastNumber of those to be marked. */
export const createMarks = (lastNumber: number, marked?: Uint8Array) => {
  const count = Math.min(lastNumber, mostMarked);
  const bits: Uint8Array<ArrayBuffer> = new Uint8Array(Math.ceil(count / 4));
  if (marked) bits.set(marked.subarray(0, bits.length));
  const isMarkable = (number: number): boolean => number >= 1 && number <= count;
  const has = (number: number, seen: Seen): boolean => {
    const bit = bitOf(number, seen);
    return ((bits[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  };
  return {
    bits,
    mark(number: number, seen: Seen): void {
      const bit = bitOf(number, seen);
      if (isMarkable(number)) bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7));
    },
    /** Those that were not seen, in the order of their numbers. */
    *missing(): Generator<{ readonly number: number; readonly seen: Seen }> {
      for (let number = 1; number <= count; number += 1)
        for (const seen of ['manifest', 'document'] as const) if (!has(number, seen)) yield { number, seen };
    },
  };
};
