/** HeldObjects over S3. A legal hold has no end and no mode; only S3 Object Lock knows it (user guide, Object Lock). */
import { PutObjectLegalHoldCommand, type S3Client } from '@aws-sdk/client-s3';
import type { HeldObjects } from '../holds/hold-record.ts';

/** The last one: a delete marker hides the current version (API reference, error responses). */
const absent: ReadonlySet<string> = new Set(['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed']);

export const createS3HeldObjects = (client: S3Client, Bucket: string): HeldObjects => ({
  async setHold(Key, VersionId, isOn) {
    const LegalHold = { Status: isOn ? 'ON' : 'OFF' } as const;
    try {
      await client.send(new PutObjectLegalHoldCommand({ Bucket, Key, VersionId, LegalHold }));
      return true;
    } catch (error) {
      if (error instanceof Error && absent.has(error.name)) return false;
      throw error;
    }
  },
});
