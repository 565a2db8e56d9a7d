/** Ends a run without a file, for a reason that callers are told. */
import type { Failure, FailureCode } from './export-record.ts';

export class JobFailure extends Error {
  override readonly name = 'JobFailure';
  readonly failure: Failure;
  constructor(code: FailureCode, detail: string) {
    super(detail);
    this.failure = { code, detail };
  }
}

/** A fault that may pass. The step is tried again; if its last try ends so too, the run fails for this reason. */
export class PassingFault extends Error {
  override readonly name = 'PassingFault';
  readonly failure: Failure;
  constructor(code: FailureCode, detail: string) {
    super(detail);
    this.failure = { code, detail };
  }
}
