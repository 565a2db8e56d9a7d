import { addCounts, type Granularity, noCounts } from '../usage.ts';
import { bucketOf, type UsageRow, type UsageStore } from '../usage-store.ts';

export const createMemoryUsageStore = (): UsageStore => {
  const rows = new Map<string, UsageRow & { readonly granularity: Granularity }>();
  const lastWrites = new Map<string, string>();
  const months = new Map<string, Set<string>>();
  return {
    async add(granularity, row, writeId) {
      const name = JSON.stringify([granularity, row.consumerId, row.keyId, row.startMillis]);
      if (lastWrites.get(name) === writeId) return;
      lastWrites.set(name, writeId);
      rows.set(name, { ...row, granularity, counts: addCounts(rows.get(name)?.counts ?? noCounts, row.counts) });
    },
    async noteConsumer(consumerId, atMillis) {
      const month = bucketOf('day', atMillis);
      months.set(month, new Set([...(months.get(month) ?? []), consumerId]));
    },
    async consumers(fromMillis, untilMillis) {
      const wanted = [...months].filter(
        ([month]) => month >= bucketOf('day', fromMillis) && month <= bucketOf('day', untilMillis),
      );
      return [...new Set(wanted.flatMap(([, ids]) => [...ids]))].sort();
    },
    async read(granularity, consumerId, atMillis) {
      const bucket = bucketOf(granularity, atMillis);
      return [...rows.values()]
        .filter((row) => row.granularity === granularity && row.consumerId === consumerId)
        .filter((row) => bucketOf(granularity, row.startMillis) === bucket)
        .map(({ granularity: _granularity, ...row }) => row);
    },
  };
};
