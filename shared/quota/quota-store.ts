/** Port to the one item that all instances share. */
import type { QuotaState } from './state.ts';

export type StoredQuota = { readonly state: QuotaState; readonly version: number };

/** What the store says, and when by its own clock: whole seconds, of any host of the store; undefined when it does not tell. */
export type Dated<Value> = { readonly value: Value; readonly dateMillis: number | undefined };

export interface QuotaStore {
  /** The state as last written, never an older one than this caller has written; undefined before the first write. */
  read(): Promise<Dated<StoredQuota | undefined>>;
  /**
   * Writes the state as version `expected + 1` if the stored version is `expected` (0 = there is none yet).
   * False = certainly not written. @throws anything when that is not known: it may be written, now or later.
   */
  replace(state: QuotaState, expected: number): Promise<Dated<boolean>>;
}
