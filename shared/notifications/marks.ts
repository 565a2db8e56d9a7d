/** What is special about one copy of an event: the extensions of its CloudEvent. */
export type Marks = {
  /** Place in the order of its entity, sent as `entitysequence`. Absent for a copy that stands outside the order. */
  readonly sequence?: number | undefined;
  /**
   * Sent as `delivery`; absent for an ordinary one. `late`: it came after a later one of its entity. `repeated`: it may have been sent
   * before, so long ago that a FIFO queue does not recognise it. `latest`: it stands for all of an interval.
   */
  readonly delivery?: 'late' | 'repeated' | 'replay' | 'redrive' | 'test' | 'latest' | undefined;
  /** Sent as `parkedevent`: id of an earlier event of the entity that the subscription's queue did not take. */
  readonly parkedEvent?: string | undefined;
  /** Of `latest`: how many it stands for, sent as `coalescedcount`. */
  readonly coalescedCount?: number | undefined;
  /** Of `latest`: an id of its own in place of the notification's. */
  readonly id?: string | undefined;
};
