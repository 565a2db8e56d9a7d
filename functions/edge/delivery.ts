/** Sends an answer to its caller, and cuts it when the caller stops reading. */
import { once } from 'node:events';
import { pipeline, type Readable, Transform, type Writable } from 'node:stream';
import { pipeline as pipelineDone } from 'node:stream/promises';
import type { PluginExecutionMode } from '@middy/core';
import type { Context } from 'aws-lambda';
import { streamOf } from '../../shared/streams/chunks.ts';
import { createReadingPace, type ReadingPace } from '../../shared/streams/reading-pace.ts';

/** `''`: no body. */
export type AnswerBody = Readable | Uint8Array | '';
type Answer = { readonly statusCode: number; readonly body: AnswerBody };
type OutStream = awslambda.HttpResponseStream;

/** The runtime's response stream is not a Writable, but has these members of one. */
export type ResponseStream = Pick<Writable, 'destroy' | 'destroyed' | 'writableFinished' | 'writableLength'>;

export type Delivery = {
  readonly body: AnswerBody;
  /** Bytes of the body that were passed to the response stream. */
  readonly sentBytes: () => number;
};

/** Passed on at once, so there is nothing to count. */
const mostAtOnceBytes = 65_536;

const count = (source: Readable): Delivery => {
  let sentBytes = 0;
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      sentBytes += chunk.byteLength;
      done(null, chunk);
    },
  });
  return { body: pipeline(source, counted, () => {}), sentBytes: () => sentBytes - counted.readableLength };
};

export const createDelivery = (body: Uint8Array | Readable | undefined): Delivery => {
  if (body === undefined) return { body: '', sentBytes: () => 0 };
  if (!(body instanceof Uint8Array)) return count(body);
  if (body.byteLength > mostAtOnceBytes) return count(streamOf(body));
  return { body: body.byteLength > 0 ? body : '', sentBytes: () => body.byteLength };
};

const lookMillis = 1_000;

/**
 * Cuts the answer when its caller reads too slowly: ends the response stream, the body and the call behind it.
 * @param slowReaderSeconds how long a caller may be too slow.
 * @param onCut is called once, before the cut, with the bytes that the caller has taken.
 * @returns a function that ends the watch.
 */
export const watchDelivery = (
  { sentBytes }: Delivery,
  stream: ResponseStream,
  slowReaderSeconds: number,
  onCut: (takenBytes: number) => void,
): (() => void) => {
  const startMillis = performance.now();
  let pace: ReadingPace | undefined;
  const look = (): void => {
    if (stream.destroyed || stream.writableFinished) return void clearInterval(timer);
    const pendingBytes = stream.writableLength;
    pace ??= createReadingPace(startMillis, slowReaderSeconds);
    // The stream also contains metadata, so this may be below 0 at the beginning.
    const takenBytes = Math.max(0, sentBytes() - pendingBytes);
    if (!pace.isTooSlow(performance.now(), takenBytes, pendingBytes > 0)) return;
    clearInterval(timer);
    onCut(takenBytes);
    stream.destroy(new Error(`The caller reads too slowly: less than 16 KiB/s for ${slowReaderSeconds} s.`));
  };
  const timer = setInterval(look, lookMillis).unref();
  return () => clearInterval(timer);
};

/** What middy passes to an execution mode; its types do not say it. */
type Parts = {
  readonly middyRequest: (event: unknown, context: Context) => object;
  readonly runRequest: (request: object, ...steps: readonly unknown[]) => Promise<Answer>;
};
type Plugin = { readonly requestStart: (request: object) => void; readonly requestEnd: (request: object) => unknown };

/** Not by `end` alone: the runtime sends status and headers before the first `write`. */
const sendBytes = async (stream: OutStream, bytes: Uint8Array | ''): Promise<void> => {
  if (stream.destroyed) throw new Error('The stream to the caller was closed before the answer began.');
  stream.write(bytes);
  const closed = once(stream, 'close').then(() => {
    if (!stream.writableFinished) throw new Error('The stream to the caller was closed before the answer was out.');
  });
  const ended = new Promise<void>((resolve, reject) => {
    stream.end((error?: Error | null) => (error ? reject(error) : resolve()));
  });
  await Promise.race([ended, closed]);
};

const send = (stream: OutStream, body: AnswerBody): Promise<void> => {
  if (body === '' || body instanceof Uint8Array) return sendBytes(stream, body);
  // The status leaves now, however late the first bytes are.
  stream.write('');
  return pipelineDone(body, stream);
};

const createMode = (
  { middyRequest, runRequest }: Parts,
  before: unknown,
  handler: unknown,
  after: unknown,
  onError: unknown,
  plugin: Plugin,
) => {
  let lambdaHandler = handler;
  const mode = awslambda.streamifyResponse(async (event: unknown, stream, context) => {
    const request = middyRequest(event, context);
    plugin.requestStart(request);
    const { body, ...head } = await runRequest(request, before, lambdaHandler, after, onError, plugin);
    try {
      await send(awslambda.HttpResponseStream.from(stream, head), body);
    } finally {
      await plugin.requestEnd(request);
    }
  });
  return Object.assign(mode, {
    handler(replacement: unknown) {
      lambdaHandler = replacement;
      return mode;
    },
  });
};

/**
 * An execution mode of middy for answers that stream. Unlike middy's own it also takes bytes, and writes them at once: for a
 * small answer out of the cache, a pipeline of streams costs more than everything else (bench, hits).
 * The handler answers `{ statusCode, multiValueHeaders, body: AnswerBody }`.
 */
export const streamedAnswers = createMode as unknown as PluginExecutionMode;
