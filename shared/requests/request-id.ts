/**
 * Ids of requests: UUIDs that begin with the instant of the request (RFC 9562, version 7). So one item is enough for its record: the id
 * says where in the list of its consumer the record stands. The other digits are those of Lambda's id of the invocation.
 */
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const timed = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** The id of the request that began at this instant. @param invocationId Lambda's; one that is no UUID stays as it is. */
export const requestIdOf = (invocationId: string, startedAtMillis: number): string => {
  if (!uuid.test(invocationId)) return invocationId;
  const time = startedAtMillis.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${invocationId.slice(15)}`;
};

/** When the request of this id began; undefined if the id does not say it. */
export const startOfRequest = (requestId: string): number | undefined =>
  timed.test(requestId) ? Number.parseInt(requestId.slice(0, 8) + requestId.slice(9, 13), 16) : undefined;
