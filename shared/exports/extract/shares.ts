/** Shares of all groups of packed lines. One share is in memory at a time, so its size does not depend on the size of the library. */
import type { Workshop } from '../kind.ts';
import { createLineReader, groupCount } from './packed-lines.ts';

const rowsOfShare = 8_000;
const bytesOfShare = 8_388_608;
/** Shares in a step: what a crash may repeat. */
export const sharesOfStep = 8;

/** As many shares as keep each in memory. @param bytes of the rows and of the structures. */
export const sharesFor = (rows: number, bytes: number): number =>
  Math.min(groupCount, Math.max(1, Math.ceil(rows / rowsOfShare), Math.ceil(bytes / bytesOfShare)));

/** The keys of as many objects, from 1. */
export const numbered = (count: number, keyOf: (number: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => keyOf(index + 1));

/** Reads the values of a share from objects of packed lines. */
export const createShareReader = ({ files }: Pick<Workshop, 'files'>, shares: number) => {
  const read = createLineReader(files);
  return async function* (keys: readonly string[], share: number): AsyncGenerator<unknown> {
    const [first, end] = [share, share + 1].map((at) => Math.floor((at * groupCount) / shares)) as [number, number];
    for (const key of keys) for (const line of await read(key, first, end)) yield JSON.parse(line) as unknown;
  };
};
