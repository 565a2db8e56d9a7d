import { Readable } from 'node:stream';
import { readStart } from './read-start.ts';

/** The text of a small body; undefined = it has more than `mostBytes`, and was destroyed. */
export const readText = async (
  body: Uint8Array | Readable | undefined,
  mostBytes: number,
): Promise<string | undefined> => {
  if (!(body instanceof Readable)) return Buffer.from(body ?? '').toString();
  const read = await readStart(body, mostBytes);
  if ('whole' in read) return read.whole.toString();
  read.rest.destroy();
  return undefined;
};
