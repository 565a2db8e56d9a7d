/** Serves the documents routes by HTTP under a prefix, as a stage of the gateway would, with one native operation beside them. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EventOptions, invokeStreaming, proxyEvent } from './lambda.ts';

type NativeCall = { readonly method: string; readonly url: string; readonly key: string | undefined };

const toEvent = (request: IncomingMessage, path: string, stagePrefix: string): EventOptions => {
  const common = {
    method: request.method ?? 'GET',
    path,
    stagePrefix,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
  };
  // The slash at the end of /docs/ belongs to no greedy parameter.
  if (!path.startsWith('/docs/') || path === '/docs/') return { ...common, resource: path.replace(/(.)\/$/, '$1') };
  return { ...common, resource: '/docs/{proxy+}', pathParameters: { proxy: decodeURIComponent(path.slice(6)) } };
};

export const startDocumentsServer = async (handler: unknown, stagePrefix: string) => {
  const calls: NativeCall[] = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.slice(stagePrefix.length);
    if (path.startsWith('/api/')) {
      const key = request.headers['x-api-key']?.toString();
      calls.push({ method: request.method ?? '', url: (request.url ?? '').slice(stagePrefix.length), key });
      response.writeHead(200, { 'content-type': 'application/vnd.api+json' });
      response.end(JSON.stringify({ data: [{ type: 'entity', id: 'experiment:from-the-test' }] }));
      return;
    }
    const { status, headers, body } = await invokeStreaming(handler, proxyEvent(toEvent(request, path, stagePrefix)));
    response.writeHead(status, headers).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${stagePrefix}`,
    calls,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
