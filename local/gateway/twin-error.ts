/** A failure that the user can fix: one line that says what is wrong and what to do. */
export class TwinError extends Error {
  override readonly name = 'TwinError';
}

/** Fails with one line that names the logical id of the template at fault. */
export const templateError = (logicalId: string, problem: string): TwinError =>
  new TwinError(`The template's ${logicalId}: ${problem}`);
