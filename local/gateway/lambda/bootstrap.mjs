/**
 * The client side of the Lambda Runtime API, one per function process: loads the handler, then takes one invocation after
 * the other. Behaves like AWS's own (aws-lambda-nodejs-runtime-interface-client 4), `awslambda` included: the metadata of
 * a streamed answer leaves with the first `write`, never with `end`.
 */
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { patchConsole } from './json-console.mjs';

const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, _HANDLER } = process.env;
const [host, port] = AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new Agent({ keepAlive: true });
const base = '/2018-06-01/runtime';
const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');
const errorTypeTrailer = 'Lambda-Runtime-Function-Error-Type';
const errorBodyTrailer = 'Lambda-Runtime-Function-Error-Body';

// The gateway holds the other end of standard input: when it dies, however it dies, so does this process.
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0));
process.stdin.resume();
process.stdin.unref?.();
// Ctrl-C reaches the whole process group; the gateway decides when functions stop.
process.on('SIGINT', () => {});

globalThis.awslambda = {
  streamifyResponse: (handler, options) => {
    handler[streaming] = 'response';
    if (options?.highWaterMark)
      handler[Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark')] = options.highWaterMark;
    return handler;
  },
  HttpResponseStream: {
    from: (underlyingStream, prelude) => {
      underlyingStream.setContentType('application/vnd.awslambda.http-integration-response');
      const metadata = JSON.stringify(prelude);
      underlyingStream._onBeforeFirstWrite = (write) => {
        write(metadata);
        write(new Uint8Array(8));
      };
      return underlyingStream;
    },
  },
};

const describeError = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

/** Past the console, which may be patched. */
const report = (facts) => process.stderr.write(`${JSON.stringify(facts)}\n`);

const call = (method, path, headers, body) =>
  new Promise((resolve, reject) => {
    const outgoing = request({ agent, host, port, method, path: base + path, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, text: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const postError = (path, error) => {
  const description = describeError(error);
  report({ level: 'ERROR', ...description });
  const headers = { 'content-type': 'application/json', 'lambda-runtime-function-error-type': description.errorType };
  return call('POST', path, headers, JSON.stringify(description));
};

const loadHandler = async () => {
  const [, module, name] = /^(.*)\.([^.]+)$/.exec(_HANDLER) ?? [];
  const path = ['.mjs', '.js', '.cjs'].map((end) => join(LAMBDA_TASK_ROOT, module + end)).find(existsSync);
  if (!path) throw new Error(`Cannot find module '${module}' in ${LAMBDA_TASK_ROOT}`);
  const loaded = await import(pathToFileURL(path).href);
  const handler = loaded[name] ?? loaded.default?.[name];
  if (typeof handler !== 'function') throw new Error(`${_HANDLER} is undefined or not exported`);
  return handler;
};

const createContext = (headers) => {
  const deadlineMillis = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadlineMillis - Date.now(),
  };
};

const methods =
  'cork destroy end uncork write addListener on once prependListener prependOnceListener off removeListener removeAllListeners setMaxListeners getMaxListeners listeners rawListeners listenerCount eventNames emit setContentType';
const readOnly =
  'writableFinished writableObjectMode writableEnded writableNeedDrain writableHighWaterMark writableCorked writableLength writable';

/** What the handler sees of the outgoing request: the same few members as on AWS. */
const narrow = (outgoing) => {
  const stream = {};
  for (const name of methods.split(' ')) stream[name] = outgoing[name].bind(outgoing);
  for (const name of readOnly.split(' ')) Object.defineProperty(stream, name, { get: () => outgoing[name] });
  for (const name of ['destroyed', '_onBeforeFirstWrite']) {
    Object.defineProperty(stream, name, {
      get: () => outgoing[name],
      set: (value) => {
        outgoing[name] = value;
      },
    });
  }
  return stream;
};

const openResponseStream = (requestId) => {
  const headers = {
    'Lambda-Runtime-Function-Response-Mode': 'streaming',
    Trailer: [errorTypeTrailer, errorBodyTrailer],
    'Content-Type': 'application/octet-stream',
    'Transfer-Encoding': 'chunked',
  };
  const path = `${base}/invocation/${requestId}/response`;
  const outgoing = request({ agent, host, port, method: 'POST', path, headers });
  // What the gateway has not taken yet is in the socket: it is no longer this process that a slow client holds up. What AWS
  // holds ready for slow clients nobody has measured [check].
  const handedOver = new Promise((resolve, reject) => {
    outgoing.on('finish', resolve);
    outgoing.on('error', reject);
    outgoing.on('close', () => outgoing.destroyed && reject(new Error('The response stream was destroyed')));
  });
  handedOver.catch(() => {});
  outgoing.on('response', (response) => response.resume().on('error', () => {}));
  // The twin's own word for a client that has left. Only an event: who writes on is drained, as on AWS.
  outgoing.on('information', ({ statusCode }) => {
    if (statusCode === 102 && !outgoing.destroyed && !outgoing.writableFinished) outgoing.emit('close');
  });
  let started = false;
  outgoing.setContentType = (contentType) => {
    if (started) throw new Error('Cannot set content-type, too late.');
    outgoing.setHeader('Content-Type', contentType);
  };
  const write = outgoing.write.bind(outgoing);
  outgoing.write = (chunk, encoding, callback) => {
    const data = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
    if (!started) outgoing._onBeforeFirstWrite?.((first) => write(first));
    started = true;
    return write(data, encoding, callback);
  };
  return { outgoing, handedOver, stream: narrow(outgoing) };
};

const failStream = (outgoing, error) => {
  const description = describeError(error);
  report({ level: 'ERROR', ...description });
  if (outgoing.writableEnded || outgoing.destroyed) return;
  const body = Buffer.from(JSON.stringify(description)).toString('base64');
  outgoing.addTrailers({ [errorTypeTrailer]: description.errorType, [errorBodyTrailer]: body });
  outgoing.end();
};

/** After a failure AWS's client asks for the next invocation at once, too: a stream that was destroyed never finishes. */
const runStreaming = async (handler, event, context) => {
  const { outgoing, handedOver, stream } = openResponseStream(context.awsRequestId);
  try {
    await handler(event, stream, context);
    await handedOver;
  } catch (error) {
    failStream(outgoing, error);
  }
};

const runBuffered = async (handler, event, context) => {
  const path = `/invocation/${context.awsRequestId}`;
  try {
    const result = await handler(event, context);
    await call('POST', `${path}/response`, { 'content-type': 'application/json' }, JSON.stringify(result ?? null));
  } catch (error) {
    await postError(`${path}/error`, error);
  }
};

const crash = (kind) => (error) => {
  report({ level: 'FATAL', kind, ...describeError(error) });
  process.exit(129);
};
process.on('uncaughtException', crash('Runtime.UnhandledException'));
process.on('unhandledRejection', crash('Runtime.UnhandledPromiseRejection'));

let requestId;
if (process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON') patchConsole(() => requestId);

const handler = await loadHandler().catch(async (error) => {
  await postError('/init/error', error);
  process.exit(1);
});
// The gateway kills this process, which then writes no compiled code any more.
flushCompileCache();
for (;;) {
  const next = await call('GET', '/invocation/next', {}).catch(() => process.exit(0));
  process.env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'] ?? '';
  const context = createContext(next.headers);
  requestId = context.awsRequestId;
  const run = handler[streaming] ? runStreaming : runBuffered;
  await run(handler, JSON.parse(next.text), context);
}
