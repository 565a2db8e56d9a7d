/** Ways in which a stage does not do what it was asked for. Each ends a command with status 1. */

export type StageFault = {
  readonly status?: string;
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly id?: string;
  readonly source?: Readonly<Record<string, string>>;
};

/** The facade has refused. */
export class Refused extends Error {
  readonly status: number;
  readonly faults: readonly StageFault[];
  constructor(status: number, faults: readonly StageFault[]) {
    super(`The facade answered ${status}.`);
    this.status = status;
    this.faults = faults;
  }
}

/** There was no answer, or none of the facade. */
export class NoAnswer extends Error {}
