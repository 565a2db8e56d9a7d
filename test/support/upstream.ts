/** A small upstream on loopback with answers that each test writes, and a raw server for bytes that are not HTTP. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

type SeenRequest = {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** The port that the connection came from. */
  readonly port: number;
};

export type Answering = (request: SeenRequest, response: ServerResponse, count: number) => void;

const pairs = (rawHeaders: readonly string[]) =>
  rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] as string] as const] : [],
  );

const listen = async (server: net.Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Starts an upstream that is closed when the test ends. `seen` grows by each request, its body read to the end. */
export const startUpstream = async (answering: Answering) => {
  const seen: SeenRequest[] = [];
  const server = http.createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const port = request.socket.remotePort ?? 0;
    const headers = pairs(request.rawHeaders);
    const one = { method: request.method ?? '', target: request.url ?? '', headers, body, port };
    seen.push(one);
    answering(one, response, seen.length);
  });
  const url = await listen(server);
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url, seen };
};

/** Starts a TCP server that writes these bytes at each connection's first bytes, then ends it. */
export const startRawUpstream = async (bytes: string): Promise<string> => {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(bytes));
  });
  const url = await listen(server);
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return url;
};

/** How a hasty upstream ends a connection after its answer: `half-close` goes on reading, the others never read the body. */
export type Ending = 'reset' | 'close' | 'half-close' | 'stay';

const hastyServer = `
const { createServer } = require('node:net');
const { parentPort, workerData: { bytes, ending } } = require('node:worker_threads');
const endings = {
  reset: (socket) => socket.resetAndDestroy(),
  close: (socket) => socket.destroy(),
  'half-close': (socket) => socket.end().resume(),
  stay: () => {},
};
const server = createServer({ allowHalfOpen: true }, (socket) => {
  let seen = '';
  const read = (chunk) => {
    seen += chunk.toString('latin1');
    if (!seen.includes('\\r\\n\\r\\n')) return;
    socket.off('data', read).pause();
    socket.write(bytes, () => endings[ending](socket));
  };
  socket.on('error', () => {}).on('data', read);
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/**
 * Starts an upstream that answers these bytes as soon as it has the head of a request. It runs in a thread of its own, so that it
 * can do so while this thread is busy.
 */
export const startHastyUpstream = async (bytes: string, ending: Ending): Promise<string> => {
  const worker = new Worker(hastyServer, { eval: true, workerData: { bytes, ending } });
  onTestFinished(() => worker.terminate().then(() => {}));
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  return `http://127.0.0.1:${port}`;
};
