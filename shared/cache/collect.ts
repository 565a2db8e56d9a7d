/** Takes a body into memory as far as it may be stored, and passes on what is larger. */
import { Readable } from 'node:stream';
import { AppError } from '../errors/app-error.ts';
import type { NativeAnswer } from '../native/exchange.ts';
import { headerValue } from '../upstream/upstream.ts';

export type Collected = { readonly whole: Uint8Array } | { readonly rest: Readable };

/** A stream that begins with what was read of it already. */
const resume = (chunks: Buffer[], iterator: AsyncIterableIterator<Buffer>): Readable =>
  Readable.from(
    (async function* () {
      yield* chunks.splice(0);
      yield* iterator;
    })(),
    { objectMode: false },
  );

const brokenOff = (cause: unknown): AppError =>
  cause instanceof AppError
    ? cause
    : new AppError('UPSTREAM_UNREADABLE', {
        detail: 'The upstream broke off in the middle of its answer.',
        connectionFailed: true,
        cause,
      });

const readUpTo = async (body: Readable, mostBytes: number): Promise<Collected> => {
  const chunks: Buffer[] = [];
  let size = 0;
  const iterator = body[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    chunks.push(next.value);
    size += next.value.byteLength;
    if (size > mostBytes) return { rest: resume(chunks, iterator) };
  }
  return { whole: Buffer.concat(chunks, size) };
};

/**
 * The whole body when it has at most `mostBytes`, else a stream of it. A body that is announced as larger is not touched.
 * @throws AppError UPSTREAM_UNREADABLE when it breaks off, unless the stream itself throws an AppError.
 */
export const collect = async ({ headers, body }: NativeAnswer, mostBytes: number): Promise<Collected> => {
  if (body === undefined) return { whole: new Uint8Array() };
  if (body instanceof Uint8Array) {
    return body.byteLength <= mostBytes ? { whole: body } : { rest: Readable.from([body], { objectMode: false }) };
  }
  if (Number(headerValue(headers, 'content-length') ?? 0) > mostBytes) return { rest: body };
  return readUpTo(body, mostBytes).catch((error: unknown) => {
    throw brokenOff(error);
  });
};

/** Ends the body of an answer that nobody reads. */
export const discard = ({ body }: NativeAnswer): void => {
  if (body && !(body instanceof Uint8Array)) body.destroy();
};
