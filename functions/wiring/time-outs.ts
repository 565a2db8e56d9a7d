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
