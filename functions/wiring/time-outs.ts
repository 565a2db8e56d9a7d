/** Time-outs of AWS clients that end a call: without them a store that hangs holds a function until its own deadline. */

/**
 * For `requestHandler` of a client: each try fails with a TimeoutError when no connection stands after `connectionMillis`, when
 * no answer has begun after `requestMillis`, and when one that has begun stalls for as long. The SDK's own `requestTimeout`
 * only prints a warning unless told to throw (@smithy/node-http-handler), and ends with the first line of the answer.
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

/** Time-outs of the clients of stores and queues. DynamoDB has one client for each profile. */
export const profiles = {
  /** Answers take milliseconds. Lists come in pages of 1 MB at most, each an answer of its own. */
  usual: { requestMillis: 3_000, connectionMillis: 1_000 },
  /** A call goes upstream without the cache when the table does not answer, and need not wait long for that. */
  cache: { maxAttempts: 2, requestMillis: 3_000, connectionMillis: 1_000 },
  /** Every write waits for the audit log, and a store that hangs must not hold it for minutes. */
  audit: { maxAttempts: 2, requestMillis: 1_500, connectionMillis: 1_000 },
  /** Idempotency keys, for which a caller waits before and after each send, and records of requests, for which nobody waits. */
  brief: { maxAttempts: 2, requestMillis: 1_000, connectionMillis: 500 },
  /** A store that is slow on a busy day still answers within these bounds, and one that hangs is tried twice. */
  largeAnswers: { maxAttempts: 2, requestMillis: 5_000, connectionMillis: 3_000 },
  /** An answer that takes longer than a lease is of no use, and the governor repeats what may be repeated. */
  budget: { maxAttempts: 1, requestMillis: 900, connectionMillis: 500 },
} as const satisfies Readonly<Record<string, Patience>>;
export type Profile = keyof typeof profiles;

/** The settings of a client that follows a profile. */
export const clientSettings = ({ requestMillis, connectionMillis, ...rest }: Patience) => ({
  ...rest,
  requestHandler: requestHandler(requestMillis, connectionMillis),
});
