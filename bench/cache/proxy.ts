/** A plain HTTP caching proxy over the cache core, policy classes off. Conformance suites run against it. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createMemoryCacheStore } from '../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../shared/cache/answer-cache.ts';
import { createCatalogue } from '../../shared/catalogue/catalogue.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { errorCatalogue } from '../../shared/errors/catalogue.ts';
import type { Exchange, ForwardChanges, NativeAnswer } from '../../shared/exchange/exchange.ts';
import type { Upstream } from '../../shared/exchange/upstream.ts';
import type { Headers } from '../../shared/http/headers.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';
import { planHttp } from './plan-http.ts';

const hopFields = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'upgrade',
  'expect',
  'content-length',
]);

const headersOf = (request: IncomingMessage): Headers => {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = (request.rawHeaders[index] as string).toLowerCase();
    if (!hopFields.has(name)) pairs.push([name, request.rawHeaders[index + 1] as string]);
  }
  return pairs;
};

const upstreamOf = (origin: string): Upstream => ({
  name: 'http',
  origin,
  basePath: '',
  catalogue: createCatalogue([]),
  authenticate: (secret) => ['x-unused', secret],
  credentialHeaders: [],
  hasLinks: false,
});

const toExchange = async (request: IncomingMessage, upstream: Upstream): Promise<Exchange> => {
  const target = request.url ?? '/';
  const method = request.method ?? 'GET';
  const body = await buffer(request);
  return {
    ...upstream.catalogue.match(method, target),
    request: {
      requestId: '',
      method,
      path: target,
      query: [],
      headers: headersOf(request),
      body: body.byteLength > 0 ? body : undefined,
      publicUrl: upstream.origin,
      deadlineMillis: Date.now() + 60_000,
    },
    upstream,
    consumer: { id: 'proxy', scopes: ['*:*'], state: 'active' },
    principal: 'proxy',
    target,
  };
};

const grouped = (headers: Headers): Record<string, string[]> => {
  const values: Record<string, string[]> = Object.create(null);
  for (const [name, value] of headers) values[name] = [...(values[name] ?? []), value];
  return values;
};

const send = async (response: ServerResponse, answer: NativeAnswer, cacheStatus: string): Promise<void> => {
  response.writeHead(answer.status, grouped([...answer.headers, ['cache-status', `signals-facade; ${cacheStatus}`]]));
  if (answer.body === undefined || answer.body instanceof Uint8Array) response.end(answer.body);
  else await pipeline(answer.body, response);
};

const sendFailure = (response: ServerResponse, error: unknown): void => {
  const status = error instanceof AppError ? errorCatalogue[error.code].status : 500;
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { 'content-type': 'text/plain' }).end('The origin could not be asked.\n');
};

/** Starts the proxy on loopback. Bodies of requests are read whole: suites send small ones. */
export const startCacheProxy = async (options: { readonly originUrl: string; readonly port?: number }) => {
  const upstream = upstreamOf(options.originUrl.replace(/\/$/, ''));
  const transport = createNodeHttpTransport();
  const cache = createAnswerCache({
    store: createMemoryCacheStore(systemClock),
    clock: systemClock,
    plan: planHttp,
  });
  const server = http.createServer(async (request, response) => {
    try {
      const exchange = await toExchange(request, upstream);
      const { method, headers, body } = exchange.request;
      const forward = async (changes: ForwardChanges = {}): Promise<NativeAnswer> => {
        const sent = {
          origin: upstream.origin,
          method,
          target: exchange.target,
          headers: changes.headers ?? headers,
          body,
        };
        const answer = await transport.send({
          ...sent,
          firstByteMillis: 30_000,
          answerByMillis: exchange.request.deadlineMillis,
        });
        const hasBody = method !== 'HEAD' && answer.status !== 204 && answer.status !== 304;
        if (!hasBody) answer.body.resume();
        return { status: answer.status, headers: answer.headers, body: hasBody ? answer.body : undefined };
      };
      const { answer, cacheStatus } = await cache.answer(exchange, forward);
      await send(response, answer, cacheStatus);
    } catch (error) {
      sendFailure(response, error);
    }
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async (): Promise<void> => {
      transport.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
