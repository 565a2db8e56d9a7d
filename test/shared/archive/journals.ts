/** The engine of durable executions in a few lines: what a step has given is kept, also when the process dies. */
import { isForLater } from '../../../shared/exports/for-later.ts';
import type { JobContext } from '../../../shared/exports/job-context.ts';
import { JobFailure } from '../../../shared/exports/job-failure.ts';
import type { Life } from '../../support/mortal.ts';

/** @returns the context of an execution, by its name. Waits take no time: the clock is set on. */
export const createJournals = (life: Life, clock: { millis: number }) => {
  /** What each execution has journalled. */
  const journals = new Map<string, Map<string, unknown>>();
  return (execution: string): JobContext => {
    const journal = journals.get(execution) ?? new Map<string, unknown>();
    journals.set(execution, journal);
    const journalled = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const known = journal.get(name) as { value: T } | { failure: JobFailure } | undefined;
      if (known && 'failure' in known) throw known.failure;
      if (known) return known.value;
      try {
        life.pass();
        const value = JSON.parse(JSON.stringify((await work()) ?? null)) as T;
        life.pass();
        journal.set(name, { value });
        return value;
      } catch (error) {
        // The engine repeats the step.
        if (isForLater(error)) return journalled(name, work);
        if (error instanceof JobFailure) journal.set(name, { failure: error });
        throw error;
      }
    };
    return {
      step: journalled,
      poll: (name, initial, ask) =>
        journalled(name, async () => {
          for (let { state, againSeconds } = await ask(initial); ; { state, againSeconds } = await ask(state)) {
            if (againSeconds === undefined) return state;
            clock.millis += againSeconds * 1_000;
          }
        }),
    };
  };
};
