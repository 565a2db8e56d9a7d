/** Multipart uploads: create, upload part, copy part, list parts, abort. Completing is in complete-upload.ts. */
import { createReadStream } from 'node:fs';
import {
  type Checksum,
  type ChecksumAlgorithm,
  checksumMember,
  defaultType,
  hasType,
  isAlgorithm,
} from './checksums.ts';
import { assertDigest, type Handler, type S3Context } from './handler.ts';
import { checksumHeaders, encryptionHeaders } from './object-headers.ts';
import { keepUnlessRefused, receiveFile, writeFile } from './receive-file.ts';
import type { S3Reply, S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { Part, Upload } from './uploads.ts';
import { checksumAlgorithmOf } from './verified-body.ts';
import { copySource, describe } from './write-object.ts';
import { owner, toXml } from './xml.ts';

const mostParts = 10_000;

export const createMultipartUpload: Handler = (request, { store, uploads }) => {
  const bucket = store.bucket(request.bucket);
  const upload = uploads.start({
    ...describe(request, bucket),
    bucket: request.bucket,
    key: request.key,
    startedMillis: request.nowMillis,
    ...chosenChecksum(request),
  });
  const { checksumAlgorithm, checksumType } = upload;
  const headers = {
    ...encryptionHeaders(upload),
    ...(checksumAlgorithm ? { 'x-amz-checksum-algorithm': checksumAlgorithm.toUpperCase() } : {}),
    ...(checksumType ? { 'x-amz-checksum-type': checksumType } : {}),
  };
  const body = { Bucket: request.bucket, Key: request.key, UploadId: upload.uploadId };
  return { status: 200, headers, body: toXml('InitiateMultipartUploadResult', body) };
};

const chosenChecksum = ({ headers }: S3Request): Pick<Upload, 'checksumAlgorithm' | 'checksumType'> => {
  const algorithm = headers.get('x-amz-checksum-algorithm')?.toLowerCase();
  const type = headers.get('x-amz-checksum-type')?.toUpperCase();
  if (algorithm === undefined && type !== undefined)
    throw new S3Error(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  if (algorithm === undefined) return {};
  if (!isAlgorithm(algorithm))
    throw new S3Error(
      'InvalidRequest',
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types.',
    );
  const checksumType = type ?? defaultType(algorithm);
  if (!hasType(algorithm, checksumType))
    throw new S3Error(
      'InvalidRequest',
      `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
    );
  return { checksumAlgorithm: algorithm, checksumType };
};

export const uploadPart: Handler = async (request, context) => {
  const number = partNumber(request);
  const upload = findUpload(request, context);
  if (request.headers.has('x-amz-copy-source')) return copyPart(request, context, upload, number);
  assertSameAlgorithm(upload, checksumAlgorithmOf(request));
  if (upload.retention || upload.legalHold) assertDigest(request);
  const { path, facts } = await receiveFile(request, context.store, upload.checksumAlgorithm);
  const part = { number, sizeBytes: facts.sizeBytes, etag: facts.md5.toString('hex') };
  await keepPart(request, context, path, { ...part, ...(facts.checksum ? { checksum: facts.checksum } : {}) });
  const { 'x-amz-checksum-type': _, ...headers } = checksumHeaders(facts.checksum ? { checksum: facts.checksum } : {});
  return { status: 200, headers: { etag: `"${part.etag}"`, ...headers } };
};

const copyPart = async (request: S3Request, context: S3Context, upload: Upload, number: number): Promise<S3Reply> => {
  const { store } = context;
  const { version } = copySource(request, store);
  const range = copyRange(request.headers.get('x-amz-copy-source-range'), version.sizeBytes);
  const source = createReadStream(store.blobPath(version.blob), range);
  const { path, facts } = await writeFile(store, source, upload.checksumAlgorithm);
  const checksum: { checksum?: Checksum } = facts.checksum ? { checksum: facts.checksum } : {};
  const part = { number, sizeBytes: facts.sizeBytes, etag: facts.md5.toString('hex'), ...checksum };
  await keepPart(request, context, path, part);
  const sourceHeader = version.versionId === 'null' ? {} : { 'x-amz-copy-source-version-id': version.versionId };
  const body = {
    LastModified: new Date(request.nowMillis).toISOString(),
    ETag: `"${part.etag}"`,
    ...checksumMember(facts.checksum),
  };
  return { status: 200, headers: sourceHeader, body: toXml('CopyPartResult', body) };
};

const keepPart = (request: S3Request, context: S3Context, path: string, facts: Omit<Part, 'file' | 'modifiedMillis'>) =>
  keepUnlessRefused(path, () => {
    const upload = findUpload(request, context); // it may have been aborted meanwhile
    context.uploads.addPart(upload, path, { ...facts, modifiedMillis: request.nowMillis });
  });

/** Unlike a range of GetObject, this one must be whole and lie inside the source. */
const copyRange = (range: string | undefined, sizeBytes: number): { start?: number; end?: number } => {
  if (range === undefined) return {};
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (first === undefined || last === undefined || Number(first) > Number(last))
    throw new S3Error('InvalidArgument', 'The x-amz-copy-source-range value must be of the form bytes=first-last');
  if (Number(last) >= sizeBytes)
    throw new S3Error('InvalidRange', `Range specified is not valid for source object of size: ${sizeBytes}`);
  return { start: Number(first), end: Number(last) };
};

const assertSameAlgorithm = ({ checksumAlgorithm }: Upload, actual: ChecksumAlgorithm | undefined): void => {
  if (checksumAlgorithm && actual && actual !== checksumAlgorithm)
    throw new S3Error(
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${checksumAlgorithm}, actual checksum Type: ${actual}`,
    );
};

export const listParts: Handler = (request, context) => {
  const upload = findUpload(request, context);
  const after = wholeNumber(request, 'part-number-marker', 0);
  const limit = Math.min(wholeNumber(request, 'max-parts', 1000), 1000);
  const rest = context.uploads.parts(upload).filter(({ number }) => number > after);
  const page = rest.slice(0, limit);
  const body = {
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.uploadId,
    Initiator: owner,
    Owner: owner,
    StorageClass: 'STANDARD',
    PartNumberMarker: after,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: limit,
    IsTruncated: rest.length > page.length,
    ...checksumFacts(upload),
    Part: page.map(partEntry),
  };
  return { status: 200, body: toXml('ListPartsResult', body) };
};

/** The checksum members of an upload in listings. */
export const checksumFacts = ({ checksumAlgorithm, checksumType }: Upload) => ({
  ChecksumAlgorithm: checksumAlgorithm?.toUpperCase(),
  ChecksumType: checksumType,
});

export const abortMultipartUpload: Handler = (request, context) => {
  context.uploads.remove(findUpload(request, context));
  return { status: 204 };
};

export const findUpload = (request: S3Request, { store, uploads }: S3Context): Upload => {
  store.bucket(request.bucket);
  return uploads.find(request.query.get('uploadId'), request.bucket, request.key);
};

const partNumber = ({ query }: S3Request): number => {
  const number = Number(query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > mostParts)
    throw new S3Error('InvalidArgument', `Part number must be an integer between 1 and ${mostParts}, inclusive`);
  return number;
};

const wholeNumber = ({ query }: S3Request, name: string, absent: number): number => {
  const value = query.get(name) ?? String(absent);
  if (!/^\d{1,9}$/.test(value))
    throw new S3Error('InvalidArgument', `Provided ${name} not an integer or within integer range`);
  return Number(value);
};

const partEntry = (part: Part) => ({
  PartNumber: part.number,
  LastModified: new Date(part.modifiedMillis).toISOString(),
  ETag: `"${part.etag}"`,
  Size: part.sizeBytes,
  ...checksumMember(part.checksum),
});
