/** Wraps a handler of plain requests for Lambda: one streamed answer, one form of error, one log line per request. */
import { Readable } from 'node:stream';
import middy from '@middy/core';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { jsonApiMediaType, variables } from '../../shared/config/names.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { toErrorReply } from '../../shared/errors/error-document.ts';
import type { AnsweredRequest, Decision } from '../../shared/exchange/decision.ts';
import type { Headers } from '../../shared/http/headers.ts';
import { settle, type Work } from './background.ts';
import { type Cors, createCors } from './cors.ts';
import { createDelivery, type Delivery, type ResponseStream, streamedAnswers, watchDelivery } from './delivery.ts';
import { withFacadeEvents } from './facade-events.ts';
import { gatewayRequestIdOf, type HttpRequest, requestIdOf, toHttpRequest } from './http-request.ts';
import { logger } from './logger.ts';
import { createRequestMetrics } from './metrics.ts';
import { putMetrics } from './put-metrics.ts';

export type HttpReply = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array | Readable | undefined;
};

/** Facts about the request for its log line, its metrics and its record. They must not be secret. */
export type Facts = Decision & Record<string, unknown>;

const metrics = createRequestMetrics({
  // Not the physical name, which dashboards would have to look up.
  functionName: process.env.POWERTOOLS_SERVICE_NAME?.replace(/^signals-facade-/, '') ?? 'unknown',
  nowMillis: Date.now,
  put: putMetrics,
});

/** A JSON:API document as a reply. */
export const documentReply = (status: number, document: unknown, headers: Headers = []): HttpReply => ({
  status,
  headers: [['content-type', jsonApiMediaType], ['cache-control', 'no-store'], ...headers],
  body: Buffer.from(JSON.stringify(document)),
});

const errorReply = (error: unknown, request: HttpRequest): HttpReply & { readonly errorCode: ErrorCode } => {
  const { code, status, document, headers } = toErrorReply(error, request);
  return { ...documentReply(status, document, headers), errorCode: code };
};

const multiValue = (headers: Headers): Record<string, string[]> => {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const values = grouped.get(name);
    if (values) values.push(value);
    else grouped.set(name, [value]);
  }
  return Object.fromEntries(grouped);
};

type Answered = HttpReply & { readonly errorCode?: ErrorCode };

/** Read for each line, as Powertools reads its own. */
const isLean = (): boolean => process.env[variables.logs] !== 'full';

/** An answer out of the cache that made no call and waited for nothing. */
const isPlainHit = (status: number, { cacheStatus, sends, quota, refusal }: Decision): boolean =>
  status < 400 && /^hit\b/.test(cacheStatus ?? '') && !sends && !quota && !refusal;

/** The formatter then leaves out trace and service, which say nothing of a hit that the other fields do not. */
const shortLine = { traceId: null };

/**
 * The facts in the log line of a request. With lean logs (docs/configuration.md, `logs`), a hit of the cache has only those that a saved
 * query, docs/what-if.md or a search by id reads: hits are most of all requests, and each byte of a line is billed.
 * @param reply status, and code of the facade's own error. @param millis until the answer began.
 */
export const requestLine = (
  request: Pick<HttpRequest, 'requestId' | 'method' | 'route'>,
  reply: { readonly status: number; readonly errorCode?: string | undefined },
  millis: number,
  { incarnation: _, ...facts }: Decision & Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const { requestId, method, route } = request;
  const { status, errorCode } = reply;
  if (!isLean() || !isPlainHit(status, facts))
    return { requestId, method, route, status, ...(errorCode === undefined ? {} : { errorCode }), millis, ...facts };
  const { gatewayRequestId, consumer, operation, cacheClass, credential, cacheStatus } = facts;
  return {
    ...{ requestId, gatewayRequestId, status, millis, consumer, operation, cacheClass, credential, cacheStatus },
    ...shortLine,
  };
};

const log = (request: HttpRequest, reply: Answered, startMillis: number, facts: Facts, error: unknown): void => {
  const line = requestLine(request, reply, Date.now() - startMillis, facts);
  if (reply.status < 500) logger.info('request', line);
  else logger.error('request failed', { ...line, ...(error === undefined ? {} : { error: error as Error }) });
};

type StreamingHandler = (event: APIGatewayProxyEvent, stream: ResponseStream, context: Context) => Promise<unknown>;

export const reportCut = (requestId: string, takenBytes: number): void => {
  logger.warn('answer cut', { requestId, takenBytes });
  putMetrics({ AnswersCut: 1 });
};

const defaultSlowReaderSeconds = 30;

export type Handle = (request: HttpRequest, facts: Facts) => Promise<HttpReply>;

/**
 * Work that must not delay an answer: awaited after it has left. A streaming function is frozen when its handler is
 * done, not when its stream ends (AWS Compute Blog, Running code after returning a response). Must not throw.
 */
export type AfterAnswer = (answered: AnsweredRequest) => Promise<void>;

