/** Headers of objects: those that a writer sets and S3 keeps, and those that a reader gets. */
import { typeOf } from './checksums.ts';
import type { ObjectVersion } from './model.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import { checksumHeader } from './verified-body.ts';

const keptNames = new Set([
  'content-type',
  'content-disposition',
  'content-encoding',
  'content-language',
  'cache-control',
  'expires',
  'x-amz-website-redirect-location',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled',
]);
const encryptionPrefix = 'x-amz-server-side-encryption';
const largestMetadataBytes = 2048;
const mostTags = 10;

/** The headers of a write request that are stored with the object. @throws S3Error MetadataTooLarge */
export const keptHeaders = ({ headers }: S3Request): Record<string, string> => {
  const kept = [...headers].filter(([name]) => keptNames.has(name) || name.startsWith('x-amz-meta-'));
  const metadata = kept.filter(([name]) => name.startsWith('x-amz-meta-'));
  const metadataBytes = metadata.reduce((sum, [name, value]) => sum + name.length - 11 + value.length, 0);
  if (metadataBytes > largestMetadataBytes)
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  const { 'content-encoding': encoding = '', ...others } = Object.fromEntries(kept);
  const ownEncoding = encoding
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part && part !== 'aws-chunked');
  return {
    'content-type': 'application/octet-stream',
    ...others,
    ...(ownEncoding.length > 0 ? { 'content-encoding': ownEncoding.join(',') } : {}),
  };
};

/** The headers of GET and HEAD for a version, without length and range. */
export const objectHeaders = ({ query, headers }: S3Request, version: ObjectVersion): Record<string, string> => ({
  ...version.headers,
  ...overrides(query),
  etag: `"${version.etag}"`,
  'last-modified': new Date(version.modifiedMillis).toUTCString(),
  'accept-ranges': 'bytes',
  ...versionHeader(version),
  ...lockHeaders(version),
  ...(Object.keys(version.tags).length > 0 ? { 'x-amz-tagging-count': String(Object.keys(version.tags).length) } : {}),
  ...(headers.get('x-amz-checksum-mode') === 'ENABLED' ? checksumHeaders(version) : {}),
});

/** The headers of the answer to a write. */
export const writtenHeaders = (version: ObjectVersion): Record<string, string> => ({
  etag: `"${version.etag}"`,
  ...versionHeader(version),
  ...checksumHeaders(version),
  ...encryptionHeaders(version),
});

export const encryptionHeaders = ({ headers }: Pick<ObjectVersion, 'headers'>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith(encryptionPrefix)));

export const checksumHeaders = ({ checksum }: Pick<ObjectVersion, 'checksum'>): Record<string, string> =>
  checksum
    ? {
        [checksumHeader(checksum.algorithm)]: checksum.value,
        'x-amz-checksum-type': typeOf(checksum),
      }
    : {};

/** Unversioned buckets do not speak of versions. */
export const versionHeader = ({ versionId }: ObjectVersion): Record<string, string> =>
  versionId === 'null' ? {} : { 'x-amz-version-id': versionId };

const lockHeaders = ({ retention, legalHold }: ObjectVersion): Record<string, string> => ({
  ...(retention
    ? {
        'x-amz-object-lock-mode': retention.mode,
        'x-amz-object-lock-retain-until-date': new Date(retention.untilMillis).toISOString(),
      }
    : {}),
  ...(legalHold ? { 'x-amz-object-lock-legal-hold': 'ON' } : {}),
});

const overrides = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries(
    [...query].flatMap(([name, value]) =>
      name.startsWith('response-') ? [[name.slice('response-'.length), value]] : [],
    ),
  );

/** Tags in the form of a query string, as in the header `x-amz-tagging`. @throws S3Error InvalidTag */
export const parseTagHeader = ({ headers }: S3Request): Record<string, string> =>
  checkedTags([...new URLSearchParams(headers.get('x-amz-tagging') ?? '')]);

/** @throws S3Error InvalidTag */
export const checkedTags = (pairs: readonly (readonly [string, string])[]): Record<string, string> => {
  const tags = Object.fromEntries(pairs);
  const tooLong = pairs.some(([key, value]) => key.length < 1 || key.length > 128 || value.length > 256);
  if (tooLong || pairs.length > mostTags || Object.keys(tags).length !== pairs.length)
    throw new S3Error('InvalidTag', 'At most 10 tags, each key once with 1 to 128 characters, values up to 256');
  return tags;
};
