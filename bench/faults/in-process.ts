/** Runs the bundled functions of the twin in this process, where they share the virtual clock. Each instance is a bundle of its own. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { FunctionFault } from '../../local/gateway/lambda/fault.ts';
import type { LambdaFunction } from '../../local/gateway/lambda/pool.ts';
import type { Reply } from '../../local/gateway/lambda/runtime-api.ts';
import type { FunctionDefinition } from '../../local/gateway/lambda/worker.ts';
import { createInstance, type Instance, runIn } from './instance.ts';

type Handler = ((event: unknown, stream: unknown, context?: unknown) => Promise<unknown>) & { [streaming]?: boolean };
type Running = { readonly instance: Instance; readonly handler: Handler };

const streaming = Symbol.for('bench.streaming');

/** The global of the managed runtime. As on AWS, the metadata of a streamed answer leave with the first `write`. */
const awslambda = {
  streamifyResponse: (handler: Handler): Handler => Object.assign(handler, { [streaming]: true }),
  HttpResponseStream: {
    from: (stream: ResponseStream, metadata: object): ResponseStream => {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      stream.prelude = Buffer.concat([Buffer.from(JSON.stringify(metadata)), Buffer.alloc(8)]);
      return stream;
    },
  },
};
Object.assign(globalThis, { awslambda });

class ResponseStream extends PassThrough {
  prelude: Buffer | undefined;
  contentType = 'application/octet-stream';
  readonly begun = Promise.withResolvers<void>();

  setContentType(contentType: string): void {
    this.contentType = contentType;
  }
  override write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    if (this.prelude) super.write(this.prelude);
    this.prelude = undefined;
    this.begun.resolve();
    return super.write(chunk, encoding as BufferEncoding, callback as () => void);
  }
  /** As the front reads it from an IncomingMessage. */
  get complete(): boolean {
    return this.readableEnded;
  }
}

const faultOf = (error: unknown): FunctionFault => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return new FunctionFault('error', name, message);
};

const replyOf = (stream: ResponseStream, isStreaming: boolean, failure: () => FunctionFault | undefined): Reply => ({
  isStreaming,
  contentType: stream.contentType,
  body: stream as unknown as IncomingMessage,
  clientLeft: () => stream.emit('close'),
  failure,
});

const runStreaming = async ({ instance, handler }: Running, event: unknown, lambda: object, done: () => void) => {
  const stream = new ResponseStream();
  let failure: FunctionFault | undefined;
  const ended = runIn(instance, () => handler(event, stream, lambda)).catch((error: unknown) => {
    failure = faultOf(error);
    if (!stream.writableEnded) stream.end();
  });
  void ended.then(() => finished(stream, { readable: false }).catch(() => {})).finally(done);
  await Promise.race([stream.begun.promise, ended]);
  return replyOf(stream, true, () => failure);
};

const runBuffered = async ({ instance, handler }: Running, event: unknown, lambda: object, done: () => void) => {
  const result = await runIn(instance, () => handler(event, lambda))
    .catch((error: unknown) => {
      throw faultOf(error);
    })
    .finally(done);
  const stream = new ResponseStream();
  stream.end(JSON.stringify(result ?? null));
  return replyOf(stream, false, () => undefined);
};

/** Variables that the runtime of Lambda sets. */
const runtimeVariables = ({ name, directory, memoryMegabytes, logFormat }: FunctionDefinition) => ({
  LAMBDA_TASK_ROOT: directory,
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
  AWS_LAMBDA_LOG_FORMAT: logFormat,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
});

/** Modules read the environment while they load, so one loads at a time. */
let loading: Promise<unknown> = Promise.resolve();

const load = (definition: FunctionDefinition, instance: Instance): Promise<Handler> => {
  const [, file = 'index', name = 'handler'] = /^(.*)\.([^.]+)$/.exec(definition.handler) ?? [];
  const url = `${pathToFileURL(join(definition.directory, `${file}.mjs`)).href}?instance=${instance.number}`;
  const next = loading.then(async () => {
    Object.assign(process.env, runtimeVariables(definition), definition.environment);
    const module = (await runIn(instance, () => import(url))) as Record<string, Handler>;
    return module[name] as Handler;
  });
  loading = next.catch(() => {});
  return globalThis.virtualClock?.hold(next, `The load of ${definition.name}`) ?? next;
};

