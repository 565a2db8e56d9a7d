/** Port: sends one HTTP request to an upstream and hands back its answer as it arrives. It neither retries nor follows. */
import type { Readable } from 'node:stream';
import type { Headers } from './upstream.ts';

/** Bytes at hand, or a stream of known length that can be sent once. */
export type RequestBody = Uint8Array | { readonly stream: Readable; readonly lengthBytes: number };

export type UpstreamRequest = {
  readonly origin: string;
  readonly method: string;
  /** Request target: raw path and query, printable ASCII only. */
  readonly target: string;
  /** Without host, connection and content-length, which the transport writes itself. */
  readonly headers: Headers;
  readonly body: RequestBody | undefined;
  /** Longest wait for the head of the answer. */
  readonly firstByteMillis: number;
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
   * @throws AppError UPSTREAM_UNREACHABLE (no connection, or it broke before the answer), UPSTREAM_LATE (no head of an
   * answer in time), UPSTREAM_UNREADABLE (not HTTP). After any of them a write may or may not have been carried out.
   */
  readonly send: (request: UpstreamRequest) => Promise<UpstreamAnswer>;
};
