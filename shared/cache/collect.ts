/** Reads a body into memory if it is small enough to be stored, and passes on a larger one as a stream. */
import { Readable } from 'node:stream';
import { AppError } from '../errors/app-error.ts';
import type { NativeAnswer } from '../exchange/exchange.ts';
import { headerValue } from '../http/headers.ts';
import { readStart } from '../streams/read-start.ts';

export type Collected = { readonly whole: Uint8Array } | { readonly rest: Readable };

const brokenOff = (cause: unknown): AppError =>
  cause instanceof AppError
    ? cause
    : new AppError('UPSTREAM_UNREADABLE', {
        detail: 'The upstream broke off in the middle of its answer.',
        connectionFailed: true,
        cause,
      });

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
  return readStart(body, mostBytes).catch((error: unknown) => {
    throw brokenOff(error);
  });
};

/** Ends the body of an answer that nobody reads. */
export const discard = ({ body }: NativeAnswer): void => {
  if (body && !(body instanceof Uint8Array)) body.destroy();
};
