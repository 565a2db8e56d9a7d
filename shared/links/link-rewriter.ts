/**
 * Rewrites the absolute URLs under `links` members of a JSON document to the facade. It changes no other byte: key
 * order, numbers, white space, text that only looks like a link, bytes that are not UTF-8.
 *
 * It works on bytes as they arrive and holds back at most one link string, so 60 MB do not need 60 MB of memory. Input
 * that is not JSON passes unchanged in length and order, and throws nothing. It runs over every byte of every document,
 * so it uses bits and one loop: objects and strings for each key made it half as fast (bench, link-rewriting).
 */

import { deepestNesting } from '../json/json-syntax.ts';
import { createLiteralRewriter, decodeLiteral, type LinkTarget } from './url-rewriter.ts';

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const colon = 0x3a;
const comma = 0x2c;

/** Longest link. A longer string is passed on unchanged. */
const longestLinkBytes = 65_536;

/** State of an open object or array, as bits. */
const isObject = 1;
/** A member on the path to here is named `links`. */
const inLinks = 2;
/** The member whose value comes next is named `links`. */
const nextIsLinks = 4;
const expectsKey = 8;

const linksKey = Buffer.from('links');

/** Output bytes in one buffer that grows as needed, so that a document with 10,000 links does not need 10,000 pieces. */
const createGrowingBuffer = (sizeBytes: number) => {
  let buffer = Buffer.allocUnsafe(sizeBytes);
  let length = 0;
  const reserve = (moreBytes: number): void => {
    if (length + moreBytes <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(length + moreBytes, buffer.length * 2));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  };
  return {
    copy: (source: Buffer, start: number, end: number): void => {
      reserve(end - start);
      length += source.copy(buffer, length, start, end);
    },
    /** @param text Latin-1: one byte each character. */
    write: (text: string): void => {
      reserve(text.length);
      length += buffer.write(text, length, 'latin1');
    },
    bytes: (): Buffer => buffer.subarray(0, length),
  };
};

export type LinkRewriter = {
  /** Takes the next bytes; returns those that may go out. */
  readonly push: (chunk: Uint8Array) => Uint8Array;
  /** Returns what was held back. */
  readonly end: () => Uint8Array;
};

/** A rewriter for one document. Bytes are read as Latin-1, so each stands for itself whatever the encoding. */
export const createLinkRewriter = (target: LinkTarget): LinkRewriter => {
  const rewriteLiteral = createLiteralRewriter(target);
  /** Bits of the objects and arrays around the innermost one. */
  const outer: number[] = [];
  /** Bits of the innermost; undefined outside of all. */
  let top: number | undefined;
  let inString = false;
  /** The byte to come is escaped by the last one of the chunk before. */
  let escaped = false;
  let hasEscape = false;
  /** What the string at hand is: a key, a value under `links`, or (neither) of no interest. */
  let isKey = false;
  let isLink = false;
  /** The part of a key or link that came in earlier chunks. */
  let earlier = '';
  let gaveUp = false;

  const open = (byte: number): void => {
    const linked = top !== undefined && top & (inLinks | nextIsLinks) ? inLinks : 0;
    if (top !== undefined) gaveUp = outer.push(top) > deepestNesting;
    top = byte === openBrace ? linked | isObject | expectsKey : linked;
  };

  const structural = (byte: number): void => {
    if (byte === openBrace || byte === openBracket) open(byte);
    else if (byte === closeBrace || byte === closeBracket) top = outer.pop();
    else if (top === undefined) return;
    else if (byte === colon) top &= ~expectsKey;
    else if (byte === comma) top = (top & (isObject | inLinks)) | (top & isObject ? expectsKey : 0);
  };

  const startString = (): void => {
    inString = true;
    hasEscape = false;
    earlier = '';
    isKey = top !== undefined && (top & expectsKey) !== 0;
    isLink = top !== undefined && !isKey && (top & (inLinks | nextIsLinks)) !== 0;
  };

  /** Goes to the closing quote, or to the end of the bytes where it is yet to come; returns its index. */
  const skipString = (bytes: Buffer, from: number): number => {
    let index = escaped ? from + 1 : from;
    escaped = false;
    while (index < bytes.length && bytes[index] !== quote) {
      if (bytes[index] === backslash) {
        hasEscape = true;
        escaped = index + 1 === bytes.length;
        index += 1;
      }
      index += 1;
    }
    return Math.min(index, bytes.length);
  };

  const finishKey = (bytes: Buffer, start: number, end: number): void => {
    const named =
      earlier === '' && !hasEscape
        ? end - start === linksKey.length && linksKey.compare(bytes, start, end) === 0
        : decodeLiteral(earlier + bytes.toString('latin1', start, end)) === 'links';
    top = named ? (top ?? 0) | nextIsLinks : (top ?? 0) & ~nextIsLinks;
  };

  const push = (chunk: Uint8Array): Uint8Array => {
    if (gaveUp) return chunk;
    const input = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let output: ReturnType<typeof createGrowingBuffer> | undefined;
    /** Everything of `input` before this index is in `output`, or held in `earlier`. */
    let sent = 0;

    const sendUpTo = (index: number) => {
      output ??= createGrowingBuffer(input.length + 1_024);
      output.copy(input, sent, index);
      return output;
    };

    const finishLink = (start: number, end: number): void => {
      const raw = earlier + input.toString('latin1', start, end);
      const replacement = rewriteLiteral(raw);
      if (replacement === undefined && earlier === '') return; // goes out with what is around it
      sendUpTo(start).write(replacement ?? raw);
      sent = end;
    };

    const holdLink = (start: number, end: number): void => {
      earlier += input.toString('latin1', start, end);
      const growing = sendUpTo(start);
      sent = end;
      if (earlier.length <= longestLinkBytes) return;
      growing.write(earlier);
      isLink = false;
    };

    const holdKey = (start: number, end: number): void => {
      earlier += input.toString('latin1', start, end);
      if (earlier.length > longestLinkBytes) isKey = false;
    };

    for (let index = 0; index < input.length && !gaveUp; index += 1) {
      if (!inString) {
        const byte = input[index] as number;
        if (byte === quote) startString();
        else structural(byte);
        continue;
      }
      const start = index;
      index = skipString(input, start);
      if (index < input.length) {
        inString = false;
        if (isKey) finishKey(input, start, index);
        else if (isLink) finishLink(start, index);
      } else if (isKey) holdKey(start, index);
      else if (isLink) holdLink(start, index);
    }
    return output === undefined ? input : sendUpTo(input.length).bytes();
  };

  return { push, end: () => (inString && isLink ? Buffer.from(earlier, 'latin1') : Buffer.alloc(0)) };
};
