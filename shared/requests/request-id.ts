/**
 * Ids of requests: UUIDs that begin with the instant of the request (RFC 9562, version 7). So one item is enough for its record: the id
 * says where in the list of its consumer the record stands. The edge makes them (functions/edge/http-request.ts).
 */
const timed = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** When the request of this id began; undefined if the id does not say it. */
export const startOfRequest = (requestId: string): number | undefined =>
  timed.test(requestId) ? Number.parseInt(requestId.slice(0, 8) + requestId.slice(9, 13), 16) : undefined;
