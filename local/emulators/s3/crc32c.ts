/** CRC-32C, which Node does not have. It is reflected, so a table of one byte serves. */

const castagnoliPolynomial = 0x82f63b78; // RFC 3720, appendix B.4, reflected

const castagnoliTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ castagnoliPolynomial : value >>> 1;
  return value;
});

/** The CRC-32C of what `start` covers and then `chunk`. */
export const crc32c = (chunk: Uint8Array, start: number): number => {
  let value = ~start;
  for (const byte of chunk) value = (castagnoliTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
};
