/**
 * The state of the upstream, from what calls saw, those of consumers and the facade's own: each instance adds what came of its calls to
 * one small item for each 10 s, at most every 5 s. Health reads the last 50 s, or the last 2 minutes if there were few calls. So an upstream
 * that answers 503 to everything shows within a minute. The sweep calls twice a minute, so nothing calls for the check alone.
 */
import type { AnsweredRequest } from '../exchange/decision.ts';
import { type BatchOptions, type BatchWrite, createBatches } from '../time/batches.ts';
import type { Clock } from '../time/clock.ts';
import type { Finding } from './health.ts';
import type { HealthStore, Outcomes } from './health-store.ts';

const periodMillis = 10_000;
const recentMillis = 50_000;
/** Counts when the recent window has few calls. It has several runs of the sweep, which calls twice a minute. */
const longMillis = 120_000;
const batchMillis = 5_000;
/** So few calls say nothing of an upstream that fails altogether. */
const fewestCalls = 3;
/** From this part of failed calls on, the upstream is degraded. */
const degradedPart = 0.2;

const section = ' Runbook: the tenant fails.';

/** 0 = no answer came. An answer below 500 is one, whatever it says. */
const hasFailed = (status: number): boolean => status === 0 || status >= 500;

/** @param statuses of what was sent. */
const outcomesOf = (statuses: readonly number[]): Outcomes => {
  const failed = statuses.filter(hasFailed).length;
  return { answered: statuses.length - failed, failed };
};

const sum = (one: Outcomes, other: Outcomes): Outcomes => ({
  answered: one.answered + other.answered,
  failed: one.failed + other.failed,
});

const periodOf = (millis: number): number => millis - (millis % periodMillis);

export type OutcomeRecorderOptions = Pick<BatchOptions, 'nowMillis' | 'onFailure' | 'later'> & {
  readonly store: HealthStore;
};

export const createOutcomeRecorder = ({ store, ...options }: OutcomeRecorderOptions) => {
  let periods = new Map<number, Outcomes>();
  const take = (): readonly BatchWrite[] => {
    const writes = [...periods].map(([startMillis, outcomes]) => ({
      write: () => store.addOutcomes(startMillis, outcomes),
    }));
    periods = new Map();
    return writes;
  };
  const batches = createBatches({ ...options, waitMillis: batchMillis, take });
  return {
    /** Must be awaited after the answer has left and before the function can be frozen. Never throws. */
    async count({ decision: { sends = [] }, endedAtMillis }: Pick<AnsweredRequest, 'decision' | 'endedAtMillis'>) {
      if (sends.length > 0) {
        const start = periodOf(endedAtMillis);
        const present = periods.get(start) ?? { answered: 0, failed: 0 };
        periods.set(start, sum(present, outcomesOf(sends)));
        batches.noted();
      }
      await batches.settle();
    },
  };
};

/** What calls of a window say of the upstream; undefined = there were none. */
export const judge = ({ answered, failed }: Outcomes, windowMillis = recentMillis): Finding | undefined => {
  const calls = answered + failed;
  if (calls === 0) return undefined;
  const facts = `${failed} of ${calls} calls in the last ${windowMillis / 1_000} s got no answer, or one from 500 to 599.`;
  if (answered === 0 && calls >= fewestCalls) return { state: 'failed', reason: facts + section };
  return failed / calls >= degradedPart
    ? { state: 'degraded', reason: facts + section }
    : { state: 'ok', reason: facts };
};

/** @param isSwept the change sweep runs, so that silence is not normal. */
const judgeSilence = (isSwept: boolean): Finding =>
  isSwept
    ? { state: 'degraded', reason: 'No call lately, although the sweep calls twice a minute.' }
    : { state: 'ok', reason: 'No call lately. Without the cache the facade calls only when a consumer does.' };

/** Only reads. @param isSwept whether the change sweep of the stage runs. */
export const createUpstreamLook = (store: HealthStore, clock: Clock, isSwept: boolean) => {
  const since = (windowMillis: number): Promise<Outcomes> => store.outcomesSince(clock.nowMillis() - windowMillis);

  return async (): Promise<Finding> => {
    const recent = await since(recentMillis);
    if (recent.answered + recent.failed >= fewestCalls) return judge(recent) as Finding;
    return judge(await since(longMillis), longMillis) ?? judgeSilence(isSwept);
  };
};
