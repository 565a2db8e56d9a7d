/** KMS of the twin over AWS JSON 1.1: symmetric keys, and keys that sign on the curve P-256. Requests are not checked for signatures. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { type Emulator, serveOnLoopback } from '../loopback.ts';
import { claimFolder } from '../state-folder.ts';
import { type KeyStore, openKeyStore } from './key-store.ts';
import { KmsError } from './kms-error.ts';
import { operations } from './operations.ts';

/**
 * Starts KMS on 127.0.0.1. Keys live in `stateDir/keys.json`, readable by the owner only, or in memory without it.
 * Rotation is performed on demand only; the yearly one is recorded. @throws Error EADDRINUSE when the port is taken.
 */
export const startKms = async (
  options: { readonly stateDir?: string | undefined; readonly port?: number | undefined } = {},
): Promise<Emulator> => {
  const release = claimFolder(options.stateDir);
  const store = openKeyStore(options.stateDir);
  const server = createServer((request, response) => void answer(store, request, response));
  return serveOnLoopback(server, options.port, release);
};

const answer = async (store: KeyStore, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  try {
    reply(response, 200, await run(store, request));
  } catch (error) {
    if (error instanceof KmsError) return reply(response, 400, { __type: error.code, message: error.message });
    reply(response, 500, { __type: 'KMSInternalException', message: 'The request could not be answered' });
  }
};

const run = async (store: KeyStore, request: IncomingMessage): Promise<object> => {
  const name = String(request.headers['x-amz-target']).replace(/^TrentService\./, '');
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  const input = await json(request).catch(() => undefined);
  if (!operation) throw new KmsError('UnknownOperationException', `The twin has no KMS operation ${name}`);
  if (input === undefined) throw new KmsError('SerializationException', 'The body is not JSON');
  return operation(store, input);
};

const reply = (response: ServerResponse, status: number, document: object): void => {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() };
  response.writeHead(status, headers).end(JSON.stringify(document));
};
