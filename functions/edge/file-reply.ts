/** A stored file as a reply: whole, one range of it, or a URL in S3. */
import type { Readable } from 'node:stream';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';
import { dispositionOf } from '../../shared/exports/disposition.ts';
import type { Result } from '../../shared/exports/export-record.ts';
import { type ByteRange, rangeOf } from '../../shared/exports/result-files.ts';
import type { Headers } from '../../shared/http/headers.ts';
import type { LargeAnswers } from '../../shared/large-answers/large-answers.ts';
import type { Facts, HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';

type FileFacts = Omit<Result, 'key'>;

const linkSeconds = 300;

/** Whether `Prefer` asks for a URL instead of the bytes. */
export const wantsRedirect = (prefer: string | undefined): boolean => /(^|[,;\s])redirect($|[,;\s])/.test(prefer ?? '');

/** @param presign makes a URL that is valid for so many seconds. */
export const redirectTo = async (presign: (seconds: number) => Promise<string>): Promise<HttpReply> => ({
  status: 303,
  headers: [
    ['location', await presign(linkSeconds)],
    ['cache-control', 'no-store'],
  ],
  body: undefined,
});

const headersOf = ({ mediaType, fileName, sha256, sizeBytes }: FileFacts, range: ByteRange | undefined): Headers => [
  ['content-type', mediaType],
  ['content-length', String(range ? range.last - range.first + 1 : sizeBytes)],
  ...(range ? ([['content-range', `bytes ${range.first}-${range.last}/${sizeBytes}`]] as const) : []),
  ['accept-ranges', 'bytes'],
  ['content-disposition', dispositionOf(fileName)],
  ['etag', `"${sha256}"`],
  ['cache-control', 'private, no-store'],
  ['x-content-type-options', 'nosniff'],
];

/** Lambda streams at most 200 MiB in one answer, and cuts a longer one (developer guide, response streaming). Some of it are the headers. */
export const mostStreamedBytes = 200_000_000;

/** A file is one of the large answers that a consumer may have in flight (docs/downloads.md). */
export const countedFile = (
  largeAnswers: Pick<LargeAnswers, 'around'>,
  { request, caller, facts }: { readonly request: HttpRequest; readonly caller: Caller; readonly facts: Facts },
  run: () => Promise<HttpReply>,
): Promise<HttpReply> =>
  largeAnswers.around({ operation: { kind: 'read' }, request, consumer: caller.consumer, decision: facts }, run);

/** Where the bytes of a file are. */
export type FileSource = {
  readonly open: (range: ByteRange | undefined) => Promise<Readable | Uint8Array>;
  /** Makes a URL that is valid for so many seconds; absent = the file has none. */
  readonly presign?: ((seconds: number) => Promise<string>) | undefined;
};

/** A longer range is answered with its beginning, which a server may do (RFC 9110, 15.3.7). Content-Range says what there is. */
const withinAnswer = (range: ByteRange | undefined): ByteRange | undefined =>
  range && { first: range.first, last: Math.min(range.last, range.first + mostStreamedBytes - 1) };

const tooLarge = (sizeBytes: number): AppError =>
  new AppError('FILE_TOO_LARGE', {
    detail: `The file has ${sizeBytes} bytes, and one answer at most ${mostStreamedBytes}. Ask for ranges of it.`,
  });

/**
 * The whole file or one range of it; a redirect for a whole file that is too long for one answer.
 * @param header the Range of the request. @throws AppError RANGE_UNSATISFIABLE, FILE_TOO_LARGE.
 */
export const streamFile = async (
  { method }: Pick<HttpRequest, 'method'>,
  file: FileFacts,
  header: string | undefined,
  { open, presign }: FileSource,
): Promise<HttpReply> => {
  const { sizeBytes } = file;
  const asked = rangeOf(header, sizeBytes);
  if (asked === 'outside')
    throw new AppError('RANGE_UNSATISFIABLE', {
      detail: `The file has ${sizeBytes} bytes.`,
      headers: [['content-range', `bytes */${sizeBytes}`]],
    });
  const range = withinAnswer(asked);
  const status = range ? 206 : 200;
  const headers = headersOf(file, range);
  if (method === 'HEAD') return { status, headers, body: undefined };
  if (range || sizeBytes <= mostStreamedBytes) return { status, headers, body: await open(range) };
  if (presign) return redirectTo(presign);
  throw tooLarge(sizeBytes);
};
