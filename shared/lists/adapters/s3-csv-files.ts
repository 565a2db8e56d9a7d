import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { namingFailures } from '../../errors/store-failure.ts';
import { isAbsentObject } from '../../storage/absent-object.ts';
import { readUpTo } from '../../streams/read-up-to.ts';
import type { CsvFiles } from '../definition.ts';
import { unreadable } from '../serving.ts';

/** Where operators put CSV files. The right of the function covers nothing else. */
const folder = 'csv/';
const mostBytes = 16 * 1_048_576;

export const createS3CsvFiles = (
  s3: S3Client,
  bucket: string,
  onAbsent: (object: string, cause: unknown) => void,
): CsvFiles =>
  namingFailures('LISTS_UNAVAILABLE', {
    async read(object: string): Promise<Uint8Array | undefined> {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: `${folder}${object}` }));
        const bytes = await readUpTo((Body ?? []) as AsyncIterable<Uint8Array>, mostBytes);
        if (bytes) return bytes;
      } catch (error) {
        if (!isAbsentObject(error)) throw error;
        onAbsent(object, error);
        return undefined;
      }
      throw unreadable(`The object ${object} has more than ${mostBytes} bytes.`);
    },
  });
