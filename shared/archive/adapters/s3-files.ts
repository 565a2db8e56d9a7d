/** ArchivedFiles over S3. */
import type { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { namingFailures } from '../../errors/store-failure.ts';
import { dispositionOf } from '../../exports/disposition.ts';
import { isAbsentObject } from '../../storage/absent-object.ts';
import type { ArchivedFiles } from '../archive-bucket.ts';

export const createS3ArchivedFiles = (client: S3Client, Bucket: string): ArchivedFiles =>
  namingFailures('ARCHIVE_UNAVAILABLE', {
    async open(Key, VersionId, range) {
      const Range = range && { Range: `bytes=${range.first}-${range.last}` };
      try {
        return (await client.send(new GetObjectCommand({ Bucket, Key, VersionId, ...Range }))).Body as Readable;
      } catch (error) {
        if (isAbsentObject(error) || (error instanceof Error && error.name === 'NoSuchVersion')) return undefined;
        throw error;
      }
    },
    presign: (Key, VersionId, fileName, expiresIn) =>
      getSignedUrl(
        client,
        new GetObjectCommand({
          ...{ Bucket, Key, VersionId, ResponseContentType: 'application/pdf' },
          ResponseContentDisposition: dispositionOf(fileName),
        }),
        { expiresIn },
      ),
  });
