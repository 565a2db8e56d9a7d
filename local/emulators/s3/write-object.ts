/** Writing of objects: PutObject and CopyObject. */
import { createReadStream } from 'node:fs';
import { checksumMember, defaultAlgorithm, isAlgorithm } from './checksums.ts';
import { assertDigest, type Handler, type S3Context } from './handler.ts';
import { lockOfNewVersion } from './lock.ts';
import type { Bucket, ObjectVersion } from './model.ts';
import { keptHeaders, parseTagHeader, writtenHeaders } from './object-headers.ts';
import { keepUnlessRefused, receiveFile, writeFile } from './receive-file.ts';
import { decodePath, type S3Reply, type S3Request, splitOnce } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { Store } from './store.ts';
import type { BodyFacts } from './verified-body.ts';
import {
  addVersion,
  beginConditionalWrite,
  matches,
  namedVersion,
  newVersionId,
  preconditionFailed,
} from './versions.ts';
import { toXml } from './xml.ts';

export const putObject: Handler = async (request, context) => {
  if (request.headers.has('x-amz-copy-source')) return copyObject(request, context);
  const bucket = context.store.bucket(request.bucket);
  const description = describe(request, bucket);
  if (description.retention || description.legalHold) assertDigest(request);
  const assertConditions = beginConditionalWrite(request, bucket, request.key);
  const { path, facts } = await receiveFile(request, context.store, defaultAlgorithm);
  const version = await keepUnlessRefused(path, () => {
    assertConditions();
    context.store.bucket(request.bucket);
    return commit(context, request, bucket, {
      ...description,
      ...writtenFacts(context.store, path, facts),
    });
  });
  context.notify({ eventName: 'ObjectCreated:Put', ...eventOf(request, version) });
  return { status: 200, headers: writtenHeaders(version) };
};

const copyObject = async (request: S3Request, context: S3Context): Promise<S3Reply> => {
  const { store } = context;
  const bucket = store.bucket(request.bucket);
  const source = copySource(request, store);
  const assertConditions = beginConditionalWrite(request, bucket, request.key);
  assertConditions();
  assertCopyConditions(request, source.version);
  const replacesHeaders = request.headers.get('x-amz-metadata-directive') === 'REPLACE';
  const isSelf = source.bucket === request.bucket && source.key === request.key && source.versionId === null;
  if (isSelf && !replacesHeaders)
    throw new S3Error('InvalidRequest', 'This copy request is illegal because it copies an object to itself unchanged');
  const { headers, tags } = source.version;
  const description = {
    ...describe(request, bucket),
    ...(replacesHeaders ? {} : { headers: { ...headers, ...encryptionOf(request) } }),
    ...(request.headers.get('x-amz-tagging-directive') === 'REPLACE' ? {} : { tags }),
  };
  const { path, facts } = await writeFile(
    store,
    createReadStream(store.blobPath(source.version.blob)),
    copyAlgorithm(request, source.version),
  );
  const version = await keepUnlessRefused(path, () => {
    assertConditions();
    store.bucket(request.bucket);
    return commit(context, request, bucket, { ...description, ...writtenFacts(store, path, facts) });
  });
  context.notify({ eventName: 'ObjectCreated:Copy', ...eventOf(request, version) });
  const result = {
    ETag: `"${version.etag}"`,
    LastModified: new Date(version.modifiedMillis).toISOString(),
    ...checksumMember(version.checksum),
  };
  const { etag: _, ...replyHeaders } = writtenHeaders(version);
  const sourceId = source.version.versionId;
  const sourceHeader = sourceId === 'null' ? {} : { 'x-amz-copy-source-version-id': sourceId };
  return { status: 200, headers: { ...replyHeaders, ...sourceHeader }, body: toXml('CopyObjectResult', result) };
};

/** The facts of a request about the new version, apart from its bytes. */
export const describe = (request: S3Request, bucket: Bucket) => ({
  headers: keptHeaders(request),
  tags: parseTagHeader(request),
  ...lockOfNewVersion(request, bucket),
});

/** A copy is one piece, even if its source had parts. So it has its own entity tag and checksum (CopyObject, "Checksums"). */
const copyAlgorithm = ({ headers }: S3Request, { checksum }: ObjectVersion) => {
  const asked = headers.get('x-amz-checksum-algorithm')?.toLowerCase();
  return isAlgorithm(asked) ? asked : (checksum?.algorithm ?? defaultAlgorithm);
};

const writtenFacts = (store: Store, path: string, { sizeBytes, md5, checksum }: BodyFacts) => ({
  blob: store.keepBlob(path),
  sizeBytes,
  etag: md5.toString('hex'),
  ...(checksum ? { checksum } : {}),
});

export const commit = (
  { store }: S3Context,
  request: S3Request,
  bucket: Bucket,
  facts: Omit<ObjectVersion, 'versionId' | 'modifiedMillis'>,
  modifiedMillis = request.nowMillis,
): ObjectVersion => {
  const version = { ...facts, versionId: newVersionId(bucket), modifiedMillis };
  addVersion(store, bucket, request.key, version);
  return version;
};

export const eventOf = ({ bucket, key }: S3Request, { sizeBytes, etag, versionId }: ObjectVersion) => ({
  bucket,
  key,
  sizeBytes,
  etag,
  versionId,
});

/** The version that a copy reads. */
export const copySource = ({ headers }: S3Request, store: Store) => {
  const [path = '', query = ''] = splitOnce(headers.get('x-amz-copy-source') ?? '', '?versionId=');
  const [bucket = '', key = ''] = splitOnce(decodePath(path).replace(/^\//, ''), '/');
  const versionId = query === '' ? null : query;
  return { bucket, key, versionId, version: namedVersion(store.bucket(bucket), key, versionId) };
};

const encryptionOf = (request: S3Request): Record<string, string> =>
  Object.fromEntries([...request.headers].filter(([name]) => name.startsWith('x-amz-server-side-encryption')));

const assertCopyConditions = ({ headers }: S3Request, { etag }: ObjectVersion): void => {
  const ifMatch = headers.get('x-amz-copy-source-if-match');
  const ifNoneMatch = headers.get('x-amz-copy-source-if-none-match');
  if ((ifMatch !== undefined && !matches(ifMatch, etag)) || (ifNoneMatch !== undefined && matches(ifNoneMatch, etag)))
    throw preconditionFailed();
};
