/** Passes reads to a real tenant and keeps the answers. Nothing but GET and HEAD ever reaches the tenant. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { notFound, SignalsError, special, unauthorized } from '../errors.ts';
import { basePath } from '../http/native.ts';
import type { Reply } from '../http/reply.ts';
import { errorReply, sendReply } from '../http/send.ts';
import { demoKey } from '../options.ts';
import { bytesContent } from '../tenant/content.ts';
import type { Recording } from './recording.ts';
import { type RawExchange, redactAll } from './redact.ts';

export interface Recorder {
  readonly url: string;
  /** What was recorded so far, without personal details. */
  recording(): Recording;
  close(): Promise<void>;
}

export interface RecorderOptions {
  /** Of the real tenant; https, or http on loopback. */
  readonly tenant: string;
  /** A key of the real tenant. Clients of the recorder send the demo key. */
  readonly key: string;
  readonly port?: number;
  readonly host?: string;
}

const keptHeaders = ['content-type', 'content-disposition', 'etag', 'last-modified'] as const;
const mostBytes = 67_108_864;

/** @throws Error for an address to which a key must not be sent in the clear. */
export const tenantOrigin = (text: string): string => {
  if (!URL.canParse(text)) throw new Error(`--record "${text}" is no URL.`);
  const { protocol, hostname, origin } = new URL(text);
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback)) return origin;
  throw new Error('--record needs an https URL, since a key is sent there.');
};

/** A refusal of the tenant for a moment says nothing about its data. */
const isKept = (status: number) => status < 500 && status !== 401 && status !== 429;

const checkRead = (request: IncomingMessage, path: string) => {
  if (request.headers['x-api-key'] !== demoKey) throw unauthorized(`Send the x-api-key ${demoKey} to the recorder.`);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw special(405, 'MethodNotAllowed', `The recorder passes on GET and HEAD only, not ${request.method}.`);
  if (!path.startsWith(`${basePath}/`)) throw notFound(`The recorder passes on ${basePath} only.`);
};

/** Asks the tenant. A redirect is passed on, never followed: the key is for the tenant alone. */
const ask = async (request: IncomingMessage, target: URL, key: string): Promise<RawExchange> => {
  const method = request.method ?? 'GET';
  const headers = { 'x-api-key': key, accept: request.headers.accept ?? '*/*' };
  const answer = await fetch(target, { method, headers, redirect: 'manual' }).catch((cause: unknown) => {
    throw special(502, 'TenantUnreachable', `The tenant cannot be reached: ${(cause as Error).message}.`);
  });
  if (Number(answer.headers.get('content-length') ?? 0) > mostBytes) {
    await answer.body?.cancel();
    throw special(502, 'TooLargeToRecord', `The answer has more than ${mostBytes} bytes.`);
  }
  const kept = keptHeaders.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const path = `${target.pathname.slice(basePath.length)}${target.search}`;
  return { method, path, status: answer.status, headers: Object.fromEntries(kept), bytes };
};

/** Links lead to the recorder, so that a client which follows them is recorded too. */
const replyOf = ({ status, headers, bytes }: RawExchange, base: string, ownBase: string): Reply => {
  const { 'content-type': mediaType = 'application/octet-stream', ...others } = headers;
  const isLinked = /[/+]json\b/.test(mediaType);
  const sent = isLinked ? Buffer.from(bytes.toString('utf8').replaceAll(base, ownBase)) : bytes;
  return { status, headers: others, content: bytesContent(mediaType, sent) };
};

export const startRecorder = async ({
  tenant,
  key,
  port = 0,
  host = '127.0.0.1',
}: RecorderOptions): Promise<Recorder> => {
  const origin = tenantOrigin(tenant);
  const base = `${origin}${basePath}`;
  const exchanges: RawExchange[] = [];

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const target = new URL(`${origin}${request.url ?? '/'}`);
    if (target.origin !== origin) throw notFound('The recorder passes on requests to its tenant only.');
    checkRead(request, target.pathname);
    const exchange = await ask(request, target, key);
    if (isKept(exchange.status)) exchanges.push(exchange);
    return replyOf(exchange, base, `http://${request.headers.host ?? 'localhost'}${basePath}`);
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const reply = await answer(request).catch((cause: unknown) => {
      if (cause instanceof SignalsError) return errorReply(cause, true);
      return errorReply(special(400, 'BadRequest', (cause as Error).message), true);
    });
    request.resume();
    await sendReply(request, response, reply, { gzip: false });
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    recording: () => redactAll(exchanges, base),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
