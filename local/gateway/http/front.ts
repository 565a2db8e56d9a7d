/** The HTTP front: the work of API Gateway between a socket and a function. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FunctionFault } from '../lambda/fault.ts';
import type { LambdaFunction } from '../lambda/pool.ts';
import type { Reply } from '../lambda/runtime-api.ts';
import type { Log } from '../lambda/worker.ts';
import { TwinError } from '../twin-error.ts';
import { type AnswerHead, readBufferedAnswer, readStreamedHead } from './answer.ts';
import { refuseBrokenConnections } from './broken-connections.ts';
import type { GatewayResponses, GatewayResponseType } from './gateway-responses.ts';
import { isLoopbackHost } from './host.ts';
import {
  bodyTooLarge,
  headersTooLarge,
  hostForeign,
  hostMissing,
  type PlainError,
  targetNotReadable,
} from './plain-errors.ts';
import { type ApiIdentity, createProxyEvent, type RequestFacts } from './proxy-event.ts';
import { announcesTooMuch, discardBody, readBody } from './request-body.ts';
import { createFacts, headerBytes, splitTarget } from './request-facts.ts';
import type { Match, Router } from './routes.ts';
import { sendHead, sendStream, sendWhole } from './send.ts';

/** Lambda's limit on an event, the base64 body included. */
const eventLimitBytes = 6_291_456;
/** API Gateway's limit on the request line and all headers together. */
const headerLimitBytes = 10_240;

/** Paths of the twin itself, which no stage has; undefined = there is no such path. */
export type OwnRoutes = (
  request: IncomingMessage,
  path: string,
) => Promise<{ readonly status: number; readonly document: unknown }> | undefined;

export type FrontOptions = {
  readonly port: number;
  readonly api: ApiIdentity;
  readonly router: Router;
  readonly responses: GatewayResponses;
  /** The function of a route, by logical id. */
  functionOf(functionId: string): LambdaFunction;
  nowMillis(): number;
  /** Called with the reason if an integration gave no answer. The client does not see it. */
  readonly log: Log;
  /** Told of each answer that began, for metrics. */
  readonly onAnswer?: ((status: number, millis: number) => void) | undefined;
  /** What GET /_twin/alarms answers. API Gateway has no such path. */
  readonly alarms?: (() => unknown) | undefined;
  /** Answers other paths below /_twin/. */
  readonly own?: OwnRoutes | undefined;
};
export type Front = { readonly url: string; close(): Promise<void> };

type Header = AnswerHead['headers'][number];

/** An integration that did not answer in time; the function itself runs on. */
class IntegrationTimeout extends Error {
  override readonly name = 'IntegrationTimeout';
}

