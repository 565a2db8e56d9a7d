/** UpstreamTransport over node:http and node:https: raw paths and bytes, HEAD, bodies on any method, connections kept. */
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { AppError } from '../../errors/app-error.ts';
import type { RequestBody, UpstreamAnswer, UpstreamRequest, UpstreamTransport } from '../../exchange/transport.ts';
import { createAgents } from './agents.ts';
import { writeFailureOf } from './late-write-errors.ts';
import { headersToWrite, pairsOf } from './wire-headers.ts';

/** Longest time to a connection: queue for a socket, DNS, TCP, TLS. The quota's `sendGuardMillis` must allow for it. */
export const defaultConnectMillis = 2_500;

export type NodeHttpOptions = {
  /** Longest wait for a connection, TLS included. */
  readonly connectMillis?: number;
  /**
   * A body without progress for this long, in either direction, breaks off; that of an answer sooner if the stage waits less for a
   * first byte. An upstream may take a long body slowly before it has anything to answer. It may take twice as long to notice.
   */
  readonly idleMillis?: number;
  /** An idle connection older than this is not used again, because a frozen Lambda may wake up with dead ones. */
  readonly reuseMillis?: number;
};

const mayHaveHappened = 'A write may or may not have been carried out.';

const inSeconds = (millis: number): string => `${Math.round(millis / 100) / 10} s`;

/**
 * An error of the parser holds the bytes that it could not read, and the logger writes every member of an error: they may show
 * the credential, so they are left out.
 */
const withoutBytes = (error: NodeJS.ErrnoException): Error =>
  error.code?.startsWith('HPE_') ? Object.assign(new Error(error.message), { code: error.code }) : error;

const failure = (error: NodeJS.ErrnoException, connected: boolean): AppError => {
  if (error instanceof AppError) return error;
  if (error.code?.startsWith('HPE_')) {
    return new AppError('UPSTREAM_UNREADABLE', {
      detail: `The upstream did not answer in HTTP. ${mayHaveHappened}`,
      cause: withoutBytes(error),
    });
  }
  return new AppError('UPSTREAM_UNREACHABLE', {
    detail: connected
      ? `The connection to the upstream broke before an answer came. ${mayHaveHappened}`
      : 'No connection to the upstream could be made. Nothing was sent.',
    connectionFailed: true,
    sent: connected,
    cause: error,
  });
};

/** Calls `stalled` once when the count has not changed for a whole interval; returns what ends the watch. */
const watchProgress = (everyMillis: number, count: () => number, stalled: () => void): (() => void) => {
  let last = count();
  const timer = setInterval(() => {
    const now = count();
    if (now === last) stalled();
    last = now;
  }, everyMillis);
  return () => clearInterval(timer);
};

const isTls = (socket: Socket): boolean => 'encrypted' in socket;

const writeBody = (request: ClientRequest, body: RequestBody | undefined): void => {
  if (body === undefined || body instanceof Uint8Array) {
    request.end(body);
    return;
  }
  // The headers are sent first, because the upstream counts the call when they arrive: they must not wait for a slow
  // first chunk.
  request.flushHeaders();
  pipeline(body.stream, request, (error) => error && request.destroy(error));
};

/**
 * Every time-out of one request up to the answer's headers: connection, body, answer, and the caller's own deadline.
 */
const watchRequest = (outgoing: ClientRequest, request: UpstreamRequest, connectMillis: number, idleMillis: number) => {
  let connected = false;
  const stops: (() => void)[] = [];
  const after = (millis: number, code: 'UPSTREAM_LATE' | 'UPSTREAM_UNREACHABLE', detail: string): (() => void) => {
    const facts = code === 'UPSTREAM_UNREACHABLE' ? { detail, sent: false, connectionFailed: true } : { detail };
    const timer = setTimeout(() => outgoing.destroy(new AppError(code, facts)), Math.max(0, millis));
    const stop = (): void => clearTimeout(timer);
    stops.push(stop);
    return stop;
  };

  const leftMillis = request.firstByteMillis - (request.waitedMillis ?? 0);
  const forAnswerMillis = Math.max(0, request.answerByMillis - Date.now());
  after(
    forAnswerMillis,
    'UPSTREAM_LATE',
    `The upstream did not answer within the ${inSeconds(forAnswerMillis)} that this request had left. ${mayHaveHappened}`,
  );
  const forConnectionMillis = Math.min(connectMillis, leftMillis);
  const stopConnecting = after(
    forConnectionMillis,
    'UPSTREAM_UNREACHABLE',
    `No connection to the upstream could be made within ${inSeconds(forConnectionMillis)}. Nothing was sent.`,
  );
  const onConnected = (socket: Socket): void => {
    connected = true;
    stopConnecting();
    if (outgoing.writableFinished) return;
    const stalled = (): void =>
      void outgoing.destroy(
        new AppError('UPSTREAM_LATE', {
          detail: `The upstream took nothing of the body for ${inSeconds(idleMillis)}. ${mayHaveHappened}`,
        }),
      );
    const stop = watchProgress(idleMillis, () => socket.bytesWritten, stalled);
    stops.push(stop);
    outgoing.once('finish', stop);
  };
  outgoing.once('socket', (socket) => {
    if (outgoing.reusedSocket || !socket.connecting) onConnected(socket);
    else socket.once(isTls(socket) ? 'secureConnect' : 'connect', () => onConnected(socket));
  });
  outgoing.once('finish', () =>
    after(
      leftMillis,
      'UPSTREAM_LATE',
      `The upstream did not answer within ${inSeconds(request.firstByteMillis)}, the limit of this stage. ${mayHaveHappened}`,
    ),
  );
  return {
    isConnected: (): boolean => connected,
    stop: (): void => {
      for (const stop of stops) stop();
    },
  };
};

