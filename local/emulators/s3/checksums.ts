/** The checksums of S3, computed piece by piece, and how those of parts make one of the object (S3 user guide, "Checking object integrity"). */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { createCrc64Nvme } from '../../../shared/archive/crc64-nvme.ts';
import { crc32c } from './crc32c.ts';

const checksumAlgorithms = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];
export type ChecksumType = 'COMPOSITE' | 'FULL_OBJECT';
/** `value` is Base64; a composite one ends with a dash and the number of parts. */
export type Checksum = { readonly algorithm: ChecksumAlgorithm; readonly value: string };

export type RunningChecksum = { update(chunk: Uint8Array): void; digest(): Buffer };

export const createChecksum = (algorithm: ChecksumAlgorithm): RunningChecksum => {
  if (algorithm === 'crc32') return runningCrc(crc32);
  if (algorithm === 'crc32c') return runningCrc(crc32c);
  if (algorithm === 'crc64nvme') return createCrc64Nvme();
  const hash = createHash(algorithm);
  return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest() };
};

/** The algorithm that S3 uses if the writer names no algorithm. */
export const defaultAlgorithm: ChecksumAlgorithm = 'crc64nvme';

export const isAlgorithm = (name: string | undefined): name is ChecksumAlgorithm =>
  checksumAlgorithms.some((each) => each === name);

const typesOf = (algorithm: ChecksumAlgorithm): readonly ChecksumType[] => {
  if (algorithm === 'crc64nvme') return ['FULL_OBJECT'];
  return algorithm.startsWith('crc') ? ['COMPOSITE', 'FULL_OBJECT'] : ['COMPOSITE'];
};

/** The type that a multipart upload gets without a choice. */
export const defaultType = (algorithm: ChecksumAlgorithm): ChecksumType => typesOf(algorithm)[0] ?? 'FULL_OBJECT';

/** CRCs can cover a whole multipart object, hashes only the checksums of its parts, and CRC-64/NVME only the whole. */
export const hasType = (algorithm: ChecksumAlgorithm, type: string): type is ChecksumType =>
  typesOf(algorithm).some((each) => each === type);

export const typeOf = ({ value }: Checksum): ChecksumType => (value.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT');

/** Checksum of a multipart object: that of the parts' checksums joined, with the number of parts after a dash. */
export const compositeChecksum = (algorithm: ChecksumAlgorithm, partValues: readonly string[]): Checksum => {
  const checksum = createChecksum(algorithm);
  for (const value of partValues) checksum.update(Buffer.from(value, 'base64'));
  return { algorithm, value: `${checksum.digest().toString('base64')}-${partValues.length}` };
};

/** The members of an XML answer with a checksum, such as `ChecksumCRC32`. */
export const checksumMember = (checksum: Checksum | undefined): Record<string, string> =>
  checksum ? { [checksumName(checksum.algorithm)]: checksum.value } : {};

export const checksumName = (algorithm: ChecksumAlgorithm): string => `Checksum${algorithm.toUpperCase()}`;

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
