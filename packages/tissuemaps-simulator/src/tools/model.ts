/** A request to a tool, and its result. */
import type { JsonObject } from '../json.ts';

export interface ToolRun {
  readonly submissionId: number;
  readonly jobId: number;
  readonly userId: number;
  readonly toolName: string;
  readonly payload: JsonObject;
  readonly startWork: number;
  readonly submittedMillis: number;
  endedMillis: number | undefined;
  exitcode: number | null;
  log: string;
}

export interface ToolResult {
  readonly id: number;
  name: string;
  readonly submissionId: number;
  readonly userId: number;
  readonly toolName: string;
  readonly typeId: number;
  readonly type: string;
  readonly attributes: JsonObject;
  /** The label that the tool gives to each object, by its number. */
  readonly labels: ReadonlyMap<number, number>;
}
