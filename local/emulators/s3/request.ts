/** A parsed path-style S3 request, and the answer of a handler. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { S3Error } from './s3-error.ts';

export type S3Request = {
  readonly message: IncomingMessage;
  readonly method: string;
  /** Path as sent, without the query. */
  readonly rawPath: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  /** The part of a resource that the query names, such as `tagging` or `uploadId`; empty for the resource itself. */
  readonly subresource: string;
  /** All headers in lower case; in presigned requests also the `x-amz-*` members of the query, as S3 reads them. */
  readonly headers: ReadonlyMap<string, string>;
  readonly isPresigned: boolean;
  readonly requestId: string;
  readonly nowMillis: number;
};

export type S3Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
};

/** Query members that qualify a request; any other one names a subresource, so that an unknown one is refused. */
const plainMembers = new Set(
  `x-id list-type prefix delimiter max-keys continuation-token start-after marker encoding-type fetch-owner key-marker
  upload-id-marker max-uploads version-id-marker versionid partnumber part-number-marker max-parts response-content-type
  response-content-disposition response-cache-control response-content-encoding response-content-language
  response-expires bucket-region max-buckets`.split(/\s+/),
);

const longestKeyBytes = 1024;

/** @throws S3Error InvalidURI, KeyTooLongError, InvalidRequest */
export const parseRequest = (message: IncomingMessage, nowMillis: number): S3Request => {
  const [rawPath = '/', rawQuery = ''] = splitOnce(message.url ?? '/', '?');
  const [bucket = '', key = ''] = splitOnce(decodePath(rawPath).replace(/^\//, ''), '/');
  const query = new URLSearchParams(rawQuery);
  const isPresigned = query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm');
  if (Buffer.byteLength(key) > longestKeyBytes) throw new S3Error('KeyTooLongError', 'Your key is too long');
  return {
    message,
    method: message.method ?? 'GET',
    rawPath,
    bucket,
    key,
    query,
    subresource: subresourceOf(query),
    headers: mergedHeaders(message, isPresigned ? query : new URLSearchParams()),
    isPresigned,
    requestId: newRequestId(),
    nowMillis,
  };
};

export const newRequestId = (): string => randomBytes(8).toString('hex').toUpperCase();

export const decodePath = (rawPath: string): string => {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI");
  }
};

const subresourceOf = (query: URLSearchParams): string => {
  const isPlain = (name: string) => plainMembers.has(name.toLowerCase()) || /^x-amz-/i.test(name);
  const named = [...query.keys()].filter((name) => !isPlain(name));
  if (named.length > 1) throw new S3Error('InvalidRequest', `More than one subresource: ${named.join(', ')}`);
  return named[0] ?? '';
};

const mergedHeaders = (message: IncomingMessage, query: URLSearchParams): Map<string, string> => {
  const headers = new Map<string, string>();
  for (const [name, value] of query) if (/^x-amz-/i.test(name)) headers.set(name.toLowerCase(), value);
  for (const [name, value] of Object.entries(message.headers)) headers.set(name, String(value));
  return headers;
};

/** Splits at the first separator; two members, or one where there is no separator. */
export const splitOnce = (text: string, separator: string): string[] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
};
