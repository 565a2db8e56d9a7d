/** Port: sends one HTTP request to an upstream and returns its answer as it arrives. It never retries and never follows redirects. */
import type { Readable } from 'node:stream';
import type { Headers } from '../http/headers.ts';

/** Bytes, or a stream of known length that can be sent once. */
export type RequestBody = Uint8Array | { readonly stream: Readable; readonly lengthBytes: number };

export type UpstreamRequest = {
  readonly origin: string;
  readonly method: string;
  /** Request target: raw path and query, printable ASCII only. */
  readonly target: string;
  /** Without host, connection and content-length, which the transport writes itself. */
  readonly headers: Headers;
  readonly body: RequestBody | undefined;
  /** Longest wait for the head of the answer, once the whole request has been sent. */
  readonly firstByteMillis: number;
  /** How long earlier tries of the same call have waited for the upstream: it counts towards `firstByteMillis`. */
  readonly waitedMillis?: number;
  /** When the head of the answer must be there, sending included (epoch milliseconds). */
  readonly answerByMillis: number;
};

export type UpstreamAnswer = {
  readonly status: number;
  /** End-to-end headers only. */
  readonly headers: Headers;
  /** Must be read to its end or destroyed. Errors when the upstream breaks off. */
  readonly body: Readable;
};

export type UpstreamTransport = {
  /**
   * An answer that comes before the whole request was sent is valid, even if the upstream then resets the connection.
   * @throws AppError UPSTREAM_UNREACHABLE (no connection, or it broke before the answer), UPSTREAM_LATE (no head of an
   * answer in time), UPSTREAM_UNREADABLE (not HTTP). Unless its facts say `sent: false`, a write may have been carried out.
   */
  readonly send: (request: UpstreamRequest) => Promise<UpstreamAnswer>;
};
