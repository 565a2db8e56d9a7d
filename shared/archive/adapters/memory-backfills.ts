import type { Backfill, BackfillStore } from '../backfills/backfill-record.ts';

export const createMemoryBackfillStore = (): BackfillStore => {
  const records = new Map<number, Backfill>();
  return {
    readBackfill: async (id) => records.get(id),
    async writeBackfill(after) {
      if ((records.get(after.id)?.version ?? 0) !== after.version - 1) return false;
      records.set(after.id, after);
      return true;
    },
    listBackfills: async (limit) => [...records.values()].sort((a, b) => b.id - a.id).slice(0, limit),
  };
};
