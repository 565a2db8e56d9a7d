/** Reads request bodies up to the limit of API Gateway. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** API Gateway's limit on a request payload, 10 MB. */
const requestLimitBytes = 10_485_760;
/** Of a body that is too large, this much is thrown away so that the client gets to read the refusal. */
const drainLimitBytes = 67_108_864;

/** Whether the announced length alone is a reason to refuse. */
export const announcesTooMuch = (request: IncomingMessage): boolean =>
  Number(request.headers['content-length'] ?? 0) > requestLimitBytes;

/** The whole body; undefined when it is above the limit, rejects when the client leaves. */
export const readBody = (request: IncomingMessage): Promise<Buffer | undefined> =>
  new Promise((resolve, reject) => {
    if (announcesTooMuch(request)) return resolve(undefined);
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > requestLimitBytes) return resolve(undefined);
      chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The client left')));
  });

/** A request without either header has no body (RFC 9112, 6.3). */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

/** Lets the rest of a refused body flow away, then closes the connection with the answer. */
export const discardBody = (request: IncomingMessage, response: ServerResponse): void => {
  if (request.complete || !hasBody(request)) return;
  response.setHeader('Connection', 'close');
  let size = 0;
  request.removeAllListeners('data');
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > drainLimitBytes) request.destroy();
  });
  request.resume();
};
