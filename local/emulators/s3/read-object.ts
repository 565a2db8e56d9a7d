/** Reading and deleting of objects: GetObject, HeadObject, DeleteObject, DeleteObjects. */
import { createReadStream, openSync } from 'node:fs';
import type { Handler } from './handler.ts';
import { permissionOf } from './lock.ts';
import type { Bucket, ObjectVersion } from './model.ts';
import { objectHeaders } from './object-headers.ts';
import { namedPart, partHeaders } from './object-parts.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { Store } from './store.ts';
import { hasBodyDigest, readDocument } from './verified-body.ts';
import { deleteKey, matches, namedVersion, preconditionFailed } from './versions.ts';
import { childrenOf, parseXmlAs, textOf, toXml, type XmlElement } from './xml.ts';

const mostDeletes = 1000;

/** GET and HEAD alike; the server leaves the body of a HEAD away. */
export const getObject: Handler = (request, { store }) => {
  const version = namedVersion(store.bucket(request.bucket), request.key, request.query.get('versionId'));
  const headers = objectHeaders(request, version);
  if (isNotModified(request, version)) return { status: 304, headers: withoutChecksum(headers) };
  const part = namedPart(request, version);
  const range = part ?? parseRange(request.headers.get('range'), version.sizeBytes);
  const { start, end } = range ?? { start: 0, end: version.sizeBytes - 1 };
  const lengthHeaders = { 'content-length': String(end - start + 1) };
  const body = request.method === 'HEAD' || end < start ? '' : openBytes(store, version.blob, start, end);
  if (!range) return { status: 200, headers: { ...headers, ...lengthHeaders }, body };
  const rangeHeaders = part ? partHeaders(headers, part) : withoutChecksum(headers);
  if (end < start) return { status: 200, headers: { ...rangeHeaders, ...lengthHeaders }, body }; // an empty object has no range
  const contentRange = `bytes ${start}-${end}/${version.sizeBytes}`;
  return { status: 206, headers: { ...rangeHeaders, ...lengthHeaders, 'content-range': contentRange }, body };
};

/** A checksum is that of the whole object, so answers with less than all bytes go without it. */
const withoutChecksum = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-')));

/** Opens at once, so that a delete in the meantime cannot take the file away. */
const openBytes = (store: Store, blob: string, start: number, end: number) => {
  const path = store.blobPath(blob);
  return createReadStream(path, { fd: openSync(path, 'r'), start, end });
};

/** RFC 9110 section 13.2.2, the order of conditions. @throws S3Error PreconditionFailed */
const isNotModified = ({ headers }: S3Request, { etag, modifiedMillis }: ObjectVersion): boolean => {
  const modifiedSeconds = Math.floor(modifiedMillis / 1000);
  const seconds = (name: string) => Math.floor(Date.parse(headers.get(name) ?? '') / 1000);
  const ifMatch = headers.get('if-match');
  const ifNoneMatch = headers.get('if-none-match');
  const changed = modifiedSeconds > seconds('if-unmodified-since');
  if (ifMatch === undefined ? changed : !matches(ifMatch, etag)) throw preconditionFailed();
  return ifNoneMatch === undefined ? modifiedSeconds <= seconds('if-modified-since') : matches(ifNoneMatch, etag);
};

/** One range; several, or text that is no range, mean the whole object. @throws S3Error InvalidRange */
const parseRange = (header: string | undefined, sizeBytes: number): { start: number; end: number } | undefined => {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (start >= sizeBytes)
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
      'content-range': `bytes */${sizeBytes}`,
    });
  return { start, end };
};

export const deleteObject: Handler = (request, { store }) => {
  const bucket = store.bucket(request.bucket);
  const versionId = request.query.get('versionId');
  assertNoDirectoryConditions([...request.headers.keys()]);
  const ifMatch = request.headers.get('if-match');
  const deletion = deleteKey(store, bucket, request.key, versionId, permissionOf(request), ifMatch);
  const headers = {
    ...(deletion.versionId && deletion.versionId !== 'null' ? { 'x-amz-version-id': deletion.versionId } : {}),
    ...(deletion.isMarker ? { 'x-amz-delete-marker': 'true' } : {}),
  };
  return { status: 204, headers };
};

const directoryConditions = new Set([
  'x-amz-if-match-last-modified-time',
  'x-amz-if-match-size',
  'LastModifiedTime',
  'Size',
]);

/** DeleteObject, "x-amz-if-match-size": "only supported for directory buckets". @throws S3Error NotImplemented */
const assertNoDirectoryConditions = (names: readonly string[]): void => {
  const name = names.find((each) => directoryConditions.has(each));
  if (name !== undefined)
    throw new S3Error('NotImplemented', `A delete takes the condition ${name} in directory buckets only`);
};

export const deleteObjects: Handler = async (request, { store }) => {
  const bucket = store.bucket(request.bucket);
  if (!hasBodyDigest(request))
    throw new S3Error('InvalidRequest', 'Missing required header: Content-MD5 or x-amz-checksum-');
  const document = parseXmlAs('Delete', await readDocument(request));
  const entries = childrenOf(document, 'Object');
  if (entries.length < 1 || entries.length > mostDeletes)
    throw new S3Error('MalformedXML', `DeleteObjects takes 1 to ${mostDeletes} objects`);
  const outcomes = entries.map((entry) => deleteOne(request, store, bucket, entry));
  const isQuiet = textOf(document, 'Quiet') === 'true';
  const Deleted = isQuiet ? [] : outcomes.flatMap((outcome) => ('deleted' in outcome ? [outcome.deleted] : []));
  const failures = outcomes.flatMap((outcome) => ('failure' in outcome ? [outcome.failure] : []));
  return { status: 200, body: toXml('DeleteResult', { Deleted, Error: failures }) };
};

const deleteOne = (request: S3Request, store: Store, bucket: Bucket, entry: XmlElement) => {
  const Key = childrenOf(entry, 'Key')[0]?.text ?? '';
  const VersionId = textOf(entry, 'VersionId');
  try {
    assertNoDirectoryConditions(entry.children.map(({ name }) => name));
    const ifMatch = textOf(entry, 'ETag');
    const deletion = deleteKey(store, bucket, Key, VersionId ?? null, permissionOf(request), ifMatch);
    const marker = deletion.isMarker ? { DeleteMarker: true, DeleteMarkerVersionId: deletion.versionId } : {};
    return { deleted: { Key, VersionId, ...marker } };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return { failure: { Key, VersionId, Code: error.code, Message: error.message } };
  }
};
