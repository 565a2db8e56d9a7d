/** S3 of the twin: a path-style server on 127.0.0.1 that keeps objects on disk. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Emulator, serveOnLoopback } from '../loopback.ts';
import { openFolder } from '../state-folder.ts';
import { answerPreflight, corsHeadersOf } from './cors.ts';
import type { ObjectCreated, S3Context } from './handler.ts';
import { asSeenBy, checkBypass, checkListing } from './list-rights.ts';
import { newRequestId, parseRequest, type S3Reply } from './request.ts';
import { routeOf } from './routes.ts';
import { S3Error } from './s3-error.ts';
import { type Credentials, checkSignature } from './signature.ts';
import { openStore } from './store.ts';
import { openUploads } from './uploads.ts';
import { toXml } from './xml.ts';

export type S3Options = {
  readonly stateDir?: string | undefined;
  readonly port?: number | undefined;
  /** The administrator's key pair, `local` / `local` by default. The keys of roles (list-rights.ts) have the same secret. */
  readonly credentials?: Credentials | undefined;
  /** Called after each object is committed; its errors are ignored. */
  readonly onObjectCreated?: ((event: ObjectCreated) => void) | undefined;
  /** Clock, in milliseconds since 1970, for signatures and retention. */
  readonly nowMillis?: (() => number) | undefined;
};

const localCredentials: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const keepAliveMillis = 65_000; // longer than clients keep idle connections, or they would reuse a closed one

/**
 * Starts S3. Objects live in `stateDir`, or in a temporary folder that goes with `close`. Every request must be signed
 * with the credentials, in the header or presigned. Unknown operations are answered with 501 NotImplemented.
 * @throws Error EADDRINUSE when the port is taken
 */
export const startS3 = async (options: S3Options = {}): Promise<Emulator> => {
  const folder = await openFolder(options.stateDir);
  const store = openStore(folder.path);
  const context: S3Context = {
    store,
    uploads: openUploads(store.uploadsFolder),
    notify: notifier(options.onObjectCreated),
  };
  const settings = { credentials: options.credentials ?? localCredentials, nowMillis: options.nowMillis ?? Date.now };
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: keepAliveMillis }, (request, response) => {
    void serve(request, response, context, settings);
  });
  return serveOnLoopback(server, options.port, folder.release);
};

type Settings = { readonly credentials: Credentials; nowMillis(): number };

const serve = async (
  message: IncomingMessage,
  response: ServerResponse,
  context: S3Context,
  settings: Settings,
): Promise<void> => {
  let requestId = newRequestId();
  let corsHeaders: Readonly<Record<string, string>> = {};
  const run = async (): Promise<S3Reply> => {
    const request = parseRequest(message, settings.nowMillis());
    requestId = request.requestId;
    if (request.method === 'OPTIONS') return answerPreflight(request, context.store);
    corsHeaders = corsHeadersOf(request, context.store);
    const accessKeyId = checkSignature(request, settings.credentials);
    checkListing(request, accessKeyId);
    checkBypass(request, accessKeyId);
    try {
      return await routeOf(request)(request, context);
    } catch (error) {
      throw asSeenBy(accessKeyId, request, error);
    }
  };
  const reply = await run().catch((error: unknown) => errorReply(error, message, requestId));
  const headers = { ...reply.headers, ...corsHeaders };
  await send(message, response, { ...reply, headers }, requestId).catch(() => response.destroy());
};

const errorReply = (error: unknown, message: IncomingMessage, requestId: string): S3Reply => {
  const known =
    error instanceof S3Error
      ? error
      : new S3Error('InternalError', 'We encountered an internal error. Please try again.');
  if (known !== error && !message.destroyed) console.error('The local S3 failed:', error);
  const Resource = (message.url ?? '').split('?')[0];
  const body = toXml('Error', { Code: known.code, Message: known.message, Resource, RequestId: requestId });
  return { status: known.status, headers: known.headers, body };
};

const send = async (
  message: IncomingMessage,
  response: ServerResponse,
  reply: S3Reply,
  requestId: string,
): Promise<void> => {
  const { status, headers = {}, body = '' } = reply;
  response.setHeader('x-amz-request-id', requestId);
  response.setHeader('x-amz-id-2', requestId);
  response.setHeader('server', 'AmazonS3');
  if (typeof body === 'string' && body !== '') response.setHeader('content-type', 'application/xml');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, headerText(value));
  if (typeof body === 'string' && !response.hasHeader('content-length') && status !== 204 && status !== 304)
    response.setHeader('content-length', message.method === 'HEAD' ? 0 : Buffer.byteLength(body));
  response.writeHead(status);
  message.resume(); // an unread rest of the body would block the connection
  if (body instanceof Readable) await pipeline(body, response);
  else response.end(message.method === 'HEAD' ? '' : body);
};

/** Header values are bytes: text beyond Latin-1 goes out as UTF-8, control characters are dropped. */
const headerText = (value: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to drop
  const printable = value.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, '');
  return /[\u0100-\uffff]/.test(printable) ? Buffer.from(printable, 'utf8').toString('latin1') : printable;
};

const notifier =
  (listener: S3Options['onObjectCreated']): S3Context['notify'] =>
  (event) => {
    try {
      listener?.(event);
    } catch (error) {
      console.error('The listener of created objects failed:', error);
    }
  };
