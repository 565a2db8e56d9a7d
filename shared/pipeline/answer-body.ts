/** The body of an answer on its way to the caller: links rewritten in JSON documents, all else as it comes. */
import { type Duplex, PassThrough, pipeline, Readable, Transform } from 'node:stream';
import { AppError } from '../errors/app-error.ts';
import { type Coding, codingOf } from '../http/content-codings.ts';
import { decodeWhole } from '../http/well-formed.ts';
import { isJson, startsAsJson } from '../json/json-syntax.ts';
import { createLinkRewriter } from '../links/link-rewriter.ts';
import type { LinkTarget } from '../links/url-rewriter.ts';
import { readStart, type Start } from '../streams/read-start.ts';

/** Documents up to this size are read to their end before the status is sent, so that a broken one becomes an error. */
const wholeDocumentBytes = 1_048_576;
/** How much of a stream is read to check its content coding and whether it begins like a document. */
const peekBytes = 65_536;
/** Far above any page of a listing: documents have 100 resources at most. */
const defaultMostDecodedBytes = 67_108_864;

const rewriteLinks = (target: LinkTarget): Transform => {
  const rewriter = createLinkRewriter(target);
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, rewriter.push(chunk)),
    flush: (done) => done(null, rewriter.end()),
  });
};

const rewriteWhole = (document: Uint8Array, target: LinkTarget): Buffer => {
  const rewriter = createLinkRewriter(target);
  return Buffer.concat([rewriter.push(document), rewriter.end()]);
};

/** Joins streams so that an error of any of them is an error of the last. */
const chain = (first: Readable, ...transforms: readonly Duplex[]): Readable =>
  transforms.reduce<Readable>((source, transform) => pipeline(source, transform, () => {}), first);

const readOrRefuse = (body: Readable, mostBytes: number): Promise<Start> =>
  readStart(body, mostBytes).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    const detail = 'The upstream broke off in the middle of its answer.';
    throw new AppError('UPSTREAM_UNREADABLE', { detail, connectionFailed: true, cause });
  });

/**
 * The document unchanged. A small one is read to its end, so that a broken one becomes an error.
 * @throws AppError UPSTREAM_UNREADABLE when a small document breaks off.
 */
export const readDocument = async (body: Uint8Array | Readable): Promise<Uint8Array | Readable> => {
  if (body instanceof Uint8Array) return body;
  const read = await readOrRefuse(body, wholeDocumentBytes);
  return 'whole' in read ? read.whole : read.rest;
};

/** The decoded start of a body; undefined if the body is not in this coding. */
const decodeStart = (start: Buffer, coding: Coding): Promise<Buffer | undefined> =>
  new Promise((resolve) => {
    const decoder = coding.decode();
    const finish = (decoded: Buffer | undefined): void => {
      resolve(decoded);
      decoder.destroy();
    };
    decoder.on('error', () => finish(undefined));
    decoder.on('data', finish);
    decoder.write(start, () => setImmediate(finish, Buffer.alloc(0)));
  });

/** Passes up to this number of bytes, and fails at the next one. */
const atMost = (mostBytes: number): Transform => {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.byteLength;
      if (size <= mostBytes) return done(null, chunk);
      done(new AppError('UPSTREAM_UNREADABLE', { detail: `The document decodes to more than ${mostBytes} bytes.` }));
    },
  });
};

/** Whether a complete body decodes to its end within a number of bytes. The decoded bytes are not kept. */
const decodesToItsEnd = async (body: Uint8Array, coding: Coding, mostBytes: number): Promise<boolean> => {
  try {
    for await (const _chunk of chain(Readable.from([body]), coding.decode(), atMost(mostBytes)));
    return true;
  } catch {
    return false;
  }
};

const rewriteStream = (body: Readable, coding: Coding | 'identity', target: LinkTarget, mostBytes: number): Readable =>
  coding === 'identity'
    ? chain(body, rewriteLinks(target))
    : chain(body, coding.decode(), atMost(mostBytes), rewriteLinks(target), coding.encode());

export type Rewritten = { readonly body: Uint8Array | Readable; readonly isChanged: boolean };

