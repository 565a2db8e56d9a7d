import type { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { namingFailures } from '../../errors/store-failure.ts';
import { isAbsentObject } from '../../storage/absent-object.ts';
import { dispositionOf } from '../disposition.ts';
import type { ResultFiles } from '../result-files.ts';

export const createS3ResultFiles = (client: S3Client, Bucket: string): ResultFiles =>
  namingFailures('EXPORTS_UNAVAILABLE', {
    async open({ key: Key }, range) {
      const Range = range && { Range: `bytes=${range.first}-${range.last}` };
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...Range }));
        return Body as Readable;
      } catch (error) {
        if (isAbsentObject(error)) return undefined;
        throw error;
      }
    },
    // The name and the type are in the signature, so that nobody changes them.
    presign: ({ key: Key, fileName, mediaType }, expiresIn) =>
      getSignedUrl(
        client,
        new GetObjectCommand({
          ...{ Bucket, Key, ResponseContentType: mediaType },
          ResponseContentDisposition: dispositionOf(fileName),
        }),
        { expiresIn },
      ),
  });