/** A limit of `millis` whose time begins with the first call of `begin`. */
const createTimeLimit = (millis: number) => {
  let beganMillis: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => {});
  return {
    begin: (): void => {
      if (beganMillis !== undefined) return;
      beganMillis = performance.now();
      timer = setTimeout(() => late.reject(new IntegrationTimeout()), millis);
    },
    /** Rejects when the time is over; a reply that comes later is read to its end, since the function runs on. */
    hold: async (reply: Promise<Reply>): Promise<Reply> => {
      try {
        return await Promise.race([reply, late.promise]);
      } catch (error) {
        reply.then(({ body }) => body.resume()).catch(() => {});
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    leftMillis: (): number =>
      beganMillis === undefined ? millis : Math.max(0, millis - (performance.now() - beganMillis)),
  };
};

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name} ${error.message}` : String(error);

type GatewayRefusal = { readonly type: GatewayResponseType; readonly message?: string; readonly status?: number };

/** API Gateway's answer if the integration gave none. It does not reveal the fault. */
const refusalFor = (error: unknown, isStreaming: boolean): GatewayRefusal => {
  if (error instanceof IntegrationTimeout) return { type: 'INTEGRATION_TIMEOUT' };
  const isThrottled = error instanceof FunctionFault && error.errorType === 'TooManyRequestsException';
  if (isThrottled) return { type: 'DEFAULT_5XX', status: 500 };
  const isFault = error instanceof FunctionFault && !isStreaming;
  return { type: isFault ? 'INTEGRATION_FAILURE' : 'DEFAULT_5XX', message: 'Internal server error', status: 502 };
};

/** Of the twin itself, for people. */
const ownPaths = '/_twin/';
const alarmsPath = `${ownPaths}alarms`;
const jsonHeaders: Header[] = [
  ['Content-Type', ['application/json']],
  ['Cache-Control', ['no-store']],
];

const createHandler = (options: FrontOptions) => {
  const { api, log, responses, router } = options;

  const refuse = (
    response: ServerResponse,
    facts: RequestFacts,
    type: GatewayResponseType,
    extra: { message?: string; status?: number } = {},
  ): void => {
    if (response.headersSent || response.destroyed) return void response.destroy();
    for (const name of response.getHeaderNames()) if (!name.startsWith('x-amz')) response.removeHeader(name);
    discardBody(response.req, response);
    const context = {
      requestId: facts.requestId,
      extendedRequestId: facts.extendedRequestId,
      path: facts.rawPath,
      httpMethod: response.req.method ?? '',
      stage: api.stage,
      apiId: api.apiId,
      accountId: api.accountId,
      'identity.sourceIp': facts.sourceIp,
      ...(extra.message === undefined ? {} : { 'error.message': extra.message }),
    };
    const rendered = responses.render(type, context, extra.status);
    response.setHeader('x-amzn-ErrorType', type);
    const headers = rendered.headers.map(([name, value]): Header => [name, [value]]);
    sendWhole(response, { status: rendered.status, headers }, Buffer.from(rendered.body));
  };

  const refusePlainly = (response: ServerResponse, error: PlainError): void => {
    discardBody(response.req, response);
    const headers: Header[] = [['Content-Type', [error.contentType]]];
    sendWhole(response, { status: error.status, headers }, Buffer.from(error.body));
  };

  const sendJson = (response: ServerResponse, status: number, document: unknown): void => {
    discardBody(response.req, response);
    sendWhole(response, { status, headers: jsonHeaders }, Buffer.from(JSON.stringify(document, undefined, 2)));
  };

  const answerStreamed = async (response: ServerResponse, reply: Reply): Promise<void> => {
    const head = await readStreamedHead(reply).catch((error: unknown) => {
      reply.body.resume();
      throw error;
    });
    try {
      sendHead(response, head);
    } catch (error) {
      reply.body.resume();
      throw error;
    }
    await sendStream(response, reply);
  };

  const answerBuffered = async (response: ServerResponse, reply: Reply): Promise<void> => {
    const { head, body } = await readBufferedAnswer(reply);
    sendWhole(response, head, body);
  };

  const integrate = async (match: Match, event: string, facts: RequestFacts, response: ServerResponse) => {
    const { functionId, isStreaming, timeoutMillis } = match.route;
    // The start of a process is no part of the time: on AWS it is a small one, here the machine may be busy.
    const limit = createTimeLimit(timeoutMillis);
    const reply = await limit.hold(options.functionOf(functionId).invoke(event, facts.traceId, limit.begin));
    const cutTimer = setTimeout(() => {
      reply.body.resume();
      if (response.headersSent) response.destroy();
      else refuse(response, facts, 'INTEGRATION_TIMEOUT');
    }, limit.leftMillis());
    response.on('close', () => clearTimeout(cutTimer));
    await (isStreaming ? answerStreamed(response, reply) : answerBuffered(response, reply));
  };

  const serve = async (request: IncomingMessage, response: ServerResponse, mayContinue: boolean): Promise<void> => {
    const bare = createFacts(request, options.nowMillis());
    response.setHeader('x-amzn-RequestId', bare.requestId);
    response.setHeader('x-amz-apigw-id', bare.extendedRequestId);
    if (headerBytes(request) > headerLimitBytes) return refusePlainly(response, headersTooLarge);
    if (request.headers.host === undefined && request.httpVersion === '1.1')
      return refusePlainly(response, hostMissing);
    if (!isLoopbackHost(request.headers.host)) return refusePlainly(response, hostForeign);
    const target = splitTarget(request.url ?? '');
    if (!target) return refusePlainly(response, targetNotReadable);
    const facts: RequestFacts = { ...bare, ...target };
    if (options.alarms && request.method === 'GET' && facts.rawPath === alarmsPath)
      return sendJson(response, 200, options.alarms());
    const own = facts.rawPath.startsWith(ownPaths) ? await options.own?.(request, facts.rawPath) : undefined;
    if (own) return sendJson(response, own.status, own.document);
    const match = router.match(request.method ?? '', facts.rawPath);
    if (!match) return refuse(response, facts, 'MISSING_AUTHENTICATION_TOKEN');
    if (announcesTooMuch(request)) return refusePlainly(response, bodyTooLarge);
    if (mayContinue) response.writeContinue();
    const body = await readBody(request);
    if (!body) return refusePlainly(response, bodyTooLarge);
    const event = createProxyEvent(request, body, match, facts, api);
    if (Buffer.byteLength(event) > eventLimitBytes) return refusePlainly(response, bodyTooLarge);
    await integrate(match, event, facts, response).catch((error: unknown) => {
      log({ source: 'gateway', stream: 'stderr', line: `${request.method} ${facts.rawPath}: ${describe(error)}` });
      const { type, ...extra } = refusalFor(error, match.route.isStreaming);
      refuse(response, facts, type, extra);
    });
  };

  return (mayContinue: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    const startMillis = options.nowMillis();
    const countAnswer = () => options.onAnswer?.(response.statusCode, options.nowMillis() - startMillis);
    // API Gateway would not see these.
    if (!request.url?.startsWith(ownPaths)) response.once('finish', countAnswer);
    response.on('error', () => {});
    serve(request, response, mayContinue).catch(() => response.destroy());
  };
};

const listen = async (server: Server, port: number): Promise<void> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new TwinError(`Port ${port} is in use. Fix: stop what listens there, or set PORT to a free port.`);
  });
};

/** Long, as a gateway keeps it: a client that reuses a connection in the moment of its end would see it break. */
const keepAliveMillis = 75_000;

/** Serves the REST API on 127.0.0.1. `close` cuts open requests. */
export const startFront = async (options: FrontOptions): Promise<Front> => {
  const handler = createHandler(options);
  // Larger than API Gateway's limit, so that requests in between get API Gateway's refusal.
  const limits = {
    maxHeaderSize: 65_536,
    requestTimeout: 60_000,
    headersTimeout: 20_000,
    requireHostHeader: false,
    keepAliveTimeout: keepAliveMillis,
  };
  const server = createServer(limits, handler(false));
  server.on('checkContinue', handler(true));
  server.on('checkExpectation', handler(false));
  refuseBrokenConnections(server);
  await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
