/** PartUploads over S3. An own uploader: lib-storage completes by itself, and does not abort when that fails. */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { OpenUpload, PartUploads } from '../part-uploads.ts';

/** Without the right to list the bucket, S3 says 403 for what is not there. A HEAD has no body to say which. */
const isAbsent = (error: unknown): boolean =>
  [403, 404].includes((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0);
const isGone = (error: unknown): boolean => error instanceof Error && error.name === 'NoSuchUpload';

export const createS3PartUploads = (client: S3Client, Bucket: string): PartUploads => ({
  async open(Key, ContentType) {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType }));
    return UploadId as string;
  },
  async putPart(Key, UploadId, PartNumber, Body) {
    const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
    return ETag as string;
  },
  async complete(Key, UploadId, tags) {
    const Parts = tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
    try {
      await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    } catch (error) {
      // It was completed before, and the answer was lost; or it was aborted. The caller looks at the file.
      if (!isGone(error)) throw error;
    }
  },
  async listOpen(Prefix) {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix }));
    return Uploads.flatMap(({ Key, UploadId }) => (Key === Prefix && UploadId !== undefined ? [UploadId] : []));
  },
  async listOpenUnder(Prefix) {
    const uploads: OpenUpload[] = [];
    let markers: { readonly KeyMarker?: string | undefined; readonly UploadIdMarker?: string | undefined } = {};
    for (;;) {
      const page = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix, ...markers }));
      for (const { Key: key, UploadId: uploadId, Initiated } of page.Uploads ?? [])
        if (key !== undefined && uploadId !== undefined)
          uploads.push({ key, uploadId, startedAtMillis: Initiated?.getTime() ?? 0 });
      if (page.IsTruncated !== true) return uploads;
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
  },
  async abort(Key, UploadId) {
    try {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  },
  async sizeOf(Key) {
    try {
      return (await client.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  },
});