/** @param isChecked true if the document is already known to parse. */
const rewriteBytes = async (
  body: Uint8Array,
  coding: Coding | 'identity',
  target: LinkTarget,
  isChecked: boolean,
  mostBytes: number,
): Promise<Rewritten> => {
  const unchanged = { body, isChanged: false };
  const decoded =
    coding === 'identity' ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : decodeWhole(body, coding);
  if (decoded === 'broken') return unchanged;
  if (decoded === 'larger') {
    const holds = coding !== 'identity' && (await decodesToItsEnd(body, coding, mostBytes));
    if (!holds) return unchanged;
    return { body: rewriteStream(Readable.from([body]), coding, target, mostBytes), isChanged: true };
  }
  if (!isChecked && !isJson(decoded)) return unchanged;
  const rewritten = rewriteWhole(decoded, target);
  if (rewritten.equals(decoded)) return unchanged;
  return { body: coding === 'identity' ? rewritten : coding.encodeWhole(rewritten), isChanged: true };
};

type Kept = { readonly target: LinkTarget; readonly coding: Coding | 'identity'; readonly rewritten: Rewritten };

/** What a body became for the last base URL, for as long as somebody keeps the body: the cache serves it again and again. */
const keptOf = new WeakMap<Uint8Array, Kept>();

const isSameTarget = (one: LinkTarget, other: LinkTarget): boolean =>
  one.facadeBase === other.facadeBase &&
  one.upstreamOrigin === other.upstreamOrigin &&
  one.upstreamBasePath === other.upstreamBasePath;

/** As `rewriteBytes` for a body that is known to parse. Nobody may change its bytes, or those that it became. */
const rewriteOnce = async (
  body: Uint8Array,
  coding: Coding | 'identity',
  target: LinkTarget,
  mostBytes: number,
): Promise<Rewritten> => {
  const kept = keptOf.get(body);
  if (kept?.coding === coding && isSameTarget(kept.target, target)) return kept.rewritten;
  const rewritten = await rewriteBytes(body, coding, target, true, mostBytes);
  // A stream can be read once.
  if (rewritten.body instanceof Uint8Array) keptOf.set(body, { target, coding, rewritten });
  return rewritten;
};

/**
 * The document with rewritten links, in its original content coding. A body that does not decode or parse passes unchanged. Only the
 * start of a stream is checked; if its coding breaks later, the answer breaks off.
 * @param isChecked true if the document is already known to parse.
 * @param mostBytes bound of the decoded size, so that a small encoded body cannot occupy the function. A complete document that
 * decodes to more passes unchanged; a stream breaks off there.
 * @throws AppError UPSTREAM_UNREADABLE when a stream breaks off at once.
 */
export const rewriteDocument = async (
  body: Uint8Array | Readable,
  contentEncoding: string | undefined,
  target: LinkTarget,
  isChecked: boolean,
  mostBytes: number = defaultMostDecodedBytes,
): Promise<Rewritten> => {
  const coding = contentEncoding === undefined ? 'identity' : codingOf(contentEncoding);
  if (coding === undefined) return { body, isChanged: false };
  if (body instanceof Uint8Array)
    return isChecked
      ? rewriteOnce(body, coding, target, mostBytes)
      : rewriteBytes(body, coding, target, false, mostBytes);
  const read = await readOrRefuse(body, peekBytes);
  if ('whole' in read) return rewriteBytes(read.whole, coding, target, isChecked, mostBytes);
  const { start, rest } = read;
  const decoded = coding === 'identity' ? start : await decodeStart(start, coding);
  const isNone = decoded === undefined || (decoded.length > 0 && !startsAsJson(decoded));
  if (isNone) return { body: rest, isChanged: false };
  return { body: rewriteStream(rest, coding, target, mostBytes), isChanged: true };
};

/** Passes bytes on; an error of the source ends the stream with it, and stopping early stops the source. */
export const passOn = (body: Uint8Array | Readable): Uint8Array | Readable =>
  body instanceof Uint8Array ? body : pipeline(body, new PassThrough(), () => {});
