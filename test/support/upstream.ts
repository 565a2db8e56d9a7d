/** A small upstream on loopback whose answers each test writes itself, and a raw one for what is not HTTP. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

type SeenRequest = {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
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
    const one = { method: request.method ?? '', target: request.url ?? '', headers: pairs(request.rawHeaders), body };
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
