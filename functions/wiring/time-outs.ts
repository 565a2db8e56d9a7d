/** Time-outs of AWS clients. Without them, a store that hangs would hold a function until its deadline. */
import type { House } from '../house.ts';
import type { PatienceEnv } from './env.ts';

/**
 * For `requestHandler` of a client. A try fails with a TimeoutError if no connection stands after `connectionMillis`, if no answer
 * has begun after `requestMillis`, or if an answer stalls for as long. By default the SDK's `requestTimeout` only prints a warning
 * (@smithy/node-http-handler), and it ends with the first line of the answer.
 */
export const requestHandler = (requestMillis: number, connectionMillis: number) => ({
  requestTimeout: requestMillis,
  throwOnRequestTimeout: true,
  socketTimeout: requestMillis,
  connectionTimeout: connectionMillis,
});

export type Patience = {
  /** Tries in all, the first included; left out = the SDK's three. */
  readonly maxAttempts?: number;
  readonly requestMillis: number;
  readonly connectionMillis: number;
};

/**
 * Time-outs of the clients of stores and queues. Of DynamoDB there is one client of documents for each profile. The quota and the seals
 * of the audit log have plain clients of their own.
 */
export const profiles = {
  /** Answers take milliseconds. Lists come in pages of 1 MB at most, and each page is one answer. */
  usual: { requestMillis: 3_000, connectionMillis: 1_000 },
  /** If the table does not answer, a call goes upstream without the cache. It must not wait long before that. */
  cache: { maxAttempts: 2, requestMillis: 3_000, connectionMillis: 1_000 },
  /** Every write waits for the audit log. A store that hangs must not hold it for minutes. */
  audit: { maxAttempts: 2, requestMillis: 1_500, connectionMillis: 1_000 },
  /**
   * Idempotency keys, for which a caller waits before and after each send; records of requests, for which nobody waits; functions that
   * only show the budget of the quota.
   */
  brief: { maxAttempts: 2, requestMillis: 1_000, connectionMillis: 500 },
  /** A slow store still answers within these bounds. A store that hangs is tried twice. */
  largeAnswers: { maxAttempts: 2, requestMillis: 5_000, connectionMillis: 3_000 },
  /** An answer that takes longer than a lease is useless, and the governor does the retries. */
  budget: { maxAttempts: 1, requestMillis: 900, connectionMillis: 500 },
} as const satisfies Readonly<Record<string, Patience>>;
export type Profile = keyof typeof profiles;

/** How many times longer than the profiles say the clients of DynamoDB and KMS of this house wait. */
export const patienceOf = ({ env }: House): number => (env as PatienceEnv).STORE_PATIENCE ?? 1;

/** The settings of a client that follows a profile, with each wait so many times as long. */
export const clientSettings = ({ requestMillis, connectionMillis, ...rest }: Patience, times = 1) => ({
  ...rest,
  requestHandler: requestHandler(requestMillis * times, connectionMillis * times),
});
