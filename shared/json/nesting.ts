/** How deep JSON nests, found out before it is parsed: 4 MB of opening brackets take JSON.parse seconds. */

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** The index behind the string that begins at `start`, or that of the end where its closing quote is missing. */
const afterString = (bytes: Uint8Array, start: number): number => {
  let index = start + 1;
  while (index < bytes.length && bytes[index] !== quote) index += bytes[index] === backslash ? 2 : 1;
  return index + 1;
};

/**
 * Whether objects and arrays nest deeper than `levels` anywhere. One pass over the bytes, without memory of its own. Brackets
 * in strings do not count. Bytes that are no JSON give an answer too: JSON.parse never gets deeper into them than this.
 */
export const nestsDeeperThan = (bytes: Uint8Array, levels: number): boolean => {
  let depth = 0;
  for (let index = 0; index < bytes.length; ) {
    const byte = bytes[index];
    if (byte === quote) {
      index = afterString(bytes, index);
      continue;
    }
    if (byte === openBracket || byte === openBrace) depth += 1;
    else if (byte === closeBracket || byte === closeBrace) depth -= 1;
    if (depth > levels) return true;
    index += 1;
  }
  return false;
};

/**
 * What a JSON text in UTF-8 says, where it nests at most `levels` deep.
 * @throws SyntaxError for text that nests deeper, or is no JSON.
 */
export const parseShallow = (bytes: Uint8Array, levels: number): unknown => {
  if (nestsDeeperThan(bytes, levels)) throw new SyntaxError(`nests deeper than ${levels} levels`);
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
};
