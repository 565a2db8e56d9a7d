/** How long the tenant takes for an operation, for requests that the log's facade did not send. */

/** Part of a new value in the running mean. */
const weight = 0.1;
/** Before the log has an answer at all. */
const unknownMillis = 300;

export const createAnswerTimes = () => {
  const means = new Map<string, number>();
  const note = (name: string, millis: number): void => {
    const mean = means.get(name);
    means.set(name, mean === undefined ? millis : mean + (millis - mean) * weight);
  };
  const all = '';
  return {
    note(operation: string | undefined, millis: number): void {
      note(all, millis);
      if (operation) note(operation, millis);
    },
    usual: (operation: string | undefined): number => means.get(operation ?? all) ?? means.get(all) ?? unknownMillis,
  };
};
