/** A stored file as a reply: whole, one range of it, or a URL in S3. */
import type { Readable } from 'node:stream';
import { AppError } from '../../shared/errors/app-error.ts';
import { dispositionOf } from '../../shared/exports/disposition.ts';
import type { Result } from '../../shared/exports/export-record.ts';
import { type ByteRange, rangeOf } from '../../shared/exports/result-files.ts';
import type { Headers } from '../../shared/http/headers.ts';
import type { HttpReply } from './http-handler.ts';
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

/** @param header the Range of the request. @throws AppError RANGE_UNSATISFIABLE. */
export const streamFile = async (
  { method }: Pick<HttpRequest, 'method'>,
  file: FileFacts,
  header: string | undefined,
  open: (range: ByteRange | undefined) => Promise<Readable | Uint8Array>,
): Promise<HttpReply> => {
  const range = rangeOf(header, file.sizeBytes);
  if (range === 'outside')
    throw new AppError('RANGE_UNSATISFIABLE', {
      detail: `The file has ${file.sizeBytes} bytes.`,
      headers: [['content-range', `bytes */${file.sizeBytes}`]],
    });
  const headers = headersOf(file, range);
  const status = range ? 206 : 200;
  return { status, headers, body: method === 'HEAD' ? undefined : await open(range) };
};
