/**
 * The rights to list buckets. S3 reports a missing object only to callers that may list its bucket; all others get
 * 403 AccessDenied (S3 API reference, GetObject and HeadObject, "Permissions"). Only the administrator may bypass a governance
 * lock. Nothing else of IAM is imitated.
 */
import { decodePath, type S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';

const separator = '+';

/**
 * The access key id of a function whose role may list these buckets and no others; `administrator` is the key id that may
 * list all. The twin hands it out, so that the emulator needs no list of roles.
 */
export const roleAccessKeyId = (administrator: string, listableBuckets: readonly string[]): string =>
  [administrator, ...(listableBuckets.length > 0 ? listableBuckets : [''])].join(separator);

/** Whether a key id is the administrator's, or one that `roleAccessKeyId` made of it. */
export const isKnownKeyId = (accessKeyId: string, administrator: string): boolean =>
  accessKeyId.split(separator)[0] === administrator;

const mayList = (accessKeyId: string, bucket: string): boolean => {
  const [, ...buckets] = accessKeyId.split(separator);
  return buckets.length === 0 || buckets.includes(bucket);
};

const denied = (): S3Error => new S3Error('AccessDenied', 'Access Denied');

const isListing = ({ method, key, subresource }: S3Request): boolean =>
  key === '' && ['', 'versions'].includes(subresource) && ['GET', 'HEAD'].includes(method);

/** @throws S3Error AccessDenied for a listing of a bucket, or of all, that the caller may not list. */
export const checkListing = (request: S3Request, accessKeyId: string): void => {
  if (isListing(request) && !mayList(accessKeyId, request.bucket)) throw denied();
};

/** @throws S3Error AccessDenied for the bypass of a governance lock by a function: no role has s3:BypassGovernanceRetention. */
export const checkBypass = ({ headers }: S3Request, accessKeyId: string): void => {
  if (headers.has('x-amz-bypass-governance-retention') && accessKeyId.includes(separator)) throw denied();
};

/** The bucket in which the object that a request reads is looked for. */
const readBucket = ({ headers, bucket }: S3Request): string => {
  const source = headers.get('x-amz-copy-source');
  return source === undefined ? bucket : (decodePath(source).replace(/^\//, '').split('/')[0] ?? '');
};

/** The error that a caller gets. A caller without the right to list never learns that an object is missing. */
export const asSeenBy = (accessKeyId: string, request: S3Request, error: unknown): unknown => {
  const isMissing = error instanceof S3Error && ['NoSuchKey', 'NoSuchVersion'].includes(error.code);
  return isMissing && !mayList(accessKeyId, readBucket(request)) ? denied() : error;
};
