/** Whether the bytes of a document are what its media type and its content coding say. */
import { isJson } from '../json/json-syntax.ts';
import { type Coding, codingOf } from './content-codings.ts';
import { isTooMuch } from './decode-by-start.ts';

/** What decodes to more than this is not looked into as a whole. */
const mostDecodedBytes = 8_388_608;

/** The decoded body; `broken` where the coding does not hold, `larger` where it decodes to more than is looked into. */
export const decodeWhole = (body: Uint8Array, coding: Coding | 'identity'): Buffer | 'broken' | 'larger' => {
  if (coding === 'identity') return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  try {
    return coding.decodeWhole(body, mostDecodedBytes);
  } catch (error) {
    return isTooMuch(error) ? 'larger' : 'broken';
  }
};

/**
 * Whether a whole body is JSON in this content coding. False for an empty one and under a coding that nobody here knows;
 * undefined where it decodes to more than is looked into.
 */
export const isWellFormed = (body: Uint8Array, contentEncoding: string | undefined): boolean | undefined => {
  const coding = codingOf(contentEncoding);
  const decoded = coding === undefined ? 'broken' : decodeWhole(body, coding);
  if (decoded === 'larger') return undefined;
  return decoded !== 'broken' && isJson(decoded);
};
