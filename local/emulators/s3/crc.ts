/** CRC-32C and CRC-64/NVME, which Node does not have. Both are reflected, so tables of one byte serve. */

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

const nvmePolynomial = 0x9a6c9329ac4bc9b5n; // NVM Command Set specification, section 5.2.1.3.4, reflected

const nvmeTable = Array.from({ length: 256 }, (_, index) => {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ nvmePolynomial : value >> 1n;
  return value;
});
const nvmeHigh = Uint32Array.from(nvmeTable, (value) => Number(value >> 32n));
const nvmeLow = Uint32Array.from(nvmeTable, (value) => Number(value & 0xffff_ffffn));

/** CRC-64/NVME in two halves of 32 bits: numbers of 64 bits would be many times slower. */
export const createCrc64Nvme = () => {
  let high = ~0;
  let low = ~0;
  return {
    update(chunk: Uint8Array): void {
      for (const byte of chunk) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (nvmeLow[index] ?? 0);
        high = (high >>> 8) ^ (nvmeHigh[index] ?? 0);
      }
    },
    digest(): Buffer {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32BE(~high >>> 0, 0);
      bytes.writeUInt32BE(~low >>> 0, 4);
      return bytes;
    },
  };
};
