/** Multipart uploads: create, upload part, list parts, complete, abort. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { type Checksum, checksumAlgorithms, compositeChecksum } from './checksums.ts';
import type { Handler, S3Context } from './handler.ts';
import { checksumHeaders, encryptionHeaders, writtenHeaders } from './object-headers.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { Part, Upload } from './uploads.ts';
import { readDocument } from './verified-body.ts';
import { beginConditionalWrite } from './versions.ts';
import { commit, describe, eventOf, keepUnlessRefused, receiveFile } from './write-object.ts';
import { childrenOf, parseXmlAs, textOf, toXml } from './xml.ts';

const smallestPartBytes = 5 * 1024 ** 2;
const mostParts = 10_000;

export const createMultipartUpload: Handler = (request, { store, uploads }) => {
  const bucket = store.bucket(request.bucket);
  const asked = request.headers.get('x-amz-checksum-algorithm')?.toLowerCase();
  const algorithm = checksumAlgorithms.find((each) => each === asked);
  const upload = uploads.start({
    ...describe(request, bucket),
    bucket: request.bucket,
    key: request.key,
    startedMillis: request.nowMillis,
    ...(algorithm ? { checksumAlgorithm: algorithm } : {}),
  });
  const headers = {
    ...encryptionHeaders(upload),
    ...(algorithm ? { 'x-amz-checksum-algorithm': algorithm.toUpperCase() } : {}),
  };
  const body = { Bucket: request.bucket, Key: request.key, UploadId: upload.uploadId };
  return { status: 200, headers, body: toXml('InitiateMultipartUploadResult', body) };
};

export const uploadPart: Handler = async (request, context) => {
  const number = partNumber(request);
  if (request.headers.has('x-amz-copy-source')) throw new S3Error('NotImplemented', 'The twin has no UploadPartCopy');
  const upload = findUpload(request, context);
  const { path, facts } = await receiveFile(request, context.store);
  const etag = facts.md5.toString('hex');
  const checksum = facts.checksum ? { checksum: facts.checksum } : {};
  await keepUnlessRefused(path, () => {
    findUpload(request, context); // it may have been aborted meanwhile
    const part = { number, sizeBytes: facts.sizeBytes, etag, modifiedMillis: request.nowMillis, ...checksum };
    context.uploads.addPart(upload, path, part);
  });
  const { 'x-amz-checksum-type': _, ...headers } = checksumHeaders(checksum);
  return { status: 200, headers: { etag: `"${etag}"`, ...headers } };
};

export const listParts: Handler = (request, context) => {
  const upload = findUpload(request, context);
  const after = Number(request.query.get('part-number-marker') ?? 0);
  const limit = Math.min(Number(request.query.get('max-parts') ?? 1000), 1000);
  const rest = context.uploads.parts(upload).filter(({ number }) => number > after);
  const page = rest.slice(0, limit);
  const body = {
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.uploadId,
    PartNumberMarker: after,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: limit,
    IsTruncated: rest.length > page.length,
    Part: page.map(partEntry),
  };
  return { status: 200, body: toXml('ListPartsResult', body) };
};

export const abortMultipartUpload: Handler = (request, context) => {
  context.uploads.remove(findUpload(request, context));
  return { status: 204 };
};

export const completeMultipartUpload: Handler = async (request, context) => {
  const { store, uploads } = context;
  const bucket = store.bucket(request.bucket);
  const upload = findUpload(request, context);
  const assertConditions = beginConditionalWrite(request, bucket, request.key);
  const parts = chosenParts(await readDocument(request), uploads.parts(upload));
  const path = await joinParts(context, upload, parts);
  const version = await keepUnlessRefused(path, () => {
    assertConditions();
    findUpload(request, context);
    const { headers, tags, retention, legalHold } = upload;
    return commit(context, request, bucket, {
      headers,
      tags,
      ...(retention ? { retention } : {}),
      ...(legalHold ? { legalHold } : {}),
      blob: store.keepBlob(path),
      ...factsOf(parts),
    });
  });
  uploads.remove(upload);
  context.notify({ eventName: 'ObjectCreated:CompleteMultipartUpload', ...eventOf(request, version) });
  const { etag, ...headers } = writtenHeaders(version);
  const location = `http://${request.headers.get('host')}${request.rawPath}`;
  const body = {
    Location: location,
    Bucket: request.bucket,
    Key: request.key,
    ETag: etag,
    ...checksumMember(version.checksum),
  };
  return { status: 200, headers, body: toXml('CompleteMultipartUploadResult', body) };
};

const findUpload = (request: S3Request, { store, uploads }: S3Context): Upload => {
  store.bucket(request.bucket);
  return uploads.find(request.query.get('uploadId'), request.bucket, request.key);
};

const partNumber = ({ query }: S3Request): number => {
  const number = Number(query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > mostParts)
    throw new S3Error('InvalidArgument', `Part number must be an integer between 1 and ${mostParts}, inclusive`);
  return number;
};

/** The parts that the client names, checked against those that were received. */
const chosenParts = (document: string, received: readonly Part[]): Part[] => {
  const named = childrenOf(parseXmlAs('CompleteMultipartUpload', document), 'Part');
  if (named.length === 0) throw new S3Error('MalformedXML', 'CompleteMultipartUpload names no part');
  const byNumber = new Map(received.map((part) => [part.number, part]));
  const parts = named.map((entry) => {
    const part = byNumber.get(Number(textOf(entry, 'PartNumber')));
    const checksum = part?.checksum && textOf(entry, checksumName(part.checksum));
    const isSame = textOf(entry, 'ETag')?.replaceAll('"', '') === part?.etag;
    if (!part || !isSame || (checksum && checksum !== part.checksum?.value))
      throw new S3Error('InvalidPart', 'One or more of the specified parts could not be found or has another digest');
    return part;
  });
  if (parts.some((part, index) => index > 0 && part.number <= (parts[index - 1]?.number ?? 0)))
    throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order');
  if (parts.slice(0, -1).some(({ sizeBytes }) => sizeBytes < smallestPartBytes))
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  return parts;
};