/** The edge's settings in the environment of a function. */
type EdgeSettings = {
  /** Configured base URL of the facade; empty = taken from each request. */
  readonly PUBLIC_URL: string;
  readonly CORS_ORIGINS?: readonly string[] | undefined;
  readonly ADDED_HEADERS?: readonly string[] | undefined;
  /** How long a caller may read less than 16 KiB/s before its answer is cut. */
  readonly SLOW_READER_SECONDS?: number | undefined;
};

/** By event, because middy passes the same event to the handler and to its hooks. */
type Endings = WeakMap<object, () => Promise<void>>;
type Begun = { readonly stream: ResponseStream; readonly startedAtMillis: number };
type Beginnings = WeakMap<object, Begun>;

const answer = async (
  event: APIGatewayProxyEvent,
  context: Context,
  startedAtMillis: number,
  publicUrl: string,
  cors: Cors | undefined,
  handle: Handle,
): Promise<{ response: object; delivery: Delivery; ended: () => AnsweredRequest; settled: () => Promise<void> }> => {
  const works: Work[] = [];
  const facts: Facts = { gatewayRequestId: gatewayRequestIdOf(event) };
  const request: HttpRequest = {
    ...toHttpRequest(event, context, publicUrl, startedAtMillis),
    background: (work, mostMillis) => void works.push({ work, mostMillis }),
  };
  const { requestId, method } = request;
  let failure: unknown;
  const run = async (): Promise<HttpReply> => {
    const preflight = cors?.answerPreflight(request);
    if (preflight) {
      facts.preflight = preflight.headers.length > 0 ? 'granted' : 'refused';
      return preflight;
    }
    return handle(request, facts);
  };
  const reply: Answered = await run().catch((error: unknown) => {
    failure = error;
    return errorReply(error, request);
  });
  const answeredAtMillis = Date.now();
  log(request, reply, startedAtMillis, facts, failure);
  const delivery = createDelivery(reply.body);
  const { body } = delivery;
  // The status has been sent, so the answer can only break off, with a log line.
  if (body instanceof Readable) body.once('error', (error) => logger.error('answer broke off', { requestId, error }));
  const { status, headers, errorCode } = reply;
  const sent: Headers = [...headers, ['x-request-id', requestId]];
  const multiValueHeaders = multiValue(cors?.complete(request, sent) ?? sent);
  return {
    response: { statusCode: status, multiValueHeaders, body },
    delivery,
    ended: () => ({
      ...{ requestId, method, status, errorCode, startedAtMillis, answeredAtMillis, endedAtMillis: Date.now() },
      bodyBytes: delivery.sentBytes(),
      decision: facts,
    }),
    settled: async () => {
      if (works.length > 0) await settle(works);
    },
  };
};

/**
 * @param settings the environment of the function, or only the configured base URL: then no page may call from a
 * browser.
 * @param handle answers a request or throws. An error becomes a JSON:API error; an unknown one becomes INTERNAL.
 */
export const httpHandler = (settings: EdgeSettings | string, handle: Handle, afterAnswer?: AfterAnswer) => {
  const {
    PUBLIC_URL,
    CORS_ORIGINS = [],
    ADDED_HEADERS,
    SLOW_READER_SECONDS = defaultSlowReaderSeconds,
  }: EdgeSettings = typeof settings === 'string' ? { PUBLIC_URL: settings } : settings;
  const cors = createCors(CORS_ORIGINS, ADDED_HEADERS);
  const endings: Endings = new WeakMap();
  const beginnings: Beginnings = new WeakMap();
  const handler = middy<APIGatewayProxyEvent, object>({
    executionMode: streamedAnswers,
    timeoutEarlyInMillis: 0,
    requestEnd: ({ event }) => endings.get(event as object)?.(),
  }).handler(async (event: APIGatewayProxyEvent, context: Context) => {
    const { stream, startedAtMillis } = beginnings.get(event) as Begun;
    const { response, delivery, ended, settled } = await answer(
      event,
      context,
      startedAtMillis,
      PUBLIC_URL,
      cors,
      handle,
    );
    const stopWatch = watchDelivery(delivery, stream, SLOW_READER_SECONDS, (takenBytes) =>
      reportCut(ended().requestId, takenBytes),
    );
    endings.set(event, async () => {
      stopWatch();
      const answered = ended();
      metrics.count(answered);
      // Upstream sends belong to the decision about the request.
      await settled();
      await afterAnswer?.(answered);
    });
    return response;
  }) as unknown as StreamingHandler;
  // middy does not expose the response stream, and only the stream shows whether the caller reads.
  return awslambda.streamifyResponse(async (event: APIGatewayProxyEvent, stream, context) => {
    const startedAtMillis = Date.now();
    beginnings.set(event, { stream, startedAtMillis });
    const requestId = requestIdOf(context.awsRequestId, startedAtMillis);
    await withFacadeEvents(requestId, () => handler(event, stream, context));
  });
};
