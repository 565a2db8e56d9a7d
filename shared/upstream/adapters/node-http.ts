/** UpstreamTransport over node:http and node:https: raw paths and bytes, HEAD, bodies on any method, connections kept. */
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { AppError } from '../../errors/app-error.ts';
import type { RequestBody, UpstreamAnswer, UpstreamRequest, UpstreamTransport } from '../transport.ts';
import type { Headers } from '../upstream.ts';

export type NodeHttpOptions = {
  /** Longest wait for a connection, TLS included. */
  readonly connectMillis?: number;
  /** Longest silence inside a body, in either direction. */
  readonly idleMillis?: number;
  /** An idle connection older than this is not used again: a frozen Lambda may wake up with dead ones. */
  readonly reuseMillis?: number;
};

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const pairsOf = (rawHeaders: readonly string[]): Headers => {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([(rawHeaders[index] as string).toLowerCase(), rawHeaders[index + 1] as string]);
  }
  const named = pairs
    .filter(([name]) => name === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(/\s*,\s*/));
  return pairs.filter(([name]) => !hopByHop.has(name) && !named.includes(name));
};

/** Header values travel as Latin-1: other characters go as their UTF-8 bytes, control characters as blanks. */
const toWireValue = (value: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly what a header must not hold
  Buffer.from(/[^\u0000-\u00ff]/.test(value) ? Buffer.from(value, 'utf8') : Buffer.from(value, 'latin1'))
    .toString('latin1')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, ' ');

const isToken = (name: string): boolean => /^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name);

const headersToWrite = (request: UpstreamRequest): Record<string, string | string[]> => {
  const written: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of request.headers) {
    if (hopByHop.has(name) || !isToken(name)) continue;
    const before = written[name];
    const wire = toWireValue(value);
    written[name] = before === undefined ? wire : [before, wire].flat();
  }
  const length = lengthOf(request);
  if (length !== undefined) written['content-length'] = String(length);
  return written;
};

/** A request without a body has no Content-Length, except where methods that expect one are sent an empty body. */
const lengthOf = ({ body, method }: UpstreamRequest): number | undefined => {
  if (body instanceof Uint8Array) return body.byteLength;
  if (body) return body.lengthBytes;
  return ['POST', 'PUT', 'PATCH'].includes(method) ? 0 : undefined;
};

const failure = (error: NodeJS.ErrnoException): AppError => {
  if (error instanceof AppError) return error;
  if (error.code?.startsWith('HPE_')) {
    return new AppError('UPSTREAM_UNREADABLE', { detail: 'The upstream did not answer in HTTP.', cause: error });
  }
  return new AppError('UPSTREAM_UNREACHABLE', {
    detail:
      'No answer came: the connection to the upstream failed or broke. A write may or may not have been carried out.',
    cause: error,
  });
};

const writeBody = (request: ClientRequest, body: RequestBody | undefined): void => {
  if (body === undefined || body instanceof Uint8Array) request.end(body);
  else pipeline(body.stream, request, (error) => error && request.destroy(error));
};

/** Remembers since when each idle connection waits, and closes those that waited too long before they are used again. */
const createPool = (agent: http.Agent, reuseMillis: number) => {
  const idleSince = new WeakMap<Socket, number>();
  agent.on('free', (socket: Socket) => idleSince.set(socket, Date.now()));
  return {
    agent,
    dropAged: () => {
      for (const sockets of Object.values(agent.freeSockets)) {
        for (const socket of sockets ?? []) {
          if (Date.now() - (idleSince.get(socket) ?? 0) > reuseMillis) socket.destroy();
        }
      }
    },
  };
};

export const createNodeHttpTransport = (options: NodeHttpOptions = {}): UpstreamTransport & { close: () => void } => {
  const { connectMillis = 5_000, idleMillis = 60_000, reuseMillis = 4_000 } = options;
  const agentOptions = { keepAlive: true, maxSockets: 256, scheduling: 'lifo' as const };
  const pools = {
    'http:': createPool(new http.Agent(agentOptions), reuseMillis),
    'https:': createPool(new https.Agent(agentOptions), reuseMillis),
  };

  const open = (request: UpstreamRequest): ClientRequest => {
    const origin = new URL(request.origin);
    const protocol = origin.protocol as keyof typeof pools;
    const pool = pools[protocol];
    pool.dropAged();
    return (protocol === 'https:' ? https : http).request({
      agent: pool.agent,
      host: origin.hostname.replace(/^\[|\]$/g, ''),
      port: origin.port || undefined,
      method: request.method,
      path: request.target,
      headers: headersToWrite(request),
      setDefaultHeaders: true,
      // Answers may carry long links; the parser's default of 16 KiB for all headers together is tight.
      maxHeaderSize: 65_536,
      insecureHTTPParser: false,
    });
  };

  const send = (request: UpstreamRequest): Promise<UpstreamAnswer> =>
    new Promise((resolve, reject) => {
      const outgoing = open(request);
      const late = (code: 'UPSTREAM_LATE' | 'UPSTREAM_UNREACHABLE', detail: string) => () =>
        outgoing.destroy(new AppError(code, { detail }));
      const connectTimer = setTimeout(
        late('UPSTREAM_UNREACHABLE', `No connection to the upstream within ${connectMillis} ms.`),
        connectMillis,
      );
      const answerTimer = setTimeout(
        late(
          'UPSTREAM_LATE',
          `The upstream did not answer within ${request.firstByteMillis} ms. A write may or may not have been carried out.`,
        ),
        request.firstByteMillis,
      );
      const clearTimers = (): void => {
        clearTimeout(connectTimer);
        clearTimeout(answerTimer);
      };

      outgoing.once('socket', (socket) => {
        const connected = (): void => clearTimeout(connectTimer);
        if (outgoing.reusedSocket || !socket.connecting) connected();
        else socket.once(socket instanceof Object && 'encrypted' in socket ? 'secureConnect' : 'connect', connected);
      });
      outgoing.once('error', (error) => {
        clearTimers();
        reject(failure(error));
      });
      outgoing.once('response', (incoming: IncomingMessage) => {
        clearTimers();
        incoming.setTimeout(idleMillis, () =>
          incoming.destroy(
            new AppError('UPSTREAM_LATE', { detail: 'The upstream fell silent in the middle of its answer.' }),
          ),
        );
        // What goes wrong from here on is an error of the body, which its reader sees.
        outgoing.on('error', (error) => incoming.destroy(error));
        resolve({ status: incoming.statusCode ?? 0, headers: pairsOf(incoming.rawHeaders), body: incoming });
      });
      writeBody(outgoing, request.body);
    });

  return {
    send,
    close: () => {
      for (const pool of Object.values(pools)) pool.agent.destroy();
    },
  };
};
