/** Streams a file of the upstream into the bucket while hashing it. At most two parts are in memory. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { StoredFile } from './export-record.ts';
import type { PartUploads } from './part-uploads.ts';

/** S3 takes 10,000 parts: 80 GB. */
const partBytes = 8_388_608;
/** Enough to look for `%PDF-` at the head and `%%EOF` at the tail. */
const keptBytes = 1_024;

export type Transferred = {
  readonly tags: readonly string[];
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly head: Buffer;
  readonly tail: Buffer;
};

/** @param onPart called with the bytes so far, after each part; what it throws ends the transfer. */
export const transferParts = async (
  body: Readable,
  { key, uploadId }: { readonly key: string; readonly uploadId: string },
  uploads: Pick<PartUploads, 'putPart'>,
  onPart: (bytes: number) => Promise<void>,
): Promise<Transferred> => {
  const hash = createHash('sha256');
  const tags: string[] = [];
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let sizeBytes = 0;
  let head: Buffer = Buffer.alloc(0);
  let tail: Buffer = Buffer.alloc(0);

  const flush = async (): Promise<void> => {
    const part = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    tags.push(await uploads.putPart(key, uploadId, tags.length + 1, part));
    await onPart(sizeBytes);
  };
  try {
    for await (const piece of body) {
      const chunk = piece as Buffer;
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
      if (head.byteLength < keptBytes) head = Buffer.concat([head, chunk]).subarray(0, keptBytes);
      tail = Buffer.concat([tail, chunk.subarray(-keptBytes)]).subarray(-keptBytes);
      waiting.push(chunk);
      waitingBytes += chunk.byteLength;
      // The stream is not read on meanwhile, so no more than this part and a chunk is in memory.
      if (waitingBytes >= partBytes) await flush();
    }
    if (waitingBytes > 0) await flush();
  } finally {
    body.destroy();
  }
  return { tags, sizeBytes, sha256: hash.digest('hex'), head, tail };
};

/**
 * The completing request, safe to repeat: an answer that was lost leaves the file there, and it is taken when it has the size that
 * was announced before. The key belongs to one run, whose one lease holder writes it.
 */
export const completeOnce = async (
  result: StoredFile,
  uploadId: string,
  tags: readonly string[],
  uploads: Pick<PartUploads, 'complete' | 'sizeOf'>,
): Promise<boolean> => {
  await uploads.complete(result.key, uploadId, tags);
  return (await uploads.sizeOf(result.key)) === result.sizeBytes;
};
