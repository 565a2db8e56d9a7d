/** The bucket of the archive for the daily verification: the reader of archive-verify, which tells a fault from an S3 that cannot answer. */
import { GetObjectCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { type BucketReader, createBucketReader } from '../../../packages/archive-verify/src/bucket-source.ts';
import { SourceUnavailable } from '../../../packages/archive-verify/src/source.ts';

const commands = { GetObjectCommand, ListObjectVersionsCommand };

const statusOf = (error: unknown): number =>
  (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;

/**
 * Refused rights, throttling, a broken connection and a failure of S3 say nothing of the archive. With the right to list the bucket, an
 * object that is not there is 404 (API reference, GetObject).
 */
const saysNothing = (error: unknown): boolean => {
  const status = statusOf(error);
  return status < 400 || status >= 500 || [401, 403, 408, 429].includes(status);
};

const unavailable = (error: unknown): SourceUnavailable =>
  new SourceUnavailable(`S3 cannot be read: ${error instanceof Error ? `${error.name}: ${error.message}` : error}`, {
    cause: error,
  });

async function* unbroken(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw unavailable(error);
  }
}

export const createS3ArchiveReader = (client: S3Client, bucket: string): BucketReader => {
  const reader = createBucketReader(commands, client, bucket);
  return {
    listPage: (prefix, after) =>
      reader.listPage(prefix, after).catch((error: unknown) => {
        throw unavailable(error);
      }),
    async open(item) {
      const content = await reader.open(item).catch((error: unknown) => {
        throw saysNothing(error) ? unavailable(error) : error;
      });
      return { ...content, bytes: unbroken(content.bytes) };
    },
  };
};
