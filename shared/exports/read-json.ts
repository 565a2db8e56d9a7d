import { Readable } from 'node:stream';
import { readStart } from '../streams/read-start.ts';
import type { CallAnswer } from './kind.ts';

/** Far above any document about a job. */
const mostBytes = 1_048_576;

/** The document of a small answer. @throws Error for one that is large or no JSON. */
export const readJson = async ({ body }: CallAnswer): Promise<unknown> => {
  if (!(body instanceof Readable)) return JSON.parse(Buffer.from(body ?? '').toString() || 'null');
  const read = await readStart(body, mostBytes);
  if ('whole' in read) return JSON.parse(Buffer.from(read.whole).toString());
  read.rest.destroy();
  throw new Error(`The document has more than ${mostBytes} bytes`);
};
