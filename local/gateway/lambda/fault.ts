/** Why an invocation gave no answer. */
export type FaultKind =
  /** The handler threw. */
  | 'error'
  /** The module did not load, or the process ended before it asked for work. */
  | 'init'
  /** The process ended during the invocation. */
  | 'crash'
  /** The function's own time-out passed; its process was killed. */
  | 'timeout'
  /** The gateway is closing, or the function's reserved concurrency is zero. */
  | 'refused';

/** A failed invocation, as Lambda would report it: errorType and errorMessage of the function. */
export class FunctionFault extends Error {
  override readonly name = 'FunctionFault';
  readonly kind: FaultKind;
  readonly errorType: string;
  constructor(kind: FaultKind, errorType: string, message: string) {
    super(message);
    this.kind = kind;
    this.errorType = errorType;
  }
}
