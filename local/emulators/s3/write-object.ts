/** Writing of objects: PutObject and CopyObject. */
import { open, rm } from 'node:fs/promises';
import { assertDigestForLock, type Handler, type S3Context } from './handler.ts';
import { lockOfNewVersion } from './lock.ts';
import type { Bucket, ObjectVersion } from './model.ts';
import { keptHeaders, parseTagHeader, writtenHeaders } from './object-headers.ts';
import { decodePath, type S3Request, splitOnce } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { Store } from './store.ts';
import { type BodyFacts, readVerified } from './verified-body.ts';
import { addVersion, beginConditionalWrite, matches, namedVersion, newVersionId } from './versions.ts';
import { toXml } from './xml.ts';

export const putObject: Handler = async (request, context) => {
  if (request.headers.has('x-amz-copy-source')) return copyObject(request, context);
  const bucket = context.store.bucket(request.bucket);
  assertDigestForLock(request);
  const assertConditions = beginConditionalWrite(request, bucket, request.key);
  const description = describe(request, bucket);
  const { path, facts } = await receiveFile(request, context.store);
  const version = await keepUnlessRefused(path, () => {
    assertConditions();
    context.store.bucket(request.bucket);
    return commit(context, request, bucket, {
      ...description,
      blob: context.store.keepBlob(path),
      sizeBytes: facts.sizeBytes,
      etag: facts.md5.toString('hex'),
      ...(facts.checksum ? { checksum: facts.checksum } : {}),
    });
  });
  context.notify({ eventName: 'ObjectCreated:Put', ...eventOf(request, version) });
  return { status: 200, headers: writtenHeaders(version) };
};

const copyObject: Handler = (request, context) => {
  const { store } = context;
  const bucket = store.bucket(request.bucket);
  const source = copySource(request, store);
  assertDigestForLock(request);
  beginConditionalWrite(request, bucket, request.key)();
  assertCopyConditions(request, source.version);
  const replacesHeaders = request.headers.get('x-amz-metadata-directive') === 'REPLACE';
  const isSelf = source.bucket === request.bucket && source.key === request.key && source.versionId === null;
  if (isSelf && !replacesHeaders)
    throw new S3Error('InvalidRequest', 'This copy request is illegal because it copies an object to itself unchanged');
  const { blob, sizeBytes, etag, checksum, headers, tags } = source.version;
  const version = commit(context, request, bucket, {
    ...describe(request, bucket),
    ...(replacesHeaders ? {} : { headers: { ...headers, ...encryptionOf(request) } }),
    ...(request.headers.get('x-amz-tagging-directive') === 'REPLACE' ? {} : { tags }),
    blob: store.copyBlob(blob),
    sizeBytes,
    etag,
    ...(checksum ? { checksum } : {}),
  });
  context.notify({ eventName: 'ObjectCreated:Copy', ...eventOf(request, version) });
  const result = { ETag: `"${etag}"`, LastModified: new Date(version.modifiedMillis).toISOString() };
  const { etag: _, ...replyHeaders } = writtenHeaders(version);
  const sourceId = source.version.versionId;
  const sourceHeader = sourceId === 'null' ? {} : { 'x-amz-copy-source-version-id': sourceId };
  return { status: 200, headers: { ...replyHeaders, ...sourceHeader }, body: toXml('CopyObjectResult', result) };
};

/** What the request says about the new version, apart from its bytes. */
export const describe = (request: S3Request, bucket: Bucket) => ({
  headers: keptHeaders(request),
  tags: parseTagHeader(request),
  ...lockOfNewVersion(request, bucket),
});

/** Receives the body into a file; nothing remains of it when a digest is wrong or the client goes away. */
export const receiveFile = async (request: S3Request, store: Store): Promise<{ path: string; facts: BodyFacts }> => {
  const path = store.newIncomingPath();
  const file = await open(path, 'wx');
  try {
    const facts = await readVerified(request, (chunk) => file.writeFile(chunk));
    await file.close();
    return { path, facts };
  } catch (error) {
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
};

/** Runs the last, synchronous step of a write; its file goes when the step refuses. */
export const keepUnlessRefused = async <Result>(path: string, step: () => Result): Promise<Result> => {
  try {
    return step();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
};

export const commit = (
  { store }: S3Context,
  request: S3Request,
  bucket: Bucket,
  facts: Omit<ObjectVersion, 'versionId' | 'modifiedMillis'>,
): ObjectVersion => {
  const version = { ...facts, versionId: newVersionId(bucket), modifiedMillis: request.nowMillis };
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

const copySource = ({ headers }: S3Request, store: Store) => {
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
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
};
