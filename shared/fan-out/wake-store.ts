/** Port: what one run of the wake-up leaves to the next. */
export interface WakeStore {
  /** Until when (times of receipt) every notification of the ledger is known to be dispatched; undefined before the first run. */
  readCheckpoint(): Promise<number | undefined>;
  writeCheckpoint(untilMillis: number): Promise<void>;
}
