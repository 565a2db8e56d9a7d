/** Counts what the functions of the twin in this process do: invocations, their time, and checkpoints of durable executions. */
import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { InvocationReport } from '../../local/gateway/lambda/pool.ts';

/** By the end of a function's name, such as `jobs`. */
type Invocations = Readonly<Record<string, { readonly invocations: number; readonly millis: number }>>;
export type FunctionCounts = { readonly of: Invocations; readonly checkpoints: number };

export const countInvocations = () => {
  const of: Record<string, { invocations: number; millis: number }> = {};
  let checkpoints = 0;
  const onInvocation = (message: unknown): void => {
    const { name, millis } = message as InvocationReport;
    const count = of[name] ?? { invocations: 0, millis: 0 };
    of[name] = { invocations: count.invocations + 1, millis: count.millis + millis };
  };
  const onRequest = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    if (/\/durable-executions\/.*\/checkpoint$/.test(request.url ?? '')) checkpoints += 1;
  };
  diagnostics.subscribe('signals-facade:invocation', onInvocation);
  diagnostics.subscribe('http.server.request.start', onRequest);
  return {
    read: (): FunctionCounts => ({ of: structuredClone(of), checkpoints }),
    stop: (): void => {
      diagnostics.unsubscribe('signals-facade:invocation', onInvocation);
      diagnostics.unsubscribe('http.server.request.start', onRequest);
    },
  };
};
