/** The part of the Lambda API that durable functions and those who start them call, over HTTP on loopback. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { type Emulator, serveOnLoopback } from '../../emulators/loopback.ts';
import type { DurableVersion, Engine } from './engine.ts';
import { pageSize, type RunningExecution } from './execution.ts';
import { invalidParameter, LambdaError, notFound } from './lambda-error.ts';
import { secondsTime, writeTimes } from './operation.ts';
import { OperationUpdate } from './records.ts';
import { toldOperations } from './state.ts';

export type LambdaApiParts = {
  readonly engine: Engine;
  /** @param qualifier number or alias. */
  versionOf(functionName: string, qualifier: string): DurableVersion | undefined;
  /** Whether there is such a function, durable or not. */
  isFunction(functionName: string): boolean;
};
type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown };
type Call = {
  readonly parts: LambdaApiParts;
  readonly groups: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  readonly body: string;
};

/** Lambda's limit on the payload of an asynchronous invocation (quotas; elsewhere 1 MB: the smaller one is safe). */
const eventLimitBytes = 262_144;

const parse = <T>(schema: z.ZodType<T>, body: string): T => {
  const value = ((): unknown => {
    try {
      return JSON.parse(body || '{}');
    } catch {
      throw new LambdaError('InvalidRequestContentException', 400, 'Could not parse request body into json');
    }
  })();
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidParameter(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
};

const functionName =
  /^(?:arn:aws:lambda:[^:]+:\d{12}:function:|\d{12}:function:)?([A-Za-z0-9_-]+)(?::([A-Za-z0-9$_-]+))?$/;

const readFunctionName = ({ groups: { name = '' }, query }: Call) => {
  const [, plain, inName] = functionName.exec(name) ?? [];
  if (plain === undefined) throw invalidParameter(`Not a name of a function: ${name}`);
  return { name: plain, qualifier: inName ?? query.get('Qualifier') ?? undefined };
};

const versionFor = (call: Call): DurableVersion => {
  const { name, qualifier } = readFunctionName(call);
  if (!call.parts.isFunction(name)) throw notFound(`Function not found: ${name}`);
  // AWS refuses it: an execution must know which code it goes on with.
  if (qualifier === undefined || qualifier === '$LATEST')
    throw invalidParameter('You cannot invoke a durable function using an unqualified ARN.');
  const version = call.parts.versionOf(name, qualifier);
  if (!version) throw notFound(`Function not found: ${name}:${qualifier}`);
  return version;
};

const invoke = async (call: Call): Promise<Answer> => {
  const version = versionFor(call);
  const headers = call.request.headers;
  const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'DryRun') return { status: 204 };
  if (Buffer.byteLength(call.body) > eventLimitBytes)
    throw new LambdaError('RequestTooLargeException', 413, `Request must be smaller than ${eventLimitBytes} bytes`);
  parse(z.unknown(), call.body);
  const name = headers['x-amz-durable-execution-name'];
  const execution = call.parts.engine.start(version, call.body || '{}', name === undefined ? undefined : String(name));
  const arn = { 'x-amz-durable-execution-arn': execution.state.started.arn };
  if (type === 'Event') return { status: 202, headers: arn };
  await execution.ended;
  const { status, result, error } = execution.state.ended ?? {};
  if (status === 'SUCCEEDED') return { headers: arn, body: JSON.parse(result || 'null') };
  return {
    headers: { ...arn, 'x-amz-function-error': 'Unhandled' },
    body: { errorType: error?.ErrorType ?? status, errorMessage: error?.ErrorMessage ?? '' },
  };
};

const Checkpoint = z.object({
  CheckpointToken: z.string(),
  ClientToken: z.string().optional(),
  Updates: z.array(OperationUpdate).default([]),
});

const executionOf = ({ parts, groups: { arn = '' } }: Call): RunningExecution => parts.engine.find(arn);

const checkpoint = async (call: Call): Promise<Answer> => {
  const execution = executionOf(call);
  const { CheckpointToken, ClientToken, Updates } = parse(Checkpoint, call.body);
  const Operations = execution.checkpoint(CheckpointToken, Updates, ClientToken);
  return { body: { CheckpointToken, NewExecutionState: { Operations } } };
};

/** @param all what is listed; `Marker` is the place in it. */
const page = <Item>(
  call: Call,
  all: readonly Item[],
): { readonly items: readonly Item[]; readonly NextMarker?: string } => {
  const from = Number(call.query.get('Marker') || 0);
  const most = Math.min(Number(call.query.get('MaxItems') || pageSize), pageSize);
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('Invalid Marker');
  const NextMarker = from + most < all.length ? { NextMarker: String(from + most) } : {};
  return { items: all.slice(from, from + most), ...NextMarker };
};

