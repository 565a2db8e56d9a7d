/** A function's processes: as many as there are invocations at once, up to its limit; idle ones stay warm. */
import { randomUUID } from 'node:crypto';
import diagnostics from 'node:diagnostics_channel';
import type { Concurrency } from './concurrency.ts';
import { FunctionFault } from './fault.ts';
import type { Reply } from './runtime-api.ts';
import { newTraceHeader } from './trace-header.ts';
import { type FunctionDefinition, type Log, startWorker, type Worker } from './worker.ts';

export type LambdaFunction = {
  readonly definition: FunctionDefinition;
  /**
   * Runs the function once. Waits for a free process. `onProcessStarted` is called when no process that is still starting
   * is waited for (any more): from then on waiting is the function's doing, not the machine's.
   * @throws FunctionFault when there is no answer to be had.
   */
  invoke(payload: string, traceId?: string, onProcessStarted?: () => void): Promise<Reply>;
  /** Starts one process ahead of the first invocation. @throws FunctionFault when the module does not load. */
  warm(): Promise<void>;
  /** Process ids of the living processes. */
  pids(): number[];
  /** Kills every process and waits until they have ended. */
  close(): Promise<void>;
};

/** Each invocation that has ended, for those who measure: the name of the function, and how long it ran. */
const invocations = diagnostics.channel('signals-facade:invocation');
export type InvocationReport = { readonly name: string; readonly millis: number };

/** An invocation without a process. */
type Waiter = PromiseWithResolvers<Worker> & { readonly onProcessStarted: () => void };

/**
 * Serves a function from child processes of this Node.
 * @param shared the concurrency that functions without a reservation share. A function with a reservation does not use it.
 */
export const createFunction = (definition: FunctionDefinition, log: Log, shared: Concurrency): LambdaFunction => {
  const idle: Worker[] = [];
  const workers = new Set<Worker>();
  /** For each busy process: the function that returns its execution to `shared`. */
  const shares = new Map<Worker, () => void>();
  const waiters: Waiter[] = [];
  const abort = new AbortController();
  let processes = 0;
  let starting = 0;
  const closing = (): FunctionFault => new FunctionFault('refused', 'TwinClosing', 'The twin is closing');

  const endShare = (worker: Worker): void => {
    shares.get(worker)?.();
    shares.delete(worker);
  };
  const offer = (worker: Worker): void => {
    endShare(worker);
    const waiter = waiters.shift();
    if (waiter) waiter.resolve(worker);
    else idle.push(worker);
  };
  const forget = (worker: Worker): void => {
    processes -= 1;
    workers.delete(worker);
    endShare(worker);
    const index = idle.indexOf(worker);
    if (index >= 0) idle.splice(index, 1);
    startForWaiters();
  };
  const start = async (): Promise<void> => {
    processes += 1;
    starting += 1;
    try {
      // Only called once the process is idle again, when `worker` has long been set.
      const worker: Worker = await startWorker(definition, log, abort.signal, () => offer(worker));
      workers.add(worker);
      void worker.ended.then(() => forget(worker));
      offer(worker);
    } catch (error) {
      processes -= 1;
      throw error;
    } finally {
      starting -= 1;
    }
  };
  /** Those who wait while no process starts do so for processes that are busy. */
  const tellWaiters = (): void => {
    if (starting === 0) for (const { onProcessStarted } of waiters) onProcessStarted();
  };
  /** One new process for each invocation that waits, within the limit; whichever process is free first serves it. */
  const startForWaiters = (): void => {
    while (!abort.signal.aborted && starting < waiters.length && processes < definition.maximumProcesses) {
      start()
        .catch((error: unknown) => {
          waiters.shift()?.reject(error);
          startForWaiters();
        })
        .finally(tellWaiters);
    }
  };
  const acquire = async (onProcessStarted: () => void): Promise<Worker> => {
    if (abort.signal.aborted) throw closing();
    if (definition.maximumProcesses <= 0)
      throw new FunctionFault('refused', 'TooManyRequestsException', 'Rate Exceeded: reserved concurrency is 0');
    const worker = idle.pop();
    if (worker) {
      onProcessStarted();
      return worker;
    }
    const waiter = { ...Promise.withResolvers<Worker>(), onProcessStarted };
    waiters.push(waiter);
    startForWaiters();
    if (starting === 0) onProcessStarted();
    return waiter.promise.finally(onProcessStarted);
  };

  const takeShare = async (onProcessStarted: () => void): Promise<() => void> => {
    if (definition.isReserved) return () => {};
    if (shared.isUsedUp()) onProcessStarted();
    return shared.take(abort.signal);
  };
  const acquireWithShare = async (onProcessStarted: () => void): Promise<Worker> => {
    const giveBack = await takeShare(onProcessStarted);
    const worker = await acquire(onProcessStarted).catch((error: unknown) => {
      giveBack();
      throw error;
    });
    shares.set(worker, giveBack);
    return worker;
  };

  return {
    definition,
    invoke: async (payload, traceId = newTraceHeader(Date.now()), onProcessStarted = () => {}) => {
      const worker = await acquireWithShare(onProcessStarted);
      const deadlineMillis = Date.now() + definition.timeoutSeconds * 1000;
      const requestId = randomUUID();
      const sinceMillis = performance.now();
      return worker.invoke({ requestId, payload, deadlineMillis, functionArn: definition.arn, traceId }).finally(() =>
        invocations.publish({
          name: definition.name,
          millis: performance.now() - sinceMillis,
        } satisfies InvocationReport),
      );
    },
    warm: async () => {
      if (processes === 0) await start().finally(tellWaiters);
    },
    pids: () => [...workers].flatMap((worker) => worker.pid ?? []),
    close: async () => {
      abort.abort(closing());
      for (const waiter of waiters.splice(0)) waiter.reject(closing());
      await Promise.all([...workers].map((worker) => worker.ended));
    },
  };
};
