/** Passes reads to a real tenant and keeps the answers. Nothing but GET and HEAD ever reaches the tenant. */

import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { notFound, SignalsError, special, unauthorized } from '../errors.ts';
import { basePath } from '../http/native.ts';
import type { Reply } from '../http/reply.ts';
import { errorReply, sendReply } from '../http/send.ts';
import { bytesContent } from '../tenant/content.ts';
import { askTenant } from './ask.ts';
import type { Recording } from './recording.ts';
import { isJson, isTextAnswer, type RawExchange, redactAll } from './redact.ts';
import { checkKey } from './secrets.ts';

export interface Recorder {
  readonly url: string;
  /** Clients send it. It is a new one at each start, since whoever has it reads with the key of the tenant. */
  readonly key: string;
  /** What was recorded so far, without personal details. */
  recording(): Recording;
  close(): Promise<void>;
}

export interface RecorderOptions {
  /** Of the real tenant; https, or http on loopback. */
  readonly tenant: string;
  /** A key of the real tenant. */
  readonly key: string;
  readonly port?: number;
  /** An address of loopback. */
  readonly host?: string;
  /** How much is recorded at most; by default `mostRecordedBytes`. */
  readonly mostBytes?: number;
  /** After an answer was recorded. */
  readonly onRecorded?: () => void;
}

/** Counted as the file escapes it. One text can be four times as long, since replacements may be longer than names. */
const mostRecordedBytes = 134_217_728;

const isLoopback = (hostname: string) => ['127.0.0.1', 'localhost', '[::1]', '::1'].includes(hostname);

/** @throws Error for an address to which a key must not be sent in the clear. */
export const tenantOrigin = (text: string): string => {
  if (!URL.canParse(text)) throw new Error(`--record "${text}" is no URL.`);
  const { protocol, hostname, origin } = new URL(text);
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return origin;
  throw new Error('--record needs an https URL, since a key is sent there.');
};

const full = (mostBytes: number) =>
  special(
    507,
    'RecordingFull',
    `With this answer, the recording would have more than ${mostBytes} bytes. End it with Ctrl-C, and record the rest in another file.`,
  );

/** A refusal of the tenant for a moment says nothing about its data. */
const isKept = (status: number) => status < 500 && status !== 401 && status !== 429;

/** A web page can let its own name lead to this machine; the browser then sends that name. */
const isOwnHost = (host: string) => URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname);

const checkRead = (request: IncomingMessage, path: string, clientKey: string) => {
  if (!isOwnHost(request.headers.host ?? '')) throw special(403, 'Forbidden', 'The recorder answers on loopback only.');
  if (request.headers['x-api-key'] !== clientKey)
    throw unauthorized('Send the x-api-key that the recorder printed when it started.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw special(405, 'MethodNotAllowed', `The recorder passes on GET and HEAD only, not ${request.method}.`);
  if (!path.startsWith(`${basePath}/`)) throw notFound(`The recorder passes on ${basePath} only.`);
};

/** Links lead to the recorder, so that a client which follows them is recorded too. */
const replyOf = ({ status, headers, bytes }: RawExchange, base: string, ownBase: string): Reply => {
  const { 'content-type': mediaType = 'application/octet-stream', ...others } = headers;
  const linked = Object.entries(others).map(([name, value]) => [name, value.replaceAll(base, ownBase)]);
  const sent = isJson(mediaType) ? Buffer.from(bytes.toString('utf8').replaceAll(base, ownBase)) : bytes;
  return { status, headers: Object.fromEntries(linked), content: bytesContent(mediaType, sent) };
};

/** A control sign takes six signs in the file, a quote two. */
const writtenLength = ({ path, headers, bytes }: RawExchange) =>
  JSON.stringify([path, headers, bytes.toString('utf8')]).length;

export const startRecorder = async ({
  tenant,
  key,
  port = 0,
  host = '127.0.0.1',
  mostBytes = mostRecordedBytes,
  onRecorded,
}: RecorderOptions): Promise<Recorder> => {
  if (!isLoopback(host))
    throw new Error(`--record listens on loopback only, not on ${host}: it reads with your key of the tenant.`);
  checkKey(key);
  const clientKey = randomBytes(24).toString('base64url');
  const origin = tenantOrigin(tenant);
  const base = `${origin}${basePath}`;
  const exchanges: RawExchange[] = [];
  let keptBytes = 0;
  const keep = (exchange: RawExchange) => {
    const kept = isTextAnswer(exchange.headers) ? exchange : { ...exchange, bytes: Buffer.alloc(0) };
    const bytes = writtenLength(kept);
    if (keptBytes + bytes > mostBytes) throw full(mostBytes);
    keptBytes += bytes;
    exchanges.push(kept);
    onRecorded?.();
  };

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const target = new URL(`${origin}${request.url ?? '/'}`);
    if (target.origin !== origin) throw notFound('The recorder passes on requests to its tenant only.');
    checkRead(request, target.pathname, clientKey);
    const exchange = await askTenant(request.method ?? 'GET', target, key, request.headers.accept ?? '*/*');
    if (isKept(exchange.status)) keep(exchange);
    return replyOf(exchange, base, `http://${request.headers.host ?? 'localhost'}${basePath}`);
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const reply = await answer(request).catch((cause: unknown) => {
      if (cause instanceof SignalsError) return errorReply(cause, true);
      // The text of a cause can hold the key.
      return errorReply(special(400, 'BadRequest', 'The request cannot be passed on.'), true);
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
    key: clientKey,
    url: `http://${host.includes(':') ? '[::1]' : host}:${(server.address() as AddressInfo).port}`,
    recording: () => redactAll(exchanges, { base, key }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
