/** The engine and its Lambda API without processes: handlers run in this one. */
import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { GetDurableExecutionHistoryCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { startLambdaApi } from '../../../../local/gateway/durable/api.ts';
import { createEngine, type DurableVersion, type Engine } from '../../../../local/gateway/durable/engine.ts';
import type { InvocationAnswer } from '../../../../local/gateway/durable/execution.ts';
import { openJournals } from '../../../../local/gateway/durable/journal.ts';

type Handler = (event: never, context: DurableContext) => Promise<unknown>;
type Invoke = (event: string) => Promise<InvocationAnswer>;

export const functionName = 'jobs';
const functionArn = `arn:aws:lambda:eu-central-1:000000000000:function:${functionName}`;

export type World = {
  readonly client: LambdaClient;
  readonly engine: Engine;
  /** What the next invocations of version 1 do. */
  serve(invoke: Invoke): void;
  /** A handler on the SDK, with a client for this API. */
  durable(handler: Handler): Invoke;
  /** Starts an execution on `live` and waits for its end. */
  run(
    handler: Handler,
    payload: unknown,
  ): Promise<{ readonly arn: string; readonly events: Readonly<Record<string, unknown>>[] }>;
  close(): Promise<void>;
};

export const startWorld = async (
  options: { readonly stateDir?: string; readonly nowMillis?: () => number; readonly timeoutSeconds?: number } = {},
): Promise<World> => {
  const { stateDir, nowMillis = Date.now, timeoutSeconds = 60 } = options;
  let invoke: Invoke = async () => {
    throw new Error('nothing is served');
  };
  const version: DurableVersion = {
    functionName,
    version: '1',
    arn: `${functionArn}:1`,
    ...{ timeoutSeconds, retentionDays: 14 },
    invoke: (event) => invoke(event),
  };
  const versionOf = (name: string, qualifier: string) =>
    name === functionName && ['1', 'live'].includes(qualifier) ? version : undefined;
  const engine = createEngine({ journals: openJournals(stateDir), nowMillis, versionOf });
  const api = await startLambdaApi({ engine, versionOf, isFunction: (name) => name === functionName });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new LambdaClient({ endpoint: api.url, region: 'eu-central-1', credentials, maxAttempts: 1 });
  const durable = (handler: Handler): Invoke => {
    const wrapped = withDurableExecution(handler as never, { client });
    return (event) =>
      wrapped(JSON.parse(event), {
        awsRequestId: 'test',
        getRemainingTimeInMillis: () => 30_000,
      } as Context) as Promise<InvocationAnswer>;
  };
  return {
    client,
    engine,
    durable,
    serve: (next) => {
      invoke = next;
    },
    async run(handler, payload) {
      invoke = durable(handler);
      const started = await client.send(
        new InvokeCommand({
          FunctionName: `${functionName}:live`,
          InvocationType: 'Event',
          Payload: JSON.stringify(payload),
        }),
      );
      const arn = started.DurableExecutionArn ?? '';
      await engine.find(arn).ended;
      const { Events = [] } = await client.send(new GetDurableExecutionHistoryCommand({ DurableExecutionArn: arn }));
      return { arn, events: Events as unknown as Readonly<Record<string, unknown>>[] };
    },
    async close() {
      engine.close();
      client.destroy();
      await api.close();
    },
  };
};
