/** CRC-64/NVME, S3's checksum of a whole object, which Node does not have. It is reflected, so a table of one byte serves. */

const polynomial = 0x9a6c9329ac4bc9b5n; // NVM Command Set specification, section 5.2.1.3.4, reflected

const table = Array.from({ length: 256 }, (_, index) => {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
  return value;
});
const highTable = Uint32Array.from(table, (value) => Number(value >> 32n));
const lowTable = Uint32Array.from(table, (value) => Number(value & 0xffff_ffffn));

/** A running checksum in two halves of 32 bits: numbers of 64 bits would be many times slower. `digest` gives 8 bytes. */
export const createCrc64Nvme = () => {
  let high = ~0;
  let low = ~0;
  return {
    update(chunk: Uint8Array): void {
      for (const byte of chunk) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (lowTable[index] ?? 0);
        high = (high >>> 8) ^ (highTable[index] ?? 0);
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
