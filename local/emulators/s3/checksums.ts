/** The checksums that S3 clients send, computed piece by piece. CRC-64/NVME is not offered. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export const checksumAlgorithms = ['crc32', 'crc32c', 'sha1', 'sha256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];
export type Checksum = { readonly algorithm: ChecksumAlgorithm; readonly value: string };

export type RunningChecksum = { update(chunk: Uint8Array): void; digest(): Buffer };

export const createChecksum = (algorithm: ChecksumAlgorithm): RunningChecksum => {
  if (algorithm === 'crc32') return runningCrc(crc32);
  if (algorithm === 'crc32c') return runningCrc(crc32c);
  const hash = createHash(algorithm);
  return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest() };
};

/** Checksum of a multipart object: that of the parts' checksums joined, with the number of parts after a dash. */
export const compositeChecksum = (algorithm: ChecksumAlgorithm, partValues: readonly string[]): Checksum => {
  const checksum = createChecksum(algorithm);
  for (const value of partValues) checksum.update(Buffer.from(value, 'base64'));
  return { algorithm, value: `${checksum.digest().toString('base64')}-${partValues.length}` };
};

const runningCrc = (crc: (chunk: Uint8Array, start: number) => number): RunningChecksum => {
  let value = 0;
  return {
    update(chunk) {
      value = crc(chunk, value);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
};

const castagnoliPolynomial = 0x82f63b78; // RFC 3720, appendix B.4, reflected

const castagnoliTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ castagnoliPolynomial : value >>> 1;
  return value;
});

const crc32c = (chunk: Uint8Array, start: number): number => {
  let value = ~start;
  for (const byte of chunk) value = (castagnoliTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
};
