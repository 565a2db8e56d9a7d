/** The operation of a request, by method, level and subresource. Any other request is answered with 501. */
import { getAcl } from './acl.ts';
import * as buckets from './bucket-settings.ts';
import { completeMultipartUpload } from './complete-upload.ts';
import * as cors from './cors.ts';
import type { Handler } from './handler.ts';
import { listMultipartUploads } from './list-uploads.ts';
import * as listing from './listing.ts';
import * as multipart from './multipart.ts';
import { getObjectAttributes } from './object-parts.ts';
import * as settings from './object-settings.ts';
import * as reading from './read-object.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import { putObject } from './write-object.ts';

/** `METHOD level[?subresource]` */
const routes: Readonly<Record<string, Handler>> = {
  'GET service': listing.listBuckets,
  'PUT bucket': buckets.createBucket,
  'HEAD bucket': buckets.headBucket,
  'DELETE bucket': buckets.deleteBucket,
  'GET bucket': listing.listObjects,
  'GET bucket?versions': listing.listObjectVersions,
  'POST bucket?delete': reading.deleteObjects,
  'GET bucket?acl': getAcl,
  'GET bucket?uploads': listMultipartUploads,
  'GET bucket?versioning': buckets.getBucketVersioning,
  'PUT bucket?versioning': buckets.putBucketVersioning,
  'GET bucket?object-lock': buckets.getObjectLockConfiguration,
  'PUT bucket?object-lock': buckets.putObjectLockConfiguration,
  'GET bucket?cors': cors.getBucketCors,
  'PUT bucket?cors': cors.putBucketCors,
  'DELETE bucket?cors': cors.deleteBucketCors,
  'PUT object': putObject,
  'GET object': reading.getObject,
  'HEAD object': reading.getObject,
  'DELETE object': reading.deleteObject,
  'GET object?acl': getAcl,
  'GET object?attributes': getObjectAttributes,
  'GET object?tagging': settings.getObjectTagging,
  'PUT object?tagging': settings.putObjectTagging,
  'DELETE object?tagging': settings.deleteObjectTagging,
  'GET object?retention': settings.getObjectRetention,
  'PUT object?retention': settings.putObjectRetention,
  'GET object?legal-hold': settings.getObjectLegalHold,
  'PUT object?legal-hold': settings.putObjectLegalHold,
  'POST object?uploads': multipart.createMultipartUpload,
  'PUT object?uploadId': multipart.uploadPart,
  'GET object?uploadId': multipart.listParts,
  'POST object?uploadId': completeMultipartUpload,
  'DELETE object?uploadId': multipart.abortMultipartUpload,
};

/** @throws S3Error NotImplemented */
export const routeOf = ({ method, bucket, key, subresource }: S3Request): Handler => {
  const level = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  const name = `${method} ${level}${subresource === '' ? '' : `?${subresource}`}`;
  const handler = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!handler) throw new S3Error('NotImplemented', `The twin's S3 has no operation ${name}`);
  return handler;
};
