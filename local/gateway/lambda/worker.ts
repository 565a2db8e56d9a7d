/** One function process: started once, given one invocation at a time, killed when it is late. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { startLimitMillis } from '../../start-limit.ts';
import { FunctionFault } from './fault.ts';
import { heapOptions } from './heap-options.ts';
import { type Invocation, type Reply, startRuntimeApi } from './runtime-api.ts';

/** The definition of a function for its pool. */
export type FunctionDefinition = {
  readonly name: string;
  readonly arn: string;
  /** Number of a published version; left out: `$LATEST`. */
  readonly version?: string | undefined;
  readonly handler: string;
  readonly directory: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly logFormat: 'JSON' | 'Text';
  /** Most processes at a time; further invocations wait. */
  readonly maximumProcesses: number;
  /** Whether it has reserved concurrency. Otherwise it shares the rest with the other functions without a reservation. */
  readonly isReserved: boolean;
  /** How long the module may take to load; left out: `startLimitMillis`. */
  readonly loadLimitMillis?: number | undefined;
  /** Folder where processes of all functions store compiled code for later processes; undefined = no code is stored. */
  readonly compileCache?: string | undefined;
  /** The whole environment of the process, apart from what Lambda itself adds. */
  readonly environment: Readonly<Record<string, string>>;
};
type LogLine = { readonly source: string; readonly stream: 'stdout' | 'stderr'; readonly line: string };
export type Log = (line: LogLine) => void;

export type Worker = {
  readonly pid: number | undefined;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  invoke(invocation: Invocation): Promise<Reply>;
};

const bootstrap = fileURLToPath(new URL('./bootstrap.mjs', import.meta.url));
/** Reserved variables of the Lambda runtime (developer guide, "Defined runtime environment variables"). */
const runtimeVariables = (definition: FunctionDefinition, runtimeApi: string): Record<string, string> => ({
  _HANDLER: definition.handler,
  LAMBDA_TASK_ROOT: definition.directory,
  AWS_LAMBDA_RUNTIME_API: runtimeApi,
  AWS_LAMBDA_FUNCTION_NAME: definition.name,
  AWS_LAMBDA_FUNCTION_VERSION: definition.version ?? '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'twin',
  AWS_LAMBDA_LOG_FORMAT: definition.logFormat,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
});

const forward = (source: string, stream: 'stdout' | 'stderr', from: Readable, log: Log): void => {
  createInterface({ input: from }).on('line', (line) => log({ source, stream, line }));
};

/**
 * Starts a process and waits until it asks for work. `onIdle` is called after each invocation, not for the first time.
 * Aborting `signal`, with a FunctionFault as its reason, kills the process at any time.
 * @throws FunctionFault of kind `init` when the module does not load, or not within the limit.
 */
export const startWorker = async (
  definition: FunctionDefinition,
  log: Log,
  signal: AbortSignal,
  onIdle: () => void,
): Promise<Worker> => {
  const started = Promise.withResolvers<void>();
  let isStarted = false;
  let isClosed = false;
  let lateTimer: NodeJS.Timeout | undefined;
  const api = await startRuntimeApi({
    onIdle: () => {
      clearTimeout(lateTimer);
      if (isStarted) return onIdle();
      isStarted = true;
      started.resolve();
    },
    onInitError: (fault) => started.reject(fault),
  });
  const heap = heapOptions(definition.memoryMegabytes, definition.environment.NODE_OPTIONS);
  const child = spawn(process.execPath, [...heap, '--disable-warning=ExperimentalWarning', bootstrap], {
    cwd: definition.directory,
    env: {
      ...runtimeVariables(definition, api.address),
      ...(definition.compileCache === undefined ? {} : { NODE_COMPILE_CACHE: definition.compileCache }),
      ...definition.environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  forward(definition.name, 'stdout', child.stdout, log);
  forward(definition.name, 'stderr', child.stderr, log);

  const close = (fault: FunctionFault): void => {
    if (isClosed) return;
    isClosed = true;
    clearTimeout(lateTimer);
    started.reject(fault);
    api.close(fault);
    child.kill('SIGKILL');
  };
  const onAbort = (): void => close(signal.reason as FunctionFault);
  signal.addEventListener('abort', onAbort);
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      close(new FunctionFault('init', 'Runtime.SpawnError', error.message));
      resolve();
    });
    child.once('exit', (code, killedBy) => {
      signal.removeEventListener('abort', onAbort);
      const text = `The process exited with ${killedBy ?? `code ${code}`}`;
      close(new FunctionFault(isStarted ? 'crash' : 'init', 'Runtime.ExitError', text));
      resolve();
    });
  });
  const { loadLimitMillis = startLimitMillis, timeoutSeconds } = definition;
  const loadTimer = setTimeout(
    () => close(new FunctionFault('init', 'Sandbox.Timedout', `The module did not load within ${loadLimitMillis} ms`)),
    loadLimitMillis,
  );
  await started.promise.finally(() => clearTimeout(loadTimer));
  const late = (): FunctionFault =>
    new FunctionFault('timeout', 'Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`);

  return {
    pid: child.pid,
    ended,
    invoke: (invocation) => {
      const leftMillis = invocation.deadlineMillis - Date.now();
      lateTimer = setTimeout(() => close(late()), leftMillis);
      return api.dispatch(invocation);
    },
  };
};
