/** Ways in which a stage does not do what it was asked for. Each ends a command with status 1. */

export type StageFault = {
  readonly status?: string;
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly id?: string;
  readonly source?: Readonly<Record<string, string>>;
};

const isFault = (fault: unknown): fault is StageFault =>
  typeof fault === 'object' && fault !== null && Object.keys(fault).length > 0;

/** The facade has refused. There is at least one fault, also where the answer names none. */
export class Refused extends Error {
  readonly status: number;
  readonly faults: readonly StageFault[];
  constructor(status: number, faults: readonly unknown[]) {
    super(`The facade answered ${status}.`);
    this.status = status;
    const named = faults.filter(isFault);
    this.faults = named.length > 0 ? named : [{ status: String(status), title: 'The answer gives no reason.' }];
  }
}

/** There was no answer, or none of the facade. */
export class NoAnswer extends Error {}
