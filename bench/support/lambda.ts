/** As much of the Lambda runtime as a streaming handler sees: `awslambda`, an event, a context, a stream to answer into. */
import { Writable } from 'node:stream';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';

type Handler = (event: APIGatewayProxyEvent, stream: Writable, context: Context) => Promise<unknown>;

/** To be called before a handler is made. Metadata leave at once, followed by eight NUL bytes, as on AWS. */
export const installLambdaRuntime = (): void => {
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: (handler: Handler) => handler,
      HttpResponseStream: {
        from: (stream: Writable, metadata: object): Writable => {
          stream.write(JSON.stringify(metadata));
          stream.write(new Uint8Array(8));
          return stream;
        },
      },
    },
  });
};

export type Answer = { readonly status: number; readonly bodyBytes: number };

/** Takes an answer and keeps nothing but its metadata and its size. */
const createSink = () => {
  let metadata: Buffer | undefined;
  let bytes = 0;
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      metadata ??= chunk;
      bytes += chunk.byteLength;
      done();
    },
  });
  const answer = (): Answer => ({
    status: JSON.parse(String(metadata)).statusCode,
    bodyBytes: bytes - (metadata?.byteLength ?? 0) - 8,
  });
  return { stream, answer };
};

const context = {
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  functionName: 'native',
  getRemainingTimeInMillis: () => 30_000,
} as Context;

/** Runs a handler until its answer is out. Reading the metadata back is left to the caller of `answer`, untimed. */
export const invoke = async (handler: unknown, event: APIGatewayProxyEvent): Promise<() => Answer> => {
  const { stream, answer } = createSink();
  await (handler as Handler)(event, stream, context);
  return answer;
};