/** Each instance of all functions that were started. */
export type Fleet = {
  readonly instances: readonly Instance[];
  /** Idle instances are gone, and busy ones go after their answer: what comes next starts anew. */
  restart(): void;
  create(definition: FunctionDefinition): LambdaFunction;
};

/** @param mostOf how many instances a function may have. @param skewOf the clock of an instance, by its number in its function. */
export const createFleet = (
  mostOf: (definition: FunctionDefinition) => number,
  skewOf: (number: number) => number,
): Fleet => {
  const all: Instance[] = [];
  let generation = 0;

  const create = (definition: FunctionDefinition): LambdaFunction => {
    let idle: Running[] = [];
    let idleOf = generation;
    let running = 0;
    let started = 0;
    const waiters: ((instance: Running) => void)[] = [];

    const startOne = async (): Promise<Running> => {
      running += 1;
      started += 1;
      const instance = createInstance(definition.name, started);
      instance.skewMillis = skewOf(started);
      all.push(instance);
      const handler = await load(definition, instance).catch((error: unknown) => {
        running -= 1;
        throw new FunctionFault('init', 'Runtime.ImportError', String(error));
      });
      return { instance, handler };
    };
    const takeIdle = (): Running | undefined => {
      if (idleOf !== generation) {
        running -= idle.length;
        idle = [];
        idleOf = generation;
      }
      const index = idle.findIndex(({ instance }) => instance.thawMillis() <= performance.now());
      return index < 0 ? undefined : idle.splice(index, 1)[0];
    };
    const acquire = (): Promise<Running> | Running => {
      const known = takeIdle();
      if (known) return known;
      if (running < mostOf(definition)) return startOne();
      return new Promise((resolve) => waiters.push(resolve));
    };
    const giveBack = (one: Running, startedIn: number): void => {
      if (startedIn === generation) {
        const waiter = waiters.shift();
        if (waiter) waiter(one);
        else idle.push(one);
        return;
      }
      forget();
    };
    const forget = (): void => {
      running -= 1;
      const waiter = waiters.shift();
      if (waiter) void startOne().then(waiter, () => {});
    };

    const invoke: LambdaFunction['invoke'] = async (payload, _traceId, onProcessStarted = () => {}) => {
      // The wait for an instance is the function's doing: here no instance takes any time to start.
      onProcessStarted();
      const one = await acquire();
      const startedIn = generation;
      const requestId = randomUUID();
      const deadlineMillis = Date.now() + definition.timeoutSeconds * 1_000;
      const late = Promise.withResolvers<never>();
      late.promise.catch(() => {});
      let isDead = false;
      // Lambda kills an execution that is late, and its instance.
      const timer = setTimeout(() => {
        isDead = true;
        one.instance.freeze(Number.POSITIVE_INFINITY);
        late.reject(
          new FunctionFault(
            'timeout',
            'Sandbox.Timedout',
            `Task timed out after ${definition.timeoutSeconds}.00 seconds`,
          ),
        );
        forget();
      }, definition.timeoutSeconds * 1_000);
      const done = (): void => {
        clearTimeout(timer);
        if (!isDead) giveBack(one, startedIn);
      };
      const lambda = {
        functionName: definition.name,
        awsRequestId: requestId,
        getRemainingTimeInMillis: () => deadlineMillis - Date.now(),
      };
      const run = one.handler[streaming] ? runStreaming : runBuffered;
      return Promise.race([run(one, JSON.parse(payload), lambda, done), late.promise]);
    };
    return { definition, invoke, warm: async () => {}, pids: () => [], close: async () => {} };
  };

  return {
    instances: all,
    create,
    restart() {
      generation += 1;
    },
  };
};
