import { Readable } from 'node:stream';
import { readStart } from '../streams/read-start.ts';
import type { CallAnswer } from './kind.ts';

/** Far above any document about a job. */
const mostBytes = 1_048_576;

/** The message of JSON.parse quotes the text, and errors reach the log and the journal. */
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The document is no JSON');
  }
};

/** The document of a small answer. @throws Error for one that is large or no JSON. */
export const readJson = async ({ body }: CallAnswer): Promise<unknown> => {
  if (!(body instanceof Readable)) return parse(Buffer.from(body ?? '').toString() || 'null');
  const read = await readStart(body, mostBytes);
  if ('whole' in read) return parse(Buffer.from(read.whole).toString());
  read.rest.destroy();
  throw new Error(`The document has more than ${mostBytes} bytes`);
};
