/** ExportEngine over Lambda's durable executions. */
import {
  GetDurableExecutionCommand,
  InvokeCommand,
  type LambdaClient,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import type { ExecutionStatus, ExportEngine } from '../engine.ts';
import { canonical } from '../export-record.ts';

const statuses: Readonly<Record<string, ExecutionStatus>> = {
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed-out',
  STOPPED: 'stopped',
};

const isAbsent = (error: unknown): boolean => error instanceof Error && error.name === 'ResourceNotFoundException';

/** @returns the ARN of the execution of this name, which may have been started before. */
export const startExecution = async (
  client: LambdaClient,
  functionName: string,
  name: string,
  input: object,
): Promise<string> => {
  const { DurableExecutionArn } = await client.send(
    new InvokeCommand({
      FunctionName: functionName,
      InvocationType: 'Event',
      DurableExecutionName: name,
      // The same bytes each time: the name with another payload would be refused.
      Payload: Buffer.from(canonical(input)),
    }),
  );
  if (DurableExecutionArn === undefined) throw new Error('Lambda gave no ARN of the execution');
  return DurableExecutionArn;
};

/** @param functionName with its alias: Lambda refuses durable functions without a version. */
export const createLambdaEngine = (client: LambdaClient, functionName: string): ExportEngine => ({
  start: (runName, kind) => startExecution(client, functionName, runName, { run: runName, kind }),
  async statusOf(DurableExecutionArn) {
    try {
      const { Status } = await client.send(new GetDurableExecutionCommand({ DurableExecutionArn }));
      return statuses[Status ?? ''] ?? 'running';
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  },
  async stop(DurableExecutionArn, why) {
    try {
      const reason = { ErrorType: 'Cancelled', ErrorMessage: why };
      await client.send(new StopDurableExecutionCommand({ DurableExecutionArn, Error: reason }));
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  },
});
