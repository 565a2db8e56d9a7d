import { readText } from '../streams/read-text.ts';
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
  const text = await readText(body, mostBytes);
  if (text === undefined) throw new Error(`The document has more than ${mostBytes} bytes`);
  return parse(text || 'null');
};
