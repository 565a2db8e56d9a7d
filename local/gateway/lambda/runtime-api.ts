/** The Lambda Runtime API (2018-06-01) of one function process, over HTTP on loopback. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FunctionFault } from './fault.ts';

export type Invocation = {
  readonly requestId: string;
  /** The event as JSON. */
  readonly payload: string;
  /** Epoch milliseconds after which the process is killed. */
  readonly deadlineMillis: number;
  readonly functionArn: string;
  readonly traceId: string;
};

/** A function's answer while it arrives. The receiver must read the body to its end, or discard it by `resume`. */
export type Reply = {
  readonly isStreaming: boolean;
  readonly contentType: string;
  readonly body: IncomingMessage;
  /** Signals to the process that its answer is no longer read. The rest of the answer must still be drained. */
  clientLeft(): void;
  /** After the body ended: the error that a streaming handler threw on the way (it travels in trailers). */
  failure(): FunctionFault | undefined;
};

export type RuntimeApi = {
  /** host:port for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Hands over one invocation; only while the process waits for one. */
  dispatch(invocation: Invocation): Promise<Reply>;
  /** Fails all invocations in flight and stops listening. */
  close(fault: FunctionFault): void;
};

type Pending = { readonly resolve: (reply: Reply) => void; readonly reject: (fault: FunctionFault) => void };

const readText = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

const parseFault = (kind: 'error' | 'init', text: string): FunctionFault => {
  const { errorType = 'Error', errorMessage = 'unknown' } = JSON.parse(text || '{}') as Record<string, string>;
  return new FunctionFault(kind, errorType, errorMessage);
};

const trailerFault = (request: IncomingMessage): FunctionFault | undefined => {
  const type = request.trailers['lambda-runtime-function-error-type'];
  if (type === undefined) return undefined;
  const body = request.trailers['lambda-runtime-function-error-body'] ?? '';
  return parseFault('error', Buffer.from(body, 'base64').toString());
};

const invocationHeaders = (invocation: Invocation) => ({
  'content-type': 'application/json',
  'lambda-runtime-aws-request-id': invocation.requestId,
  'lambda-runtime-deadline-ms': String(invocation.deadlineMillis),
  'lambda-runtime-invoked-function-arn': invocation.functionArn,
  'lambda-runtime-trace-id': invocation.traceId,
});

const accept = (response: ServerResponse): void => {
  response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
};

/** How long an answer may stay behind the request for the next invocation, on a machine that may be busy. */
const overtakenMillis = 60_000;

/** The path of an answer: its invocation, and what it is. */
const answerPath = /\/invocation\/([^/]+)\/(response|error)$/;

/**
 * Starts the API for one process. `onIdle` is called each time the process asks for its next invocation,
 * `onInitError` when its module failed to load.
 */
export const startRuntimeApi = async (
  events: {
    onIdle(): void;
    onInitError(fault: FunctionFault): void;
  },
  mostOvertakenMillis: number = overtakenMillis,
): Promise<RuntimeApi> => {
  let waiting: ServerResponse | undefined;
  /** By request id: the process asks for the next invocation on another connection, which may overtake its answer to the last one. */
  const pending = new Map<string, Pending>();
  let closedBy: FunctionFault | undefined;

  const settle = (requestId: string): Pending | undefined => {
    const settled = pending.get(requestId);
    pending.delete(requestId);
    return settled;
  };
  /** The process has asked for more: an answer that is not here soon never comes (as Lambda, which reports `Runtime.NoResponse`). */
  const endUnanswered = (): void => {
    const fault = new FunctionFault('error', 'Runtime.NoResponse', 'The function ended without an answer');
    for (const requestId of pending.keys())
      setTimeout(() => settle(requestId)?.reject(fault), mostOvertakenMillis).unref();
  };
  const onResponse = (requestId: string, request: IncomingMessage, response: ServerResponse): void => {
    request.once('end', () => accept(response));
    const isStreaming = request.headers['lambda-runtime-function-response-mode'] === 'streaming';
    const contentType = request.headers['content-type'] ?? '';
    const current = settle(requestId);
    if (!current) return void request.resume();
    const clientLeft = (): void => {
      if (!response.headersSent && !response.destroyed) response.writeProcessing();
    };
    current.resolve({ isStreaming, contentType, body: request, clientLeft, failure: () => trailerFault(request) });
  };
  const onError = async (requestId: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = parseFault('error', await readText(request));
    settle(requestId)?.reject(fault);
    accept(response);
  };
  const onInitError = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    events.onInitError(parseFault('init', await readText(request)));
    accept(response);
  };

  const server = createServer((request, response) => {
    const path = request.url ?? '';
    request.on('error', () => {});
    if (path.endsWith('/invocation/next')) {
      endUnanswered();
      waiting = response;
      response.on('close', () => {
        if (waiting === response) waiting = undefined;
      });
      return events.onIdle();
    }
    const [, requestId = '', kind] = answerPath.exec(path) ?? [];
    if (kind === 'response') return onResponse(requestId, request, response);
    const handled = kind === 'error' ? onError(requestId, request, response) : onInitError(request, response);
    handled.catch(() => response.destroy());
  });
  // The process waits for work, and streams its answers, for as long as it likes.
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    dispatch: (invocation) =>
      new Promise((resolve, reject) => {
        const response = waiting;
        waiting = undefined;
        const notReady = new FunctionFault('crash', 'Runtime.ExitError', 'The process is not ready');
        if (!response || closedBy) return reject(closedBy ?? notReady);
        pending.set(invocation.requestId, { resolve, reject });
        response.writeHead(200, invocationHeaders(invocation)).end(invocation.payload);
      }),
    close: (fault) => {
      closedBy = fault;
      for (const requestId of [...pending.keys()]) settle(requestId)?.reject(fault);
      server.close();
      server.closeAllConnections();
    },
  };
};
