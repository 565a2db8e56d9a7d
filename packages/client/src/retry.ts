/** Repeats what may be repeated, when the facade asks for it. */
import type { Clock } from './clock.ts';
import { hasValidKey } from './idempotency-key.ts';
import { retryAfterMillis } from './retry-after.ts';

/** Takes a Request, and nothing else. */
export type Fetch = (request: Request) => Promise<Response>;

export type RetryPolicy = {
  /** Repetitions of one call at most. 0 = none. */
  readonly most: number;
  /** No repetition begins later than this after the first try began. */
  readonly totalMillis: number;
};
export const defaultRetries: RetryPolicy = { most: 4, totalMillis: 60_000 };

const repeatedStatuses: ReadonlySet<number> = new Set([429, 503]);
const repeatableMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

/** The facade carries a call with a key out once, if the operation takes keys and the key is valid. */
const isRepeatable = ({ method, headers }: Request, takesKey: boolean): boolean =>
  repeatableMethods.has(method) || (takesKey && hasValidKey(headers));

/** The first answer under a key, kept by the facade, comes again whenever it is asked for. */
const isReplayed = ({ headers }: Response): boolean => headers.has('idempotency-replayed');

const asksForRepetition = (answer: Response): boolean => repeatedStatuses.has(answer.status) && !isReplayed(answer);

/** Without Retry-After, docs/errors.md asks for one second, then twice the wait before. */
const waitMillisOf = (answer: Response, repetitions: number, nowMillis: number): number =>
  retryAfterMillis(answer.headers, nowMillis) ?? 1_000 * 2 ** repetitions;

/**
 * @param make the request of one try: a sent request has no body any more. The last answer is given back, whatever it is.
 * @param takesKey whether an Idempotency-Key has an effect on the operation.
 */
export const createRetries =
  (fetch: Fetch, { most, totalMillis }: RetryPolicy, clock: Clock) =>
  async (make: () => Request, takesKey = false): Promise<Response> => {
    const startMillis = clock.nowMillis();
    for (let repetitions = 0; ; repetitions += 1) {
      const request = make();
      const answer = await fetch(request);
      if (repetitions >= most || !asksForRepetition(answer) || !isRepeatable(request, takesKey)) return answer;
      const nowMillis = clock.nowMillis();
      const waitMillis = waitMillisOf(answer, repetitions, nowMillis);
      if (nowMillis + waitMillis > startMillis + totalMillis) return answer;
      // An unread answer would hold its connection.
      await answer.body?.cancel();
      await clock.wait(waitMillis, request.signal);
    }
  };
export type Retries = ReturnType<typeof createRetries>;
