/** Answers on connections whose input is not HTTP. */
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { methodNotSupported, type PlainError, plainErrorFor } from './plain-errors.ts';

/** How long a refused client may take to read its refusal. */
const lingerMillis = 2000;

/** Answers on a bare socket and closes it; bytes that still arrive are thrown away, so that the answer is not reset. */
const refuse = (socket: Socket, error: PlainError): void => {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status, contentType, body } = error;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.on('error', () => {});
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), lingerMillis).unref();
  socket.on('close', () => clearTimeout(timer));
};

/** Makes `server` answer an error to bytes that it cannot read; an answer that is under way is finished first. */
export const refuseBrokenConnections = (server: Server): void => {
  const answering = new WeakMap<Socket, ServerResponse>();
  /** The parser may report later bytes again after its first error. */
  const refused = new WeakSet<Socket>();
  const remember = (request: IncomingMessage, response: ServerResponse): void => {
    answering.set(request.socket, response);
    response.on('close', () => answering.delete(request.socket));
  };
  server.prependListener('request', remember);
  server.prependListener('checkContinue', remember);
  server.prependListener('checkExpectation', remember);
  server.on('connect', (_, socket) => refuse(socket as Socket, methodNotSupported));
  server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket;
    if (refused.has(socket)) return;
    refused.add(socket);
    const response = answering.get(socket);
    const isAboutLaterBytes = response !== undefined && (response.req.complete || response.headersSent);
    if (isAboutLaterBytes) response.on('close', () => refuse(socket, plainErrorFor(error.code)));
    else refuse(socket, plainErrorFor(error.code));
  });
};
