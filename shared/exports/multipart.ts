/**
 * Reads where the parts of a multipart answer are (RFC 2046, 5.1), while it streams. The length that a part announces is believed and
 * checked, so a part that contains the boundary forges no other part.
 */
import { createHash, type Hash } from 'node:crypto';
import { JobFailure } from './job-failure.ts';
import { mediaTypeOf } from './media-type.ts';

export type MultipartPart = {
  readonly name: string;
  readonly fileName?: string;
  readonly mediaType: string;
  /** Of its first byte in the whole answer. */
  readonly offset: number;
  readonly sizeBytes: number;
  readonly sha256: string;
};

/** So that the list of parts fits into memory. */
const mostParts = 20_000;
const mostHeadBytes = 16_384;
const lineEnd = Buffer.from('\r\n');
const headEnd = Buffer.from('\r\n\r\n');

const unreadable = (why: string): JobFailure =>
  new JobFailure('FILE_UNREADABLE', `The contents that the tenant gave cannot be read: ${why}.`);
const cut = (): JobFailure =>
  new JobFailure('FILE_INCOMPLETE', 'The contents of the tenant end before their end mark.');

/** @throws JobFailure FILE_UNREADABLE when the media type is none of several parts. */
export const boundaryOf = (mediaType: string): string => {
  const [, quoted, plain] =
    /^multipart\/[^;]+;(?:.*;)?\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(mediaType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw unreadable('they name no boundary');
  return boundary;
};

/** Takes bytes from a stream; holds no more than a chunk and a head. */
const createCursor = (body: AsyncIterable<Uint8Array>) => {
  const chunks = body[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let offset = 0;
  const more = async (): Promise<boolean> => {
    const { value, done } = await chunks.next();
    if (done) return false;
    held = held.byteLength === 0 ? Buffer.from(value) : Buffer.concat([held, value]);
    return true;
  };
  const take = (bytes: number): Buffer => {
    const taken = held.subarray(0, bytes);
    held = held.subarray(bytes);
    offset += bytes;
    return taken;
  };
  return {
    offset: () => offset,
    /** At most `bytes`, fewer at the end. */
    async peek(bytes: number): Promise<Buffer> {
      while (held.byteLength < bytes && (await more()));
      return held.subarray(0, bytes);
    },
    take,
    /** Takes as many bytes as were announced. @throws JobFailure when they are not there. */
    async skip(bytes: number, hash: Hash): Promise<void> {
      for (let left = bytes; left > 0; ) {
        if (held.byteLength === 0 && !(await more())) throw cut();
        const taken = take(Math.min(left, held.byteLength));
        hash.update(taken);
        left -= taken.byteLength;
      }
    },
    /** Takes all bytes before the mark, which stays. @throws JobFailure when there is none. */
    async skipTo(mark: Buffer, hash?: Hash): Promise<void> {
      for (;;) {
        const at = held.indexOf(mark);
        const before = take(at >= 0 ? at : Math.max(0, held.byteLength - mark.byteLength + 1));
        hash?.update(before);
        if (at >= 0) return;
        if (!(await more())) throw cut();
      }
    },
  };
};
type Cursor = ReturnType<typeof createCursor>;

const unquote = (text: string): string => text.replace(/\\(.)/g, '$1');
const parameter = /;\s*([\w*-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;
/** Names and values of a header, in turn, so that what stands in a quoted value is no parameter. The first of a name counts. */
const parametersIn = (line: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of line.matchAll(parameter)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, quoted === undefined ? plain : unquote(quoted));
  }
  return found;
};

type Head = Pick<MultipartPart, 'name' | 'fileName' | 'mediaType'> & { readonly sizeBytes: number | undefined };

const readHead = async (cursor: Cursor): Promise<Head> => {
  // A part without headers begins with an empty line.
  const first = await cursor.peek(lineEnd.byteLength);
  let text = '';
  if (first.equals(lineEnd)) cursor.take(lineEnd.byteLength);
  else {
    const head = await cursor.peek(mostHeadBytes);
    const end = head.indexOf(headEnd);
    if (end < 0) throw head.byteLength < mostHeadBytes ? cut() : unreadable('the head of a part has no end');
    text = cursor.take(end + headEnd.byteLength).toString('utf8');
  }
  const lines = new Map(
    text.split('\r\n').flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
    }),
  );
  const disposition = lines.get('content-disposition') ?? '';
  const length = lines.get('content-length');
  if (length !== undefined && !/^\d{1,15}$/.test(length)) throw unreadable('the length of a part is no number');
  const parameters = parametersIn(disposition);
  const fileName = parameters.get('filename');
  return {
    name: parameters.get('name') ?? '',
    ...(fileName === undefined ? {} : { fileName }),
    mediaType: mediaTypeOf(lines.get('content-type') ?? 'text/plain'),
    sizeBytes: length === undefined ? undefined : Number(length),
  };
};

/** What follows a boundary. @returns whether it was the last one. */
const passBoundary = async (cursor: Cursor): Promise<boolean> => {
  if ((await cursor.peek(2)).equals(Buffer.from('--'))) return true;
  while (/^[ \t]$/.test((await cursor.peek(1)).toString())) cursor.take(1);
  const end = await cursor.peek(lineEnd.byteLength);
  if (end.byteLength < lineEnd.byteLength) throw cut();
  if (!end.equals(lineEnd)) throw unreadable('a boundary has no line of its own');
  cursor.take(lineEnd.byteLength);
  return false;
};

const readPart = async (cursor: Cursor, mark: Buffer): Promise<MultipartPart> => {
  const { sizeBytes: announced, ...head } = await readHead(cursor);
  const offset = cursor.offset();
  const hash = createHash('sha256');
  if (announced === undefined) await cursor.skipTo(mark, hash);
  else await cursor.skip(announced, hash);
  const sizeBytes = cursor.offset() - offset;
  const next = await cursor.peek(mark.byteLength);
  if (next.byteLength < mark.byteLength) throw cut();
  if (!next.equals(mark)) throw unreadable('a part is longer than it says');
  cursor.take(mark.byteLength);
  return { ...head, offset, sizeBytes, sha256: hash.digest('hex') };
};

/** @throws JobFailure FILE_INCOMPLETE for an answer that is cut, FILE_UNREADABLE for one that is not as its type says. */
export const readMultipart = async (
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): Promise<readonly MultipartPart[]> => {
  const cursor = createCursor(body);
  const line = Buffer.from(`--${boundary}`);
  const mark = Buffer.concat([lineEnd, line]);
  if ((await cursor.peek(line.byteLength)).equals(line)) cursor.take(line.byteLength);
  else {
    await cursor.skipTo(mark);
    cursor.take(mark.byteLength);
  }
  const parts: MultipartPart[] = [];
  while (!(await passBoundary(cursor))) {
    if (parts.length >= mostParts) throw unreadable(`they have more than ${mostParts} parts`);
    parts.push(await readPart(cursor, mark));
  }
  return parts;
};
