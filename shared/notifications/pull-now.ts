/** A pull on demand: at most one at a time, within the time that a request has. */
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { endsWithin } from '../time/within.ts';
import type { Pull, PullReport } from './pull.ts';

/** Port. There is one lease for each stage. */
export interface PullLease {
  /** @returns false while somebody holds it. It ends by itself at `untilMillis`, which also names its holder. */
  take(untilMillis: number): Promise<boolean>;
  /** Does nothing where somebody else holds it. */
  release(untilMillis: number): Promise<void>;
}

/** A slice that has begun by then is ended. */
const runMillis = 12_000;
/** API Gateway waits for 29 s. */
const answerMillis = 24_000;
/** Above the timeout of the function: a holder that was killed holds nobody up for long. */
const leaseMillis = 32_000;

/** The tenant, or the budget for it, is at fault. A store of the facade says so itself. */
const toUnreachable = (error: unknown): unknown => {
  if (error instanceof AppError && error.code === 'NOTIFICATIONS_UNAVAILABLE') return error;
  const why = error instanceof AppError ? error.code : 'no answer';
  const detail = `The tenant could not be asked (${why}). The scheduled pull tries again within five minutes.`;
  return new AppError('UPSTREAM_UNREACHABLE', { detail, cause: error });
};

export const createPullNow =
  ({ pull, lease, clock }: { readonly pull: Pick<Pull, 'run'>; readonly lease: PullLease; readonly clock: Clock }) =>
  /**
   * @returns what it found; undefined while another one runs, or when this one had no time left: the scheduled pull goes on then.
   * @throws AppError UPSTREAM_UNREACHABLE, NOTIFICATIONS_UNAVAILABLE.
   */
  async (): Promise<PullReport | undefined> => {
    const nowMillis = clock.nowMillis();
    const untilMillis = nowMillis + leaseMillis;
    if (!(await lease.take(untilMillis))) return undefined;
    // Released when the run ends, and not when its time is over: it may go on for a while.
    const run = pull.run(nowMillis + runMillis).finally(() => lease.release(untilMillis));
    const isOver = await endsWithin(run, answerMillis).catch((error: unknown) => {
      throw toUnreachable(error);
    });
    if (isOver) return run;
    // Nobody waits for it any more.
    run.catch(() => {});
    return undefined;
  };
export type PullNow = ReturnType<typeof createPullNow>;
