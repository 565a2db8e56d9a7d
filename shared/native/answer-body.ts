/** The body of an answer on its way to the caller: links rewritten in JSON documents, all else as it comes. */
import { PassThrough, pipeline, Readable, Transform } from 'node:stream';
import { AppError } from '../errors/app-error.ts';
import { createLinkRewriter } from '../links/link-rewriter.ts';
import type { LinkTarget } from '../links/url-rewriter.ts';
import { codingOf } from './encodings.ts';

/** Documents up to this size are read to their end before the status goes out, so that a broken one can still be told. */
const wholeDocumentBytes = 1_048_576;

const rewriteLinks = (target: LinkTarget): Transform => {
  const rewriter = createLinkRewriter(target);
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, rewriter.push(chunk)),
    flush: (done) => done(null, rewriter.end()),
  });
};

const rewriteWhole = (document: Uint8Array, target: LinkTarget): Uint8Array => {
  const rewriter = createLinkRewriter(target);
  return Buffer.concat([rewriter.push(document), rewriter.end()]);
};

/** Joins streams so that an error of any of them is an error of the last. */
const chain = (first: Readable, ...transforms: readonly Transform[]): Readable =>
  transforms.reduce<Readable>((source, transform) => pipeline(source, transform, () => {}), first);

type Start = { readonly whole: Buffer } | { readonly rest: Readable };

/** Reads a stream up to a size: the whole of it when it is small, else a stream that begins with what was read. */
const readStart = async (stream: Readable, mostBytes: number): Promise<Start> => {
  const chunks: Buffer[] = [];
  let size = 0;
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    chunks.push(next.value);
    size += next.value.byteLength;
    if (size > mostBytes) {
      return {
        rest: Readable.from(
          (async function* () {
            yield* chunks.splice(0);
            yield* iterator;
          })(),
          { objectMode: false },
        ),
      };
    }
  }
  return { whole: Buffer.concat(chunks, size) };
};

/** Some servers put one in front of JSON in UTF-8, and many clients take it. */
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Latin-1 keeps every byte a character, so bytes that are not UTF-8 do not count as broken JSON. */
const isJson = (body: Buffer): boolean => {
  const start = body.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
  try {
    JSON.parse(body.toString('latin1', start));
    return true;
  } catch {
    return false;
  }
};

const unreadable = (detail: string, cause?: unknown): AppError =>
  new AppError('UPSTREAM_UNREADABLE', { detail, ...(cause === undefined ? {} : { connectionFailed: true, cause }) });

const readOrRefuse = (body: Readable): Promise<Start> =>
  readStart(body, wholeDocumentBytes).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    throw unreadable('The upstream broke off in the middle of its answer.', cause);
  });

/**
 * A JSON document as it came: whole when it is small, so that a broken one can still be told from a whole one.
 * @throws AppError UPSTREAM_UNREADABLE when a small document breaks off, cannot be decoded or, on `mustParse`, parsed.
 */
export const readDocument = async (
  body: Readable,
  contentEncoding: string | undefined,
  mustParse: boolean,
): Promise<Uint8Array | Readable> => {
  const coding = codingOf(contentEncoding);
  if (coding === undefined) return body; // nothing here can look inside
  const start = await readOrRefuse(body);
  if ('rest' in start) return start.rest;
  if (!mustParse || start.whole.length === 0) return start.whole;
  const decoded =
    coding === 'identity' ? start : await readOrRefuse(chain(Readable.from([start.whole]), coding.decode()));
  if ('whole' in decoded && !isJson(decoded.whole)) {
    throw unreadable('The upstream announced JSON and sent something else.');
  }
  return start.whole;
};

/** The document with its links rewritten, in the content coding in which it came. What is whole stays so. */
export const rewriteDocument = async (
  body: Uint8Array | Readable,
  contentEncoding: string | undefined,
  target: LinkTarget,
): Promise<Uint8Array | Readable> => {
  const coding = codingOf(contentEncoding);
  if (coding === undefined) return body;
  if (body instanceof Uint8Array && coding === 'identity') return rewriteWhole(Buffer.from(body), target);
  const stream = body instanceof Uint8Array ? Readable.from([body]) : body;
  const decoded = coding === 'identity' ? stream : chain(stream, coding.decode());
  if (!(body instanceof Uint8Array)) {
    return chain(decoded, rewriteLinks(target), ...(coding === 'identity' ? [] : [coding.encode()]));
  }
  const start = await readOrRefuse(decoded);
  if (coding === 'identity') return body;
  return 'whole' in start
    ? coding.encodeWhole(rewriteWhole(start.whole, target))
    : chain(start.rest, rewriteLinks(target), coding.encode());
};

/** Passes bytes on; an error of the source ends the stream with it, and stopping early stops the source. */
export const passOn = (body: Readable): Readable => pipeline(body, new PassThrough(), () => {});
