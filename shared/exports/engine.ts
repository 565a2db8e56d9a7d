/** Port: what carries the runs out. */
export type ExecutionStatus = 'running' | 'succeeded' | 'failed' | 'timed-out' | 'stopped';

export interface ExportEngine {
  /** Starts the execution of a run. One that was started before is left as it is. @returns its ARN. */
  start(runName: string, kind: string): Promise<string>;
  /** Undefined when its history is not kept any more. */
  statusOf(arn: string): Promise<ExecutionStatus | undefined>;
  /** Ends an execution; what it is doing goes on, but nothing of it is recorded. */
  stop(arn: string, why: string): Promise<void>;
}
