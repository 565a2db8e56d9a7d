/** RunFiles over S3. */
import { PutObjectCommand, paginateListParts, type S3Client } from '@aws-sdk/client-s3';
import type { RunFiles } from '../run-files.ts';
import { createS3ResultFiles } from './s3-files.ts';

const isGone = (error: unknown): boolean => error instanceof Error && error.name === 'NoSuchUpload';

export const createS3RunFiles = (client: S3Client, Bucket: string): RunFiles => ({
  open: createS3ResultFiles(client, Bucket).open,
  async put(Key, ContentType, Body) {
    await client.send(new PutObjectCommand({ Bucket, Key, ContentType, Body }));
  },
  async partTags(Key, UploadId) {
    try {
      const tags: string[] = [];
      for await (const { Parts = [] } of paginateListParts({ client }, { Bucket, Key, UploadId }))
        tags.push(...Parts.map(({ ETag }) => ETag as string));
      return tags;
    } catch (error) {
      if (isGone(error)) return [];
      throw error;
    }
  },
});
