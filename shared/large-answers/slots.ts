/** Leases on numbered slots, shared by all instances: a Lambda instance serves one request at a time and cannot count alone. */

export type Lease = {
  /** Unique for each answer in flight. */
  readonly holder: string;
  /** By the clock of the holder. After it, another holder may take the slot. */
  readonly untilMillis: number;
};

/** The store is up, but too slow or too busy to say whether a slot is free. */
export class SlotStoreSlow extends Error {
  override readonly name = 'SlotStoreSlow';
}

/** Port. A pool has the slots 0 to `size` - 1; a pool that nobody has used is free. */
export interface SlotStore {
  /**
   * Takes a slot of the pool that is free, or whose lease ended before `nowMillis`. Two holders never have the same slot at
   * the same time, as far as their clocks agree. Undefined = others hold all of them.
   * @throws SlotStoreSlow after a time-out, or when the store throttles; any other error means that the store is down.
   */
  take(pool: string, size: number, lease: Lease, nowMillis: number): Promise<number | undefined>;
  /** Sets a new end. False = another holder has taken the slot since, or it was given back. */
  renew(pool: string, slot: number, lease: Lease): Promise<boolean>;
  /** Gives the slot back; does nothing when somebody else holds it. */
  release(pool: string, slot: number, holder: string): Promise<void>;
}