const readState = async (call: Call): Promise<Answer> => {
  const { state, checkToken } = executionOf(call);
  checkToken(call.query.get('CheckpointToken') ?? '');
  const { items, ...next } = page(call, toldOperations(state));
  return { body: { Operations: items, ...next } };
};

const summary = ({ state: { started, ended } }: RunningExecution) => ({
  DurableExecutionArn: started.arn,
  DurableExecutionName: started.name,
  FunctionArn: started.arn.split('/')[0],
  StartTimestamp: started.at,
  Status: ended?.status ?? 'RUNNING',
  EndTimestamp: ended?.at,
});

const read = async (call: Call): Promise<Answer> => {
  const execution = executionOf(call);
  const { started, ended } = execution.state;
  const outcome = { InputPayload: started.payload, Result: ended?.result, Error: ended?.error };
  return { body: { ...summary(execution), Version: started.version, ...outcome } };
};

const readHistory = async (call: Call): Promise<Answer> => {
  const { items, ...next } = page(call, executionOf(call).state.events);
  return { body: { Events: items, ...next } };
};

const stop = async (call: Call): Promise<Answer> => {
  const execution = executionOf(call);
  execution.stop(call.body === '' ? undefined : parse(z.record(z.string(), z.any()), call.body));
  return { body: { StopTimestamp: execution.state.ended?.at } };
};

const list = async (call: Call): Promise<Answer> => {
  const { name } = readFunctionName(call);
  if (!call.parts.isFunction(name)) throw notFound(`Function not found: ${name}`);
  const statuses = call.query.getAll('Statuses').flatMap((text) => text.split(','));
  const wanted = call.query.get('DurableExecutionName');
  const all = call.parts.engine
    .list(name)
    .map(summary)
    .filter(({ Status }) => statuses.length === 0 || statuses.includes(Status))
    .filter(({ DurableExecutionName }) => wanted === null || wanted === DurableExecutionName);
  const { items, ...next } = page(call, all);
  return { body: { DurableExecutions: items, ...next } };
};

type Operation = { readonly method: string; readonly path: RegExp; run(call: Call): Promise<Answer> };
const base = '/2025-12-01/durable-executions/(?<arn>[^/]+)';
const operations: readonly Operation[] = [
  { method: 'POST', path: /^\/2015-03-31\/functions\/(?<name>[^/]+)\/invocations$/, run: invoke },
  { method: 'POST', path: new RegExp(`^${base}/checkpoint$`), run: checkpoint },
  { method: 'GET', path: new RegExp(`^${base}/state$`), run: readState },
  { method: 'GET', path: new RegExp(`^${base}/history$`), run: readHistory },
  { method: 'POST', path: new RegExp(`^${base}/stop$`), run: stop },
  { method: 'GET', path: new RegExp(`^${base}$`), run: read },
  { method: 'GET', path: /^\/2025-12-01\/functions\/(?<name>[^/]+)\/durable-executions$/, run: list },
];

const run = async (parts: LambdaApiParts, request: IncomingMessage): Promise<Answer> => {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://twin');
  for (const operation of operations) {
    const groups = operation.path.exec(pathname)?.groups;
    if (operation.method !== request.method || !groups) continue;
    const decoded = Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return operation.run({ parts, groups: decoded, query, request, body: await text(request) });
  }
  throw new LambdaError(
    'UnknownOperationException',
    404,
    `The twin has no Lambda operation ${request.method} ${pathname}`,
  );
};

const send = (response: ServerResponse, { status = 200, headers = {}, body }: Answer): void => {
  const content = body === undefined ? '' : JSON.stringify(writeTimes(body, secondsTime));
  const fixed = { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() };
  response.writeHead(status, { ...fixed, ...headers }).end(content);
};

const fail = (response: ServerResponse, error: unknown): void => {
  const known = error instanceof LambdaError ? error : new LambdaError('ServiceException', 500, String(error));
  const { name, status, message } = known;
  send(response, { status, headers: { 'x-amzn-errortype': name }, body: { Type: 'User', message, Message: message } });
};

/** Starts the API on 127.0.0.1. Requests are not checked for signatures. */
export const startLambdaApi = (parts: LambdaApiParts): Promise<Emulator> => {
  const server = createServer((request, response) => {
    run(parts, request).then(
      (answer) => send(response, answer),
      (error: unknown) => fail(response, error),
    );
  });
  // A synchronous invocation waits for the end of its execution.
  server.requestTimeout = 0;
  return serveOnLoopback(server, 0, () => {});
};
