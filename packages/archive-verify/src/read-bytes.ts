/** Reading streams without keeping them. */
import { createHash } from 'node:crypto';
import { createCrc64Nvme } from '../../../shared/archive/crc64-nvme.ts';

/** A small document. @throws Error above the limit */
export const readSmall = async (bytes: AsyncIterable<Uint8Array>, limitBytes = 65_536): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > limitBytes) throw new Error(`it is larger than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

export type Digests = { readonly sha256: string; readonly crc64nvme: string; readonly sizeBytes: number };

/** Hash, checksum and size of a stream, piece by piece. */
export const digestsOf = async (bytes: AsyncIterable<Uint8Array>): Promise<Digests> => {
  const sha256 = createHash('sha256');
  const crc64nvme = createCrc64Nvme();
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sha256.update(chunk);
    crc64nvme.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sha256: sha256.digest('hex'), crc64nvme: crc64nvme.digest().toString('base64'), sizeBytes };
};
