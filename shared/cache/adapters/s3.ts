import { addAbortSignal, Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { BodySpill } from './spill.ts';

type S3SpillOptions = {
  readonly prefix?: string;
  /**
   * Longest wait for a body, after which it counts as absent and the upstream is called. Also the longest wait for a
   * removal.
   */
  readonly getMillis?: number;
  /** Called with the reason why a body counts as absent, or was not removed. */
  readonly onFailure?: (error: unknown) => void;
};

/**
 * Stores bodies as objects under `prefix`. The bucket expires what is not removed. A body that cannot be read for any
 * reason counts as absent, so the next answer replaces it. A missing object is a 404 or, without the right to list the
 * bucket, a 403 (API reference, GetObject).
 */
export const createS3Spill = (client: S3Client, bucket: string, options: S3SpillOptions = {}): BodySpill => {
  const { prefix = 'answers/', getMillis = 5_000, onFailure = () => {} } = options;
  const load = async (name: string): Promise<Uint8Array | undefined> => {
    const abortSignal = AbortSignal.timeout(getMillis);
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + name }), { abortSignal });
    // The signal of the request ends with its headers.
    if (Body instanceof Readable) addAbortSignal(abortSignal, Body);
    return Body?.transformToByteArray();
  };
  return {
    async put(name, bytes) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: prefix + name, Body: bytes }));
    },
    async get(name) {
      try {
        return await load(name);
      } catch (error) {
        onFailure(error);
        return undefined;
      }
    },
    async remove(name) {
      const abortSignal = AbortSignal.timeout(getMillis);
      const command = new DeleteObjectCommand({ Bucket: bucket, Key: prefix + name });
      await client.send(command, { abortSignal }).catch(onFailure);
    },
  };
};
