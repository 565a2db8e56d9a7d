import type { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { namingFailures } from '../../errors/store-failure.ts';
import { isAbsentObject } from '../../storage/absent-object.ts';
import { type UploadBytes, uploadUrlSeconds } from '../upload.ts';

const objectKey = (id: string): string => `uploads/${id}`;

/**
 * @param client must have `requestChecksumCalculation: 'WHEN_REQUIRED'`. Otherwise the presigned URL requires the checksum of an
 * empty body, and no PUT succeeds.
 * @param onAbsent called with S3's answer if there are no bytes: the cause may be a missing right.
 */
export const createS3UploadBytes = (
  client: S3Client,
  bucket: string,
  onAbsent: (error: unknown) => void = () => {},
): UploadBytes =>
  namingFailures('UPLOADS_UNAVAILABLE', {
    async presign(id, mediaType, sizeBytes) {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: objectKey(id),
        ContentType: mediaType,
        ContentLength: sizeBytes,
      });
      const url = await getSignedUrl(client, command, {
        expiresIn: uploadUrlSeconds,
        // Signed, so that S3 refuses a type or size other than the announced one.
        signableHeaders: new Set(['host', 'content-type', 'content-length']),
      });
      return { url, headers: { 'content-type': mediaType, 'content-length': String(sizeBytes) } };
    },
    async open(id) {
      try {
        const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey(id) }));
        return { stream: Body as Readable, lengthBytes: ContentLength ?? 0 };
      } catch (error) {
        if (!isAbsentObject(error)) throw error;
        onAbsent(error);
        return undefined;
      }
    },
    async remove(id) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: objectKey(id) }));
    },
  });
