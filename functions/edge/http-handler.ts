/** Wraps a handler of plain requests for Lambda: one streamed answer, one form of error, one log line per request. */
import { Readable } from 'node:stream';
import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import { executionModeStreamifyResponse } from '@middy/core/executionModeStreamifyResponse';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { jsonApiMediaType } from '../../shared/config/names.ts';
import { toErrorReply } from '../../shared/errors/error-document.ts';
import type { Headers } from '../../shared/upstream/upstream.ts';
import { type HttpRequest, toHttpRequest } from './http-request.ts';

export type HttpReply = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array | Readable | undefined;
};

/** Facts about the request for its log line. Nothing secret belongs in here. */
type Facts = Record<string, unknown>;

export const logger = new Logger();

/** A JSON:API document as a reply. */
export const documentReply = (status: number, document: unknown, headers: Headers = []): HttpReply => ({
  status,
  headers: [['content-type', jsonApiMediaType], ['cache-control', 'no-store'], ...headers],
  body: Buffer.from(JSON.stringify(document)),
});

const errorReply = (error: unknown, requestId: string): HttpReply => {
  const { status, document, retryAfterSeconds } = toErrorReply(error, requestId);
  return documentReply(
    status,
    document,
    retryAfterSeconds === undefined ? [] : [['retry-after', String(retryAfterSeconds)]],
  );
};

const multiValue = (headers: Headers): Record<string, string[]> => {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of headers) grouped.set(name, [...(grouped.get(name) ?? []), value]);
  return Object.fromEntries(grouped);
};

const toStream = (body: HttpReply['body']): Readable | '' => {
  if (body === undefined) return '';
  return body instanceof Uint8Array ? Readable.from(body.byteLength > 0 ? [body] : []) : body;
};

const log = (request: HttpRequest, reply: HttpReply, startMillis: number, facts: Facts, error: unknown): void => {
  const line = {
    requestId: request.requestId,
    method: request.method,
    route: request.route,
    status: reply.status,
    millis: Date.now() - startMillis,
    ...facts,
  };
  if (reply.status < 500) logger.info('request', line);
  else logger.error('request failed', { ...line, ...(error === undefined ? {} : { error: error as Error }) });
};

export type Handle = (request: HttpRequest, facts: Facts) => Promise<HttpReply>;

/**
 * @param publicUrl configured base URL of the facade; empty = taken from each request.
 * @param handle answers a request or throws; what it throws becomes a JSON:API error, and what it does not know INTERNAL.
 */
export const httpHandler = (publicUrl: string, handle: Handle) =>
  middy<APIGatewayProxyEvent, object>({
    executionMode: executionModeStreamifyResponse,
    timeoutEarlyInMillis: 0,
  }).handler(async (event: APIGatewayProxyEvent, context: Context) => {
    const startMillis = Date.now();
    const facts: Facts = {};
    const request = toHttpRequest(event, context, publicUrl);
    let failure: unknown;
    const reply = await handle(request, facts).catch((error: unknown) => {
      failure = error;
      return errorReply(error, request.requestId);
    });
    log(request, reply, startMillis, facts, failure);
    const body = toStream(reply.body);
    // The status is out by then: all that is left is to break off, and to say so in the log.
    if (body) body.once('error', (error) => logger.error('answer broke off', { requestId: request.requestId, error }));
    return {
      statusCode: reply.status,
      multiValueHeaders: multiValue([...reply.headers, ['x-request-id', request.requestId]]),
      body,
    };
  });
