/** Where the outcome of an admin act is known, for whoever keeps a record of it. */
import type { Change, Facts } from '../../shared/audit/changes.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';

/** One act of an administrator: who asked for what, on which record. */
export type AdminAct = {
  readonly caller: Caller;
  readonly requestId: string;
  /** Such as `consumers.create`. */
  readonly act: string;
  /** What it acts on, such as the consumer's id. */
  readonly target: string;
  /** What was asked for, without secrets: known also when nothing comes of it. */
  readonly asked?: Facts | undefined;
  /** What it has changed, without secrets; to be asked once it has run, also when it has failed. */
  readonly changes?: () => readonly Change[];
};

/** Runs acts and may record them. A failure of `run` passes through unchanged. */
export type Acts = { around<T>(act: AdminAct, run: () => Promise<T>): Promise<T> };

/** Gathers what a run changes; `changes` is for the act. */
export const gatherChanges = () => {
  const noted: Change[] = [];
  return { note: (changes: readonly Change[]): void => void noted.push(...changes), changes: () => noted };
};
