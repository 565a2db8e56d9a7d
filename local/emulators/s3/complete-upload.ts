/** CompleteMultipartUpload: the parts that the client names become one object. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import {
  type Checksum,
  checksumMember,
  checksumName,
  compositeChecksum,
  createChecksum,
  defaultAlgorithm,
  typeOf,
} from './checksums.ts';
import type { Handler, S3Context } from './handler.ts';
import type { Bucket, ObjectVersion } from './model.ts';
import { findUpload } from './multipart.ts';
import { writtenHeaders } from './object-headers.ts';
import { keepUnlessRefused } from './receive-file.ts';
import type { S3Reply, S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';
import type { Part, Upload } from './uploads.ts';
import { checksumAlgorithmOf, checksumHeader, readDocument } from './verified-body.ts';
import { beginConditionalWrite } from './versions.ts';
import { commit, eventOf } from './write-object.ts';
import { childrenOf, parseXmlAs, textOf, toXml } from './xml.ts';

const smallestPartBytes = 5 * 1024 ** 2;

/** An upload that was completed before is answered alike while its object is there, unless a condition fails now. */
export const completeMultipartUpload: Handler = async (request, context) => {
  const bucket = context.store.bucket(request.bucket);
  const assertConditions = beginConditionalWrite(request, bucket, request.key);
  const document = await readDocument(request, { ignoresChecksum: true });
  const former = madeBy(bucket, request);
  if (former) assertConditions();
  return reply(request, former ?? (await complete(request, context, bucket, document, assertConditions)));
};

const complete = async (
  request: S3Request,
  context: S3Context,
  bucket: Bucket,
  document: string,
  assertConditions: () => void,
): Promise<ObjectVersion> => {
  const { store, uploads } = context;
  const upload = findUpload(request, context);
  const parts = chosenParts(document, uploads.parts(upload));
  assertAnnouncedSize(request, parts);
  const { path, checksum } = await joinParts(context, upload, parts);
  const version = await keepUnlessRefused(path, () => {
    assertAnnouncedChecksum(request, upload, checksum);
    assertConditions();
    findUpload(request, context);
    const { headers, tags, retention, legalHold, uploadId, startedMillis } = upload;
    const facts = {
      headers,
      tags,
      ...(retention ? { retention } : {}),
      ...(legalHold ? { legalHold } : {}),
      blob: store.keepBlob(path),
      ...factsOf(parts),
      checksum,
      uploadId,
    };
    // The user guide, "Object metadata": the date of a multipart object is that of the initiation of its upload.
    return commit(context, request, bucket, facts, startedMillis);
  });
  uploads.remove(upload);
  context.notify({ eventName: 'ObjectCreated:CompleteMultipartUpload', ...eventOf(request, version) });
  return version;
};

const madeBy = (bucket: Bucket, { key, query }: S3Request): ObjectVersion | undefined => {
  const uploadId = query.get('uploadId');
  return bucket.keys.get(key)?.find((version) => version.uploadId !== undefined && version.uploadId === uploadId);
};

const reply = (request: S3Request, version: ObjectVersion): S3Reply => {
  const { etag, ...headers } = writtenHeaders(version);
  const body = {
    Location: `http://${request.headers.get('host')}${request.rawPath}`,
    Bucket: request.bucket,
    Key: request.key,
    ETag: etag,
    ...checksumMember(version.checksum),
    ChecksumType: version.checksum && typeOf(version.checksum),
  };
  return { status: 200, headers, body: toXml('CompleteMultipartUploadResult', body) };
};

/** The parts that the client names, checked against those that were received. */
const chosenParts = (document: string, received: readonly Part[]): Part[] => {
  const named = childrenOf(parseXmlAs('CompleteMultipartUpload', document), 'Part');
  if (named.length === 0) throw new S3Error('MalformedXML', 'CompleteMultipartUpload names no part');
  const byNumber = new Map(received.map((part) => [part.number, part]));
  const parts = named.map((entry) => {
    const part = byNumber.get(Number(textOf(entry, 'PartNumber')));
    const checksum = part?.checksum && textOf(entry, checksumName(part.checksum.algorithm));
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

const sizeOf = (parts: readonly Part[]): number => parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

const assertAnnouncedSize = ({ headers }: S3Request, parts: readonly Part[]): void => {
  const announced = headers.get('x-amz-mp-object-size');
  if (announced !== undefined && Number(announced) !== sizeOf(parts))
    throw new S3Error(
      'InvalidRequest',
      `The provided 'x-amz-mp-object-size' header value ${announced} does not match what was computed: ${sizeOf(parts)}`,
    );
};

/** Checksum headers of this request are about the object. @throws S3Error BadDigest, InvalidRequest */
const assertAnnouncedChecksum = (request: S3Request, upload: Upload, actual: Checksum): void => {
  const type = request.headers.get('x-amz-checksum-type')?.toUpperCase();
  if (type !== undefined && type !== typeOf(actual))
    throw new S3Error(
      'InvalidRequest',
      `The upload was created using the ${typeOf(actual)} checksum mode. The complete request must use the same checksum mode.`,
    );
  const algorithm = checksumAlgorithmOf(request);
  if (algorithm === undefined) return;
  if (algorithm !== actual.algorithm)
    throw new S3Error(
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${upload.checksumAlgorithm ?? 'null'}, actual checksum Type: ${algorithm}`,
    );
  const announced = request.headers.get(checksumHeader(algorithm));
  if (announced !== actual.value)
    throw new S3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
};

/** Writes the parts into one file, and computes the checksum of the object on the way. */
const joinParts = async (
  { store, uploads }: S3Context,
  upload: Upload,
  parts: readonly Part[],
): Promise<{ path: string; checksum: Checksum }> => {
  const path = store.newIncomingPath();
  const algorithm = upload.checksumAlgorithm ?? defaultAlgorithm;
  const isComposite = upload.checksumType === 'COMPOSITE';
  const running = isComposite ? undefined : createChecksum(algorithm);
  const bytes = async function* () {
    for (const part of parts)
      for await (const chunk of createReadStream(uploads.partPath(upload, part))) {
        running?.update(chunk);
        yield chunk;
      }
  };
  try {
    await pipeline(bytes, createWriteStream(path, { flags: 'wx' }));
  } catch (error) {
    await rm(path, { force: true });
    uploads.find(upload.uploadId, upload.bucket, upload.key); // aborted meanwhile: the client's doing, not ours
    throw error;
  }
  if (running) return { path, checksum: { algorithm, value: running.digest().toString('base64') } };
  return {
    path,
    checksum: compositeChecksum(
      algorithm,
      parts.flatMap(({ checksum }) => checksum?.value ?? []),
    ),
  };
};

/** The entity tag of S3: the MD5 of the parts' MD5s, a dash and the number of parts. */
const factsOf = (parts: readonly Part[]) => {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(etag, 'hex');
  return {
    sizeBytes: sizeOf(parts),
    etag: `${md5.digest('hex')}-${parts.length}`,
    parts: parts.map(({ number, sizeBytes, checksum }) => ({ number, sizeBytes, ...(checksum ? { checksum } : {}) })),
  };
};
