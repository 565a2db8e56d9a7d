/** Sends answers to the client: whole ones, streamed ones with back-pressure, and the cuts that the platform makes. */
import type { ServerResponse } from 'node:http';
import type { Reply } from '../lambda/runtime-api.ts';
import type { AnswerHead } from './answer.ts';

/** Lambda's limit on a streamed answer, 200 MB. */
const streamedAnswerLimitBytes = 209_715_200;

/** Statuses without a body: framing headers of the function would contradict the message. */
const hasNoBody = (status: number): boolean => status === 204 || status === 304 || status < 200;

/** Writes status and headers. @throws TypeError for names or values that HTTP does not allow. */
export const sendHead = (response: ServerResponse, head: AnswerHead): void => {
  for (const [name, values] of head.headers) {
    if (name.toLowerCase() === 'content-length' && hasNoBody(head.status)) continue;
    response.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  }
  // A Content-Length of the function that its body does not keep is an error, not a corrupted connection.
  response.strictContentLength = true;
  response.writeHead(head.status);
};

const contentLength = (body: Buffer): readonly [string, string[]] => ['Content-Length', [String(body.length)]];

/** Sends a whole body. The answer to a HEAD request has no body. */
export const sendWhole = (response: ServerResponse, head: AnswerHead, body: Buffer): void => {
  const headers = head.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  const length = hasNoBody(head.status) ? [] : [contentLength(body)];
  sendHead(response, { status: head.status, headers: [...headers, ...length] });
  response.end(hasNoBody(head.status) || response.req.method === 'HEAD' ? undefined : body);
};

/**
 * Streams the rest of a reply, no faster than the client reads. Resolves when the function has finished or is gone.
 * A function that fails on the way, or an answer above the limit, cuts the connection, so that no client takes a part
 * for the whole. A client that leaves does not stop the function, which is told by a `close` of its stream; what it still
 * writes is thrown away. AWS tells nothing so far (aws-lambda-nodejs-runtime-interface-client, issue 145): there, all is
 * thrown away.
 */
export const sendStream = (
  response: ServerResponse,
  reply: Reply,
  limitBytes: number = streamedAnswerLimitBytes,
): Promise<void> =>
  new Promise((resolve) => {
    const { body } = reply;
    let sentBytes = 0;
    let isCut = false;
    const isOpen = (): boolean => !response.destroyed && !response.writableEnded;
    const cut = (): void => {
      isCut = true;
      response.destroy();
      body.resume();
    };
    const write = (chunk: Buffer): void => {
      sentBytes += chunk.length;
      if (sentBytes > limitBytes) cut();
      else if (!response.write(chunk)) body.pause();
    };
    body.on('data', (chunk: Buffer) => {
      if (!isOpen()) return;
      try {
        write(chunk);
      } catch {
        cut(); // More bytes than the function's own Content-Length promised.
      }
    });
    response.on('drain', () => body.resume());
    response.on('close', () => {
      if (!isCut && !response.writableFinished) reply.clientLeft();
      body.resume();
    });
    body.on('end', () => {
      if (reply.failure()) cut();
      else endStrictly(response);
      resolve();
    });
    body.on('close', () => {
      if (!body.complete) cut();
      resolve();
    });
    if (response.req.method === 'HEAD') response.end();
    else sendHeadNow(response);
    if (body.destroyed) return resolve(cut());
    body.resume();
  });

/** `flushHeaders` of Node writes the head as UTF-8: bytes above 7F in header values would become two each. */
const sendHeadNow = (response: ServerResponse): void => void response.write(Buffer.alloc(0));

/** Ends the answer; with fewer bytes than its Content-Length promised, the connection is cut instead. */
const endStrictly = (response: ServerResponse): void => {
  try {
    response.end();
  } catch {
    response.destroy();
  }
};
