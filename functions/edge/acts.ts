/** Where the outcome of an admin act is known, for whoever keeps a record of it. */
import type { Caller } from '../../shared/consumers/consumer.ts';

/** One act of an administrator: who asked for what, on which record. */
export type AdminAct = {
  readonly caller: Caller;
  readonly requestId: string;
  /** Such as `consumers.create`. */
  readonly act: string;
  /** What it acts on, such as the consumer's id. */
  readonly target: string;
};

/** Runs acts and may record them. A failure of `run` passes through unchanged. */
export type Acts = { around<T>(act: AdminAct, run: () => Promise<T>): Promise<T> };

/** Records nothing. */
export const noActs: Acts = { around: (_act, run) => run() };
