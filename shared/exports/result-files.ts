/** Port: reading the files of exports. */
import type { Readable } from 'node:stream';
import type { Result } from './export-record.ts';

/** First and last byte, both included. */
export type ByteRange = { readonly first: number; readonly last: number };

export interface ResultFiles {
  /** Undefined = the file is not there any more. */
  open(file: Pick<Result, 'key'>, range?: ByteRange): Promise<Readable | undefined>;
  /** A URL that gives the file to whoever has it. @param seconds how long. */
  presign(result: Result, seconds: number): Promise<string>;
}

/**
 * What a Range header asks for (RFC 9110, 14.2). @returns undefined for none, for one of another unit, and for several: then the whole
 * file is the answer. @returns 'outside' for a range that has no byte of the file.
 */
export const rangeOf = (header: string | undefined, sizeBytes: number): ByteRange | 'outside' | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  const first = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  return first > last ? 'outside' : { first, last };
};
