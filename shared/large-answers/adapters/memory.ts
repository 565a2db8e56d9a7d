import type { Lease, SlotStore } from '../slots.ts';

export const createMemorySlotStore = (): SlotStore => {
  const pools = new Map<string, Map<number, Lease>>();
  const poolOf = (name: string): Map<number, Lease> => {
    const pool = pools.get(name) ?? new Map<number, Lease>();
    pools.set(name, pool);
    return pool;
  };
  return {
    async take(name, size, lease, nowMillis) {
      const pool = poolOf(name);
      for (let slot = 0; slot < size; slot += 1) {
        if ((pool.get(slot)?.untilMillis ?? nowMillis) > nowMillis) continue;
        pool.set(slot, lease);
        return slot;
      }
      return undefined;
    },
    async renew(name, slot, lease) {
      const pool = poolOf(name);
      if (pool.get(slot)?.holder !== lease.holder) return false;
      pool.set(slot, lease);
      return true;
    },
    async release(name, slot, holder) {
      const pool = poolOf(name);
      if (pool.get(slot)?.holder === holder) pool.delete(slot);
    },
  };
};
