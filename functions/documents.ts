/** Placeholder until the handler is written: answers 503. */
declare const awslambda: {
  streamifyResponse(handler: (event: unknown, stream: import('node:stream').Writable) => Promise<void>): unknown;
  HttpResponseStream: {
    from(stream: import('node:stream').Writable, metadata: object): import('node:stream').Writable;
  };
};

export const handler = awslambda.streamifyResponse(async (_event, stream) => {
  awslambda.HttpResponseStream.from(stream, { statusCode: 503, headers: { 'content-type': 'text/plain' } }).end(
    'documents',
  );
});
