/** The form of every S3 operation of the twin. */
import type { S3Reply, S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { Store } from './store.ts';
import type { MultipartUploads } from './uploads.ts';
import { hasBodyDigest } from './verified-body.ts';

/** Called after an object was committed. */
export type ObjectCreated = {
  readonly eventName: 'ObjectCreated:Put' | 'ObjectCreated:Copy' | 'ObjectCreated:CompleteMultipartUpload';
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly versionId: string;
};

export type S3Context = {
  readonly store: Store;
  readonly uploads: MultipartUploads;
  notify(event: ObjectCreated): void;
};

export type Handler = (request: S3Request, context: S3Context) => S3Reply | Promise<S3Reply>;

/**
 * For a write whose object is locked, by headers or by the default of the bucket (PutObject, UploadPart, "Content-MD5").
 * @throws S3Error InvalidRequest when the client sends no digest of the body
 */
export const assertDigest = (request: S3Request): void => {
  if (!hasBodyDigest(request))
    throw new S3Error('InvalidRequest', 'Content-MD5 or x-amz-checksum- is required with Object Lock parameters');
};
