/** Port to the one item that all instances share. */
import type { QuotaState } from './state.ts';

export type StoredQuota = { readonly state: QuotaState; readonly version: number };

/** An answer of the store, with the time of the store's clock in whole seconds; undefined if the answer has no time. Any host of the store may have answered. */
export type Dated<Value> = { readonly value: Value; readonly dateMillis: number | undefined };

export interface QuotaStore {
  /** The state as last written, never an older one than this caller has written; undefined before the first write. */
  read(): Promise<Dated<StoredQuota | undefined>>;
  /**
   * Writes the state as version `expected + 1` if the stored version is `expected` (0 = there is none yet).
   * False = certainly not written. @throws anything if the outcome is not known: the state may be written, now or later.
   */
  replace(state: QuotaState, expected: number): Promise<Dated<boolean>>;
}
