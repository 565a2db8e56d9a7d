/** JobContext over Lambda's durable execution SDK: the only file that knows the SDK's context. */
import type { DurableContext, StepConfig } from '@aws/durable-execution-sdk-js';
import type { Failure } from '../../shared/exports/export-record.ts';
import { isForLater } from '../../shared/exports/for-later.ts';
import type { JobContext, Poll } from '../../shared/exports/job-context.ts';
import { JobFailure, PassingFault } from '../../shared/exports/job-failure.ts';
import { doubling } from '../../shared/time/doubling.ts';
import { logger } from './logger.ts';

/** What is journalled: a failure is a value, because the class of an error is lost in the journal. */
type Outcome<T> = { readonly value: T } | { readonly failure: Failure };

const outcomeOf = async <T>(work: () => Promise<T>): Promise<Outcome<T>> => {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof JobFailure) return { failure: error.failure };
    throw error;
  }
};

/** One line for each try of a step, in the trace of the job. Code between the steps runs again at each replay, and logs nothing. */
const told = async <T>(step: string, work: () => Promise<T>, facts: JobFacts): Promise<T> => {
  const sinceMillis = Date.now();
  const end = (outcome: string) =>
    logger.info('job step', { ...facts, step, millis: Date.now() - sinceMillis, outcome });
  try {
    const value = await work();
    end('done');
    return value;
  } catch (error) {
    end(error instanceof JobFailure ? error.failure.code : isForLater(error) ? 'later' : 'failed');
    throw error;
  }
};

const unwrap = <T>(outcome: Outcome<T>): T => {
  if ('value' in outcome) return outcome.value;
  throw new JobFailure(outcome.failure.code, outcome.failure.detail);
};

/** Faults in a row that end a poll: a quarter of an hour of pauses, so that an outage of the tenant ends no export. */
const mostFaults = 20;
/** What callers are told then: the fault, where it says so itself. */
const lastFailure = (poll: string, error: unknown): Failure =>
  error instanceof PassingFault
    ? error.failure
    : { code: 'FACADE_FAILED', detail: `The step "${poll}" failed ${mostFaults} times in a row.` };
const longestPauseSeconds = 60;
const pauseSecondsAfter = doubling(2, longestPauseSeconds);

/** Attempts at a step: ten hours at the longest pause. The catalogue bounds the tries that are no refusals of the budget. */
const mostAttempts = 600;
const pauseUntil = (retryAfterSeconds = longestPauseSeconds): number =>
  Math.min(Math.max(retryAfterSeconds, leastSeconds), longestPauseSeconds);
/** Each wait is at least a second (SDK). */
const leastSeconds = 1;

const stepConfig = {
  retryStrategy: (error: Error, attempt: number) => {
    const isRefusal = isForLater(error);
    if (!isRefusal) logger.warn('a step of an export failed', { error, attempt });
    if (attempt >= mostAttempts) return { shouldRetry: false };
    const seconds = isRefusal ? pauseUntil(error.facts.retryAfterSeconds) : pauseSecondsAfter(attempt);
    return { shouldRetry: true, delay: { seconds } };
  },
} satisfies StepConfig<unknown>;

type Asked<State> = {
  readonly outcome: Outcome<State>;
  readonly state: State;
  readonly again: number;
  readonly faults: number;
};

/** What names the job in its log lines: `run`, `order` or `backfill`. */
export type JobFacts = Readonly<Record<string, string | number>>;

export const toJobContext = (context: DurableContext, facts: JobFacts = {}): JobContext => ({
  step: async (name, work) =>
    unwrap(await context.step(name, () => outcomeOf(() => told(name, work, facts)), stepConfig)),
  async poll<State>(name: string, initial: State, ask: (state: State) => Promise<Poll<State>>): Promise<State> {
    const look = async ({ state, faults }: Asked<State>): Promise<Asked<State>> => {
      try {
        const outcome = await outcomeOf(() => told(name, () => ask(state), facts));
        if ('failure' in outcome) return { outcome, state, again: 0, faults: 0 };
        const { state: next, againSeconds: again = 0 } = outcome.value;
        return { outcome: { value: next }, state: next, again, faults: 0 };
      } catch (error) {
        if (isForLater(error))
          return { outcome: { value: state }, state, again: pauseUntil(error.facts.retryAfterSeconds), faults };
        // A condition that throws would end the poll for good.
        logger.warn('a poll of an export failed', { error: error as Error, faults });
        if (faults + 1 >= mostFaults)
          return { outcome: { failure: lastFailure(name, error) }, state, again: 0, faults };
        return { outcome: { value: state }, state, again: pauseSecondsAfter(faults + 1), faults: faults + 1 };
      }
    };
    const last = await context.waitForCondition(name, look, {
      initialState: { outcome: { value: initial }, state: initial, again: leastSeconds, faults: 0 },
      waitStrategy: ({ again }) =>
        again > 0
          ? { shouldContinue: true, delay: { seconds: Math.max(again, leastSeconds) } }
          : { shouldContinue: false },
    });
    return unwrap(last.outcome);
  },
});
