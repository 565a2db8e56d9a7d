/** Acts of administrators, with their outcome, for the audit log. */
import type { Change, Facts } from '../../shared/audit/changes.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';

/** One act of an administrator: who requested what, on which record. */
export type AdminAct = {
  readonly caller: Caller;
  readonly requestId: string;
  /** Such as `consumers.create`. */
  readonly act: string;
  /** The record that it changes, such as the consumer's id. */
  readonly target: string;
  /** What was requested, without secrets: also known if it fails. */
  readonly asked?: Facts | undefined;
  /** What it has changed, without secrets; read after it has run, also after a failure. */
  readonly changes?: () => readonly Change[];
};

/** Runs acts and may record them. A failure of `run` passes through unchanged. */
export type Acts = { around<T>(act: AdminAct, run: () => Promise<T>): Promise<T> };

/** Collects the changes of a run; `changes` is for the act. */
export const gatherChanges = () => {
  const noted: Change[] = [];
  return { note: (changes: readonly Change[]): void => void noted.push(...changes), changes: () => noted };
};
