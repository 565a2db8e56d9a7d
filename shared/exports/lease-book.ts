/** Which runs work, and which wait for their turn: one record. */
export type Holder = { readonly runName: string; readonly consumerId: string; readonly untilMillis: number };
export type Waiter = Holder & { readonly sinceMillis: number };
export type LeaseBook = {
  readonly version: number;
  readonly holders: readonly Holder[];
  readonly waiters: readonly Waiter[];
};

export const emptyBook: LeaseBook = { version: 0, holders: [], waiters: [] };