const joinParts = async ({ store, uploads }: S3Context, upload: Upload, parts: readonly Part[]): Promise<string> => {
  const path = store.newIncomingPath();
  try {
    await pipeline(
      readAll(parts.map((part) => uploads.partPath(upload, part))),
      createWriteStream(path, { flags: 'wx' }),
    );
    return path;
  } catch (error) {
    await rm(path, { force: true });
    uploads.find(upload.uploadId, upload.bucket, upload.key); // aborted meanwhile: the client's doing, not ours
    throw error;
  }
};

async function* readAll(paths: readonly string[]): AsyncGenerator<Buffer> {
  for (const path of paths) yield* createReadStream(path);
}

/** The entity tag of S3: the MD5 of the parts' MD5s, a dash and the number of parts. */
const factsOf = (parts: readonly Part[]) => {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(etag, 'hex');
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  const checksum = joinedChecksum(parts);
  return {
    sizeBytes,
    etag: `${md5.digest('hex')}-${parts.length}`,
    ...(checksum ? { checksum } : {}),
  };
};

const joinedChecksum = (parts: readonly Part[]): Checksum | undefined => {
  const algorithm = parts[0]?.checksum?.algorithm;
  const values = parts.flatMap(({ checksum }) =>
    checksum && checksum.algorithm === algorithm ? [checksum.value] : [],
  );
  return algorithm && values.length === parts.length ? compositeChecksum(algorithm, values) : undefined;
};

const checksumName = ({ algorithm }: Checksum): string => `Checksum${algorithm.toUpperCase()}`;

const checksumMember = (checksum: Checksum | undefined): Record<string, string> =>
  checksum ? { [checksumName(checksum)]: checksum.value, ChecksumType: 'COMPOSITE' } : {};

const partEntry = (part: Part) => ({
  PartNumber: part.number,
  LastModified: new Date(part.modifiedMillis).toISOString(),
  ETag: `"${part.etag}"`,
  Size: part.sizeBytes,
  ...(part.checksum ? { [checksumName(part.checksum)]: part.checksum.value } : {}),
});
