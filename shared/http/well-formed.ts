/** Checks whether the bytes of a document match its media type and its content coding. */
import { isJson } from '../json/json-syntax.ts';
import { type Coding, codingOf } from './content-codings.ts';
import { isTooMuch } from './decode-by-start.ts';

/** Bodies that decode to more than this are not checked as a whole. */
const mostDecodedBytes = 8_388_608;

/** The decoded body; `broken` if the coding is wrong, `larger` if it decodes to more than is checked. */
export const decodeWhole = (body: Uint8Array, coding: Coding | 'identity'): Buffer | 'broken' | 'larger' => {
  if (coding === 'identity') return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  try {
    return coding.decodeWhole(body, mostDecodedBytes);
  } catch (error) {
    return isTooMuch(error) ? 'larger' : 'broken';
  }
};

/**
 * Whether a whole body is JSON in this content coding. False for an empty body and for an unknown coding; undefined if
 * it decodes to more than is checked.
 */
export const isWellFormed = (body: Uint8Array, contentEncoding: string | undefined): boolean | undefined => {
  const coding = codingOf(contentEncoding);
  const decoded = coding === undefined ? 'broken' : decodeWhole(body, coding);
  if (decoded === 'larger') return undefined;
  return decoded !== 'broken' && isJson(decoded);
};
