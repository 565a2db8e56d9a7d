/** RunFiles over S3. */
import {
  DeleteObjectsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { RunFiles } from '../run-files.ts';
import { createS3ResultFiles } from './s3-files.ts';

const isGone = (error: unknown): boolean => error instanceof Error && error.name === 'NoSuchUpload';

export const createS3RunFiles = (client: S3Client, Bucket: string): RunFiles => ({
  open: createS3ResultFiles(client, Bucket).open,
  async put(Key, ContentType, Body) {
    await client.send(new PutObjectCommand({ Bucket, Key, ContentType, Body }));
  },
  async removeUnder(Prefix) {
    // A page has as many keys as a request may delete (API reference). Each page is the first one, because those before it are gone.
    for (;;) {
      const { Contents = [], IsTruncated } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }));
      const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
      if (Objects.length === 0) return;
      const { Errors: [fault] = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
      );
      if (fault) throw new Error(`An object was not deleted: ${fault.Code}`);
      if (IsTruncated !== true) return;
    }
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
