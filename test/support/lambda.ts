/** Calls a streaming Lambda handler in this process, as the managed runtime does, and collects its answer. */
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { fillPath } from './paths.ts';

export type LambdaReply = {
  readonly status: number;
  /** Names in lower case; several values of one name joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

type Metadata = {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
};

class CollectingStream extends Writable {
  readonly chunks: Buffer[] = [];
  metadata: Metadata | undefined;
  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    done();
  }
}

type StreamingHandler = (event: unknown, stream: Writable, context: Context) => Promise<void>;

/** The runtime's global, which handlers use when their module is loaded: import this file before theirs. */
const awslambda = {
  streamifyResponse: (handler: StreamingHandler): StreamingHandler => handler,
  HttpResponseStream: {
    from: (stream: CollectingStream, metadata: Metadata): CollectingStream => Object.assign(stream, { metadata }),
  },
};
Object.assign(globalThis, { awslambda });

export type EventOptions = {
  readonly method?: string;
  /** Template of the route: `/docs/{proxy+}`. */
  readonly resource: string;
  /** Raw path without the stage; left out: the resource, filled with the path parameters. */
  readonly path?: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** `/prod` of the default domain; empty = custom domain. */
  readonly stagePrefix?: string;
  readonly domainName?: string;
};

const multiValue = (values: Readonly<Record<string, string>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));

/** A REST API proxy event with the members that the facade reads. */
export const proxyEvent = (options: EventOptions): APIGatewayProxyEvent => {
  const { method = 'GET', resource, headers = {}, query = {}, stagePrefix = '' } = options;
  const path = options.path ?? fillPath(resource, options.pathParameters);
  const event = {
    resource,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: multiValue(headers),
    queryStringParameters: query,
    multiValueQueryStringParameters: multiValue(query),
    pathParameters: options.pathParameters ?? null,
    body: options.body ? Buffer.from(options.body).toString('base64') : null,
    isBase64Encoded: options.body !== undefined,
    requestContext: {
      requestId: 'request-1',
      path: stagePrefix + path,
      stage: stagePrefix.slice(1),
      // A custom domain has no stage in its URLs.
      domainName:
        options.domainName ?? (stagePrefix ? 'abc123.execute-api.us-east-1.amazonaws.com' : 'facade.example.com'),
    },
  };
  return event as unknown as APIGatewayProxyEvent;
};

const contextOf = (remainingMillis: number): Context =>
  ({ awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => remainingMillis }) as Context;

const headersOf = ({ headers = {}, multiValueHeaders = {} }: Metadata): Record<string, string> =>
  Object.fromEntries(
    [
      ...Object.entries(headers),
      ...Object.entries(multiValueHeaders).map(([name, values]) => [name, values.join(', ')]),
    ].map(([name, value]) => [(name as string).toLowerCase(), value as string]),
  );

/** @throws Error when the handler sends no status. */
export const invokeStreaming = async (
  handler: unknown,
  event: APIGatewayProxyEvent,
  remainingMillis = 29_000,
): Promise<LambdaReply> => {
  const stream = new CollectingStream();
  const ended = finished(stream);
  await Promise.all([(handler as StreamingHandler)(event, stream, contextOf(remainingMillis)), ended]);
  if (!stream.metadata) throw new Error('The handler answered without a status.');
  return {
    status: stream.metadata.statusCode,
    headers: headersOf(stream.metadata),
    body: Buffer.concat(stream.chunks),
  };
};
