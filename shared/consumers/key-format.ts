/**
 * The form of facade keys: `sfk_`, 43 characters for 256 random bits, and 6 characters of checksum, all of them digits
 * and letters. A program that finds such a text in a repository or a log can verify it without asking the facade, as
 * with GitHub's tokens (GitHub blog, "Behind GitHub's new authentication token formats"). The checksum is not secret
 * and protects nothing: anybody can compute it.
 */
import { crc32 } from 'node:zlib';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const secretCharacters = 43; // 62^43 is just above 2^256
const checksumCharacters = 6; // 62^6 is above 2^32

/** Base 62, most significant digit first, with leading zeros. */
const toDigits = (value: bigint, length: number): string => {
  let text = '';
  for (let rest = value; rest > 0n; rest /= 62n) text = (digits[Number(rest % 62n)] as string) + text;
  return text.padStart(length, '0');
};

/** CRC-32 (as in zlib and gzip) of the 43 characters. */
const checksumOf = (secret: string): string => toDigits(BigInt(crc32(secret)), checksumCharacters);

/** The key for 256 random bits. */
export const toKey = (random: Uint8Array): string => {
  const secret = toDigits(BigInt(`0x${Buffer.from(random).toString('hex')}`), secretCharacters);
  return `sfk_${secret}${checksumOf(secret)}`;
};

/** For secret scanners: matches what may be a key. */
const keyForm = /^sfk_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/**
 * Whether a text has the form of a key and a wrong checksum, so that it was never issued. Keys of the first version
 * (`sfk_` and 43 characters of base64url) and the twin's keys have another form and do not match.
 */
export const isMistyped = (text: string): boolean => {
  const [, secret, checksum] = keyForm.exec(text) ?? [];
  return secret !== undefined && checksumOf(secret) !== checksum;
};