/**
 * Transfer codings that are not removed here. None was requested, and the caller, who is not told of them, would take
 * the coded bytes for the body (RFC 9112, 6.1 and 7.4).
 */
const hasForeignCoding = ({ headers }: IncomingMessage): boolean =>
  (headers['transfer-encoding'] ?? '')
    .split(',')
    .some((coding) => !['', 'chunked', 'identity'].includes(coding.trim().toLowerCase()));

/** A body without a length of its own ends with its connection (RFC 9112, 6.3). */
const endsWithConnection = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;

/** A successful body that ends with its connection is incomplete if the request was not sent completely. */
const unlessWriteFailed = (incoming: IncomingMessage): Readable => {
  const { socket } = incoming;
  const check = new PassThrough({ flush: (done) => done(writeFailureOf(socket)) });
  return pipeline(incoming, check, () => {});
};

/** A larger body may still be in the buffers between here and an upstream that has answered without reading it. */
const mostBufferedBytes = 65_536;

const bodyBytes = (body: RequestBody | undefined): number =>
  body === undefined || body instanceof Uint8Array ? (body?.byteLength ?? 0) : body.lengthBytes;

/**
 * The answer. Its body fails when the connection breaks or makes no progress. An upstream that refuses a request and
 * closes without reading the rest resets the connection. An answer that has arrived whole still counts, and so does a
 * body that ends with its connection.
 * @param isLarge whether such a connection may look sound for a while: it is not used again.
 */
const toAnswer = (
  outgoing: ClientRequest,
  incoming: IncomingMessage,
  idleMillis: number,
  isLarge: boolean,
): UpstreamAnswer => {
  const { socket, statusCode: status = 0 } = incoming;
  const isRefusal = status >= 400;
  const isEarly = !outgoing.writableFinished;
  if (isRefusal && isLarge) outgoing.shouldKeepAlive = false;
  // From here on, a failure is an error of the body, which its reader sees.
  outgoing.on('error', (error) => {
    const isWhole = incoming.complete || (isEarly && isRefusal && endsWithConnection(incoming));
    if (!isWhole) incoming.destroy(withoutBytes(error));
  });
  // While bytes wait for a slow caller, the upstream is not silent: NaN never equals the previous count.
  const count = (): number => (incoming.readableLength > 0 ? Number.NaN : socket.bytesRead);
  const stop = watchProgress(idleMillis, count, () => {
    incoming.destroy(
      new AppError('UPSTREAM_LATE', {
        detail: `The upstream sent nothing for ${inSeconds(idleMillis)} in the middle of its answer.`,
      }),
    );
  });
  incoming.once('close', () => {
    stop();
    // An answer that came before the whole body was sent: nobody reads the rest.
    if (!outgoing.writableFinished) outgoing.destroy();
  });
  const isUnsure = isEarly && !isRefusal && endsWithConnection(incoming);
  return { status, headers: pairsOf(incoming.rawHeaders), body: isUnsure ? unlessWriteFailed(incoming) : incoming };
};

export const createNodeHttpTransport = (options: NodeHttpOptions = {}): UpstreamTransport & { close: () => void } => {
  const { connectMillis = defaultConnectMillis, idleMillis = 60_000, reuseMillis = 4_000 } = options;
  const agents = createAgents(reuseMillis);

  const open = (request: UpstreamRequest): ClientRequest => {
    const origin = new URL(request.origin);
    return (origin.protocol === 'https:' ? https : http).request({
      agent: agents.take(origin.protocol),
      host: origin.hostname.replace(/^\[|\]$/g, ''),
      port: origin.port || undefined,
      method: request.method,
      path: request.target,
      headers: headersToWrite(request),
      // Answers may carry long links; the parser's default of 16 KiB for all headers together is tight.
      maxHeaderSize: 65_536,
    });
  };

  const send = (request: UpstreamRequest): Promise<UpstreamAnswer> =>
    new Promise((resolve, reject) => {
      const outgoing = open(request);
      const silenceMillis = Math.min(idleMillis, request.firstByteMillis);
      const watch = watchRequest(outgoing, request, connectMillis, idleMillis);
      outgoing.on('error', (error) => reject(failure(error, watch.isConnected())));
      outgoing.once('response', (incoming: IncomingMessage) => {
        watch.stop();
        if (hasForeignCoding(incoming)) {
          const detail = `The upstream answered in a transfer coding that was not asked for. ${mayHaveHappened}`;
          reject(new AppError('UPSTREAM_UNREADABLE', { detail }));
          outgoing.destroy();
          return;
        }
        resolve(toAnswer(outgoing, incoming, silenceMillis, bodyBytes(request.body) > mostBufferedBytes));
      });
      // Also after `101 Switching Protocols`, for which there is neither a response nor an error.
      outgoing.once('close', () => {
        watch.stop();
        reject(
          new AppError('UPSTREAM_UNREADABLE', { detail: `The upstream closed without an answer. ${mayHaveHappened}` }),
        );
      });
      writeBody(outgoing, request.body);
    });

  return { send, close: agents.close };
};
