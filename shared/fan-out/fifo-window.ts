/** How long an attempt whose outcome is unknown may be repeated on a FIFO queue without a copy. */

/**
 * SQS recognises a deduplication id for 5 minutes from when it took the first message (developer guide, FIFO delivery logic). A
 * minute is left for clocks and for the way of the message.
 */
const sureMillis = 240_000;

/** Whether the queue would take a repeated message for a new one. @param sinceMillis when an attempt was first made whose outcome is unknown. */
export const isBeyondFifoWindow = (sinceMillis: number | undefined, nowMillis: number): boolean =>
  sinceMillis !== undefined && nowMillis - sinceMillis >= sureMillis;
