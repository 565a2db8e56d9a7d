/** Port: what one run of the wake-up leaves to the next. */

/** How far the ledger was searched for notifications that nobody has dispatched. */
export type Searched = {
  /** Until when (times of receipt) every notification was looked at. */
  readonly untilMillis: number;
  /** Ids of those before that which were not dispatched when they were looked at. */
  readonly left: readonly string[];
  /** While `left` is full: how far the search has come beyond `untilMillis` in this round. */
  readonly aheadMillis?: number | undefined;
};

export interface WakeStore {
  /** Undefined before the first run. */
  readSearched(): Promise<Searched | undefined>;
  /** @param searched `left` has 400 ids at most. */
  writeSearched(searched: Searched): Promise<void>;
  /** Where the last run has ended in lists that were too long for it, by the name of the list. */
  readCursors(): Promise<ReadonlyMap<string, string>>;
  /** @param cursor undefined = the run has come to the end of the list. */
  writeCursor(name: string, cursor: string | undefined): Promise<void>;
}
