import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { BodySpill } from './spill.ts';

/** Bodies as objects below `prefix`. Nothing here deletes them: the bucket expires what is older than an answer can be. */
export const createS3Spill = (client: S3Client, bucket: string, prefix = 'answers/'): BodySpill => ({
  async put(name, bytes) {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: prefix + name, Body: bytes }));
  },
  async get(name) {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + name }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
});
