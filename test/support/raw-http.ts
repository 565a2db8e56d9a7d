/** HTTP as it is on the wire: nothing normalised, nothing followed, nothing decoded. */
import http, { type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** An answer or the end of the connection must have come by then. A longer wait counts as hanging, also on a busy machine. */
export const hangMillis = 300_000;

export type RawRequest = {
  readonly method: string;
  /** Request target as it stands in the request line. */
  readonly target: string;
  /** In order; a name may occur several times. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array | string | undefined;
  /** Send the body in chunks, without Content-Length. */
  readonly chunked?: boolean;
};
export type RawAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As they came: name, value, name, value. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
};

const decoders: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/** The body without its content coding. */
export const decoded = ({ headers, body }: RawAnswer): Buffer =>
  body.byteLength === 0 ? body : (decoders[headers['content-encoding'] ?? '']?.(body) ?? body);

/** Sends one request over `agent`. Rejects when the connection breaks, or when nothing came for `limitMillis`. */
export const sendRequest = (
  origin: string,
  request: RawRequest,
  agent: http.Agent,
  limitMillis = hangMillis,
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const body = request.body === undefined ? undefined : Buffer.from(request.body as string);
    const headers = (request.headers ?? []).flat();
    if (!headers.some((name) => name.toLowerCase() === 'host')) headers.push('host', `${hostname}:${port}`);
    if (body && !request.chunked) headers.push('content-length', String(body.byteLength));
    if (body && request.chunked) headers.push('transfer-encoding', 'chunked');
    if (!body && ['POST', 'PUT', 'PATCH'].includes(request.method)) headers.push('content-length', '0');
    const outgoing = http.request({ agent, hostname, port, method: request.method, path: request.target, headers });
    outgoing.setTimeout(limitMillis, () => outgoing.destroy(new Error(`no answer within ${limitMillis} ms`)));
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          rawHeaders: incoming.rawHeaders,
          body: Buffer.concat(chunks),
        }),
      );
    });
    const expects = (request.headers ?? []).some(([name]) => name.toLowerCase() === 'expect');
    if (expects) {
      outgoing.on('continue', () => outgoing.end(body));
      outgoing.flushHeaders();
    } else outgoing.end(body);
  });

/**
 * Sends these bytes on a fresh connection and gives all that comes back. When nothing has come for `patienceMillis` the
 * sending side is closed, as a client does that has no more to say. Rejects when the other side then stays open.
 */
export const sendBytes = (
  origin: string,
  bytes: Uint8Array,
  patienceMillis: number,
  limitMillis = hangMillis,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port: Number(new URL(origin).port), host: '127.0.0.1', allowHalfOpen: true });
    const chunks: Buffer[] = [];
    let halfClose = setTimeout(() => socket.end(), patienceMillis);
    const limit = setTimeout(() => {
      socket.destroy();
      reject(new Error(`neither answered nor closed within ${limitMillis} ms`));
    }, limitMillis);
    socket.on('data', (chunk) => {
      clearTimeout(halfClose);
      halfClose = setTimeout(() => socket.end(), patienceMillis);
      chunks.push(chunk);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(halfClose);
      clearTimeout(limit);
      resolve(Buffer.concat(chunks));
    });
    socket.on('end', () => socket.end());
    socket.write(bytes);
  });
