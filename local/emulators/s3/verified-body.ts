/** The bytes of a request body, decoded and checked against every digest that the client named. */
import { createHash } from 'node:crypto';
import { type Checksum, type ChecksumAlgorithm, createChecksum, isAlgorithm } from './checksums.ts';
import { decodeAwsChunked } from './chunked-body.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';

export type BodyFacts = { readonly sizeBytes: number; readonly md5: Buffer; readonly checksum: Checksum | undefined };
export type BodySink = (chunk: Buffer) => void | Promise<void>;
type BodyReading = {
  readonly limitBytes?: number;
  readonly fallback?: ChecksumAlgorithm | undefined;
  readonly ignoresChecksum?: boolean;
};

const largestBodyBytes = 5 * 1024 ** 3;
const largestDocumentBytes = 2 * 1024 ** 2;

/**
 * Hands the decoded body to `sink` piece by piece, waiting for it, and gives the facts when all was as announced.
 * What the sink got is not to be trusted before this ends. Without a checksum of the client's, one by `fallback` is computed.
 * @throws S3Error BadDigest, XAmzContentSHA256Mismatch, IncompleteBody, EntityTooLarge, MissingContentLength
 */
export const readVerified = async (
  request: S3Request,
  sink: BodySink,
  { limitBytes = largestBodyBytes, fallback, ignoresChecksum = false }: BodyReading = {},
): Promise<BodyFacts> => {
  const announced = announcedOf(request, ignoresChecksum);
  const algorithm = announced.algorithm ?? fallback;
  const running = algorithm && createChecksum(algorithm);
  const md5 = createHash('md5');
  const sha256 = announced.sha256 === undefined ? undefined : createHash('sha256');
  const trailers = new Map<string, string>();
  let sizeBytes = 0;
  for await (const chunk of decoded(request, trailers)) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) throw new S3Error('EntityTooLarge', 'Your upload exceeds the largest allowed size');
    md5.update(chunk);
    sha256?.update(chunk);
    running?.update(chunk);
    await sink(chunk);
  }
  if (announced.sizeBytes !== undefined && announced.sizeBytes !== sizeBytes)
    throw new S3Error('IncompleteBody', `The body has ${sizeBytes} bytes instead of ${announced.sizeBytes}`);
  if (sha256 && sha256.digest('hex') !== announced.sha256)
    throw new S3Error(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match the body",
    );
  const facts = { sizeBytes, md5: md5.digest() };
  if (announced.md5 && !announced.md5.equals(facts.md5)) throw badDigest('Content-MD5');
  const checksum = running && algorithm && { algorithm, value: running.digest().toString('base64') };
  if (checksum && announced.algorithm)
    expectChecksum(checksum, announced.checksum ?? trailers.get(checksumHeader(checksum.algorithm)));
  return { ...facts, checksum };
};

/** A small body as text. `ignoresChecksum`: the checksum headers of the request are about something else than its body. */
export const readDocument = async (request: S3Request, { ignoresChecksum = false } = {}): Promise<string> => {
  const chunks: Buffer[] = [];
  const reading = { limitBytes: largestDocumentBytes, ignoresChecksum };
  await readVerified(request, (chunk) => void chunks.push(chunk), reading);
  return Buffer.concat(chunks).toString('utf8');
};

/** Whether the client named any digest of the body, which S3 demands with lock parameters and for DeleteObjects. */
export const hasBodyDigest = (request: S3Request): boolean =>
  request.headers.has('content-md5') || checksumAlgorithmOf(request) !== undefined;

export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `x-amz-checksum-${algorithm}`;

const expectChecksum = (actual: Checksum, expected: string | undefined): void => {
  if (actual.value !== expected) throw badDigest(actual.algorithm.toUpperCase());
};

const badDigest = (name: string): S3Error =>
  new S3Error('BadDigest', `The ${name} you specified did not match the calculated checksum.`);

const announcedOf = (request: S3Request, ignoresChecksum: boolean) => {
  const { headers } = request;
  const algorithm = ignoresChecksum ? undefined : checksumAlgorithmOf(request);
  const contentSha256 = headers.get('x-amz-content-sha256') ?? '';
  return {
    algorithm,
    checksum: algorithm && headers.get(checksumHeader(algorithm)),
    md5: contentMd5(headers.get('content-md5')),
    sha256: /^[0-9a-f]{64}$/.test(contentSha256) ? contentSha256 : undefined,
    sizeBytes: announcedSize(request),
  };
};

const announcedSize = ({ headers }: S3Request): number | undefined => {
  const name = isChunked(headers) ? 'x-amz-decoded-content-length' : 'content-length';
  const length = headers.get(name);
  if (length !== undefined && !/^\d+$/.test(length)) throw new S3Error('InvalidArgument', `${name} is not a number`);
  if (length === undefined && (headers.has('transfer-encoding') || isChunked(headers)))
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header');
  return length === undefined ? undefined : Number(length);
};

const contentMd5 = (header: string | undefined): Buffer | undefined => {
  if (header === undefined) return undefined;
  const md5 = Buffer.from(header, 'base64');
  if (md5.length !== 16) throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid');
  return md5;
};

/** The algorithm of the checksum that the client sends, in a header or as a trailer. @throws S3Error InvalidRequest */
export const checksumAlgorithmOf = ({ headers }: S3Request): ChecksumAlgorithm | undefined => {
  const names = [...headers.keys(), ...(headers.get('x-amz-trailer') ?? '').toLowerCase().split(/\s*,\s*/)];
  const sent = names.filter((name) => /^x-amz-checksum-(?!algorithm|mode|type)/.test(name));
  const algorithms = new Set(sent.map((name) => name.slice('x-amz-checksum-'.length)));
  if (algorithms.size > 1)
    throw new S3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  const [algorithm] = algorithms;
  if (algorithm === undefined || isAlgorithm(algorithm)) return algorithm;
  throw new S3Error('InvalidRequest', `The twin has no x-amz-checksum-${algorithm}`);
};

const isChunked = (headers: ReadonlyMap<string, string>): boolean =>
  (headers.get('x-amz-content-sha256') ?? '').startsWith('STREAMING-') ||
  /\baws-chunked\b/.test(headers.get('content-encoding') ?? '');

async function* decoded(request: S3Request, trailers: Map<string, string>): AsyncGenerator<Buffer> {
  // The connection must outlive a refusal in the middle of the body, to carry the answer.
  const source: AsyncIterable<Buffer> = request.message.iterator({ destroyOnReturn: false });
  if (isChunked(request.headers)) yield* decodeAwsChunked(source, (name, value) => trailers.set(name, value));
  else yield* source;
}
