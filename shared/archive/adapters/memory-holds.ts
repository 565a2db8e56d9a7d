import type { HeldEntity, HoldStore } from '../holds/hold-record.ts';

export const createMemoryHoldStore = (): HoldStore => {
  const records = new Map<string, HeldEntity>();
  return {
    readHeld: async (eid) => records.get(eid),
    async writeHeld(after) {
      if ((records.get(after.eid)?.version ?? 0) !== after.version - 1) return false;
      records.set(after.eid, after);
      return true;
    },
    async listHeld(limit, cursor = '') {
      const rest = [...records.values()].filter(({ eid }) => eid > cursor).sort((a, b) => (a.eid < b.eid ? -1 : 1));
      const held = rest.slice(0, limit);
      const last = held.at(-1)?.eid;
      return rest.length > limit && last !== undefined ? { held, cursor: last } : { held };
    },
  };
};
