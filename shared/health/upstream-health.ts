/**
 * The state of the upstream, from what real calls saw: each instance adds what came of its calls to one small item for each 10 s, at
 * most every 5 s. Health reads the last 50 s. So an upstream that answers 503 to everything shows within a minute. Only when no
 * call was sent lately, one is made to see.
 */
import type { AnsweredRequest } from '../exchange/decision.ts';
import { type BatchOptions, type BatchWrite, createBatches } from '../time/batches.ts';
import type { Clock } from '../time/clock.ts';
import type { Finding } from './health.ts';
import type { HealthStore, Outcomes } from './health-store.ts';

const periodMillis = 10_000;
const windowMillis = 50_000;
const batchMillis = 5_000;
/** So few calls say nothing of an upstream that fails altogether. */
const fewestCalls = 3;
/** From this part of failed calls on, the upstream is degraded. */
const degradedPart = 0.2;

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
    async count({ decision: { sends = [] }, endedAtMillis }: AnsweredRequest): Promise<void> {
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

/** What calls say of the upstream; undefined = there were none. */
export const judge = ({ answered, failed }: Outcomes): Finding | undefined => {
  const calls = answered + failed;
  if (calls === 0) return undefined;
  const facts = `${failed} of ${calls} calls in the last ${windowMillis / 1_000} s got no answer, or one from 500 to 599.`;
  if (answered === 0 && calls >= fewestCalls) return { state: 'failed', reason: facts };
  return failed / calls >= degradedPart ? { state: 'degraded', reason: facts } : { state: 'ok', reason: facts };
};

/** @param probe makes one call, and returns its status; 0 = no answer came. */
export const createUpstreamLook = (store: HealthStore, clock: Clock, probe: () => Promise<number>) => {
  let probing: Promise<Finding> | undefined;

  const probeOnce = async (): Promise<Finding> => {
    const status = await probe();
    const failed = hasFailed(status);
    // So that the next one who asks finds this call.
    const one = { answered: failed ? 0 : fewestCalls, failed: failed ? fewestCalls : 0 };
    await store.addOutcomes(periodOf(clock.nowMillis()), one);
    if (!failed) return { state: 'ok', reason: `No call was sent lately. A call of the check was answered ${status}.` };
    const answer = status === 0 ? 'got no answer' : `was answered ${status}`;
    return { state: 'failed', reason: `No call was sent lately. A call of the check ${answer}.` };
  };

  return async (): Promise<Finding> => {
    const known = judge(await store.outcomesSince(clock.nowMillis() - windowMillis));
    if (known) return known;
    probing ??= probeOnce().finally(() => {
      probing = undefined;
    });
    return probing;
  };
};
