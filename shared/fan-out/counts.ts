/** What the fan-out counts, for metrics. */
export type FanOutCounts = {
  readonly sent?: number;
  /** Stored for another attempt. */
  readonly pending?: number;
  /** No answer came: a copy may be in the queue. */
  readonly unknown?: number;
  /** Sent again on a FIFO queue after the time within which SQS recognises a copy. */
  readonly repeated?: number;
  readonly deadLettered?: number;
  readonly late?: number;
  readonly coalesced?: number;
  readonly replayed?: number;
  /** Notifications that were stored, and that nobody had dispatched for minutes. */
  readonly foundUndispatched?: number;
};
export type Observe = (counts: FanOutCounts) => void;
