/**
 * Whether bytes are one JSON text (RFC 8259), without building what it says: JSON.parse takes many times the memory, and 1.5 s
 * for 1 MiB of opening brackets. Bytes that are not UTF-8 do not count as broken: each byte of a string stands for itself.
 */

/** A document that nests deeper is no JSON here, so that brackets alone cannot fill the memory. */
export const deepestNesting = 10_000;

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const comma = 0x2c;
const colon = 0x3a;
const plus = 0x2b;
const minus = 0x2d;
const point = 0x2e;
const nought = 0x30;
const nine = 0x39;
const letterE = 0x65;
const letterU = 0x75;
const lowerCase = 0x20;

/** No index: what should stand there does not. Nothing stands behind it either. */
const broken = -1;

const escapes: ReadonlySet<number> = new Set(Buffer.from('"\\/bfnrt'));
const literals = ['true', 'false', 'null'].map((text) => Buffer.from(text));
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

const afterBlanks = (bytes: Buffer, from: number): number => {
  let index = from;
  for (; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
  }
  return index;
};

const afterEscape = (bytes: Buffer, from: number): number => {
  const byte = bytes[from] as number;
  if (byte !== letterU) return escapes.has(byte) ? from + 1 : broken;
  return /^[\da-f]{4}$/i.test(bytes.toString('latin1', from + 1, from + 5)) ? from + 5 : broken;
};

/** @param from behind the opening quote. */
const afterString = (bytes: Buffer, from: number): number => {
  let index = from;
  while (index >= 0 && index < bytes.length) {
    const byte = bytes[index] as number;
    if (byte === quote) return index + 1;
    if (byte < 0x20) return broken;
    index = byte === backslash ? afterEscape(bytes, index + 1) : index + 1;
  }
  return broken;
};

const afterDigits = (bytes: Buffer, from: number): number => {
  let index = from;
  while ((bytes[index] as number) >= nought && (bytes[index] as number) <= nine) index += 1;
  return index > from ? index : broken;
};

const afterNumber = (bytes: Buffer, from: number): number => {
  const start = bytes[from] === minus ? from + 1 : from;
  let index = bytes[start] === nought ? start + 1 : afterDigits(bytes, start);
  if (bytes[index] === point) index = afterDigits(bytes, index + 1);
  if (((bytes[index] as number) | lowerCase) !== letterE) return index;
  const hasSign = bytes[index + 1] === plus || bytes[index + 1] === minus;
  return afterDigits(bytes, index + (hasSign ? 2 : 1));
};

const afterScalar = (bytes: Buffer, from: number): number => {
  if (bytes[from] === quote) return afterString(bytes, from + 1);
  const literal = literals.find((text) => text.compare(bytes, from, Math.min(from + text.length, bytes.length)) === 0);
  return literal ? from + literal.length : afterNumber(bytes, from);
};

/** Behind the name of a member and its colon. */
const afterName = (bytes: Buffer, from: number): number => {
  if (bytes[from] !== quote) return broken;
  const end = afterString(bytes, from + 1);
  if (end === broken) return broken;
  const index = afterBlanks(bytes, end);
  return bytes[index] === colon ? afterBlanks(bytes, index + 1) : broken;
};

const afterMark = (bytes: Buffer): number => (bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0);

/** Some servers put a byte order mark in front of JSON in UTF-8, and many clients take it: so does this. */
export const isJson = (bytes: Buffer): boolean => {
  /** The closing bytes of the objects and arrays that are open. */
  const open: number[] = [];
  /** Behind a value: behind what it closes, and at the next value where there is one. */
  const afterValue = (from: number): number => {
    let index = afterBlanks(bytes, from);
    while (open.length > 0 && bytes[index] === open.at(-1)) {
      open.pop();
      index = afterBlanks(bytes, index + 1);
    }
    if (open.length === 0) return index;
    if (bytes[index] !== comma) return broken;
    const next = afterBlanks(bytes, index + 1);
    return open.at(-1) === closeBrace ? afterName(bytes, next) : next;
  };
  let index = afterBlanks(bytes, afterMark(bytes));
  do {
    const byte = bytes[index];
    if (byte !== openBrace && byte !== openBracket) {
      const end = afterScalar(bytes, index);
      index = end === broken ? broken : afterValue(end);
      continue;
    }
    if (open.length >= deepestNesting) return false;
    const close = byte + 2; // in ASCII, both pairs
    const first = afterBlanks(bytes, index + 1);
    if (bytes[first] === close) {
      index = afterValue(first + 1);
      continue;
    }
    open.push(close);
    index = close === closeBrace ? afterName(bytes, first) : first;
  } while (index !== broken && open.length > 0);
  return index === bytes.length;
};

/** Whether bytes may be the beginning of a JSON text that has members. */
export const startsAsJson = (bytes: Buffer): boolean => {
  const first = bytes[afterBlanks(bytes, afterMark(bytes))];
  return first === openBrace || first === openBracket;
};
