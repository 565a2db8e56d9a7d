/**
 * The trace of the work under way. Lambda gives each invocation one. A batch of messages is one invocation, but each of its messages belongs
 * to the trace of its sender; so does the execution of an export or of an order. These run inside `withTrace`.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { traceIdOf } from '../../shared/queues/trace.ts';

const traces = new AsyncLocalStorage<string>();

/** Header or id. Undefined outside of Lambda. */
export const currentTrace = (): string | undefined =>
  // Lambda sets it for each invocation (developer guide, environment variables).
  traces.getStore() ?? (process.env._X_AMZN_TRACE_ID || undefined);

/** The id alone, as log lines and records have it. */
export const currentTraceId = (): string | undefined => {
  const trace = currentTrace();
  return trace?.includes('=') ? traceIdOf(trace) : trace;
};

/** Runs a piece of work that belongs to this trace. @param trace header or id; left out = that of the invocation. */
export const withTrace = <T>(trace: string | undefined, run: () => T): T =>
  trace === undefined ? run() : traces.run(trace, run);
