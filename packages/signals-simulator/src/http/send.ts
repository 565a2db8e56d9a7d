/** Writes a reply to the wire: JSON once, gzip where it pays and is wanted, downloads chunk by chunk. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, gzipSync } from 'node:zlib';
import { errorDocument, errorMembers, type SignalsError } from '../errors.ts';
import type { Content } from '../tenant/model.ts';
import { jsonApi, type Reply } from './reply.ts';

const gzipAboveBytes = 1024;

const acceptsGzip = (request: IncomingMessage) =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(request.headers['accept-encoding'] ?? ''));

/** Resolves when the socket has room again, or is closed. */
const roomIn = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });

const sendContent = async (response: ServerResponse, content: Content) => {
  for (const chunk of content.chunks()) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await roomIn(response);
  }
  response.end();
};

export interface SendOptions {
  readonly gzip: boolean;
}

const sendDocument = (request: IncomingMessage, response: ServerResponse, reply: Reply, options: SendOptions) => {
  const text = JSON.stringify(reply.document);
  const plain = Buffer.from(text);
  const isPacked = options.gzip && plain.byteLength > gzipAboveBytes && acceptsGzip(request);
  const bytes = isPacked ? gzipSync(plain, { level: constants.Z_BEST_SPEED }) : plain;
  response.writeHead(reply.status, {
    'content-type': reply.mediaType ?? jsonApi,
    'content-length': bytes.byteLength,
    ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    ...(options.gzip ? { vary: 'Accept-Encoding' } : {}),
    ...reply.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
};

/** Sends the reply; a HEAD gets the same headers and no body. */
export const sendReply = async (
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  options: SendOptions,
): Promise<void> => {
  if (reply.content !== undefined) {
    const { content } = reply;
    response.writeHead(reply.status, {
      'content-type': content.mediaType,
      'content-length': content.sizeBytes,
      ...reply.headers,
    });
    if (request.method === 'HEAD') response.end();
    else await sendContent(response, content);
    return;
  }
  if (reply.document !== undefined) return sendDocument(request, response, reply, options);
  response.writeHead(reply.status, { ...(reply.status === 204 ? {} : { 'content-length': 0 }), ...reply.headers });
  response.end();
};

/** An error as the tenant words it; 401 is a bare object unless `isWrapped`. */
export const errorReply = (error: SignalsError, isWrapped: boolean): Reply => ({
  status: error.status,
  document: error.status === 401 && !isWrapped ? errorMembers(error) : errorDocument(error),
});
