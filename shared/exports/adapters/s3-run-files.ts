/** RunFiles over S3. */
import { ListPartsCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
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
      // The SDK's paginator never ends here: the marker after the last part is "0", with which it begins anew.
      for (let PartNumberMarker: string | undefined; ; ) {
        const page = await client.send(new ListPartsCommand({ Bucket, Key, UploadId, PartNumberMarker }));
        tags.push(...(page.Parts ?? []).map(({ ETag }) => ETag as string));
        if (page.IsTruncated !== true) return tags;
        PartNumberMarker = page.NextPartNumberMarker;
      }
    } catch (error) {
      if (isGone(error)) return [];
      throw error;
    }
  },
});
