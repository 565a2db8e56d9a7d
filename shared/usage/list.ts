/** Lists sums: consumer by consumer, each newest first. A page ends when it is full, or when much was read for it. */
import { type Granularity, periodMillis } from './usage.ts';
import { beforeBucket, type UsageRow, type UsageStore } from './usage-store.ts';

export type UsageFilter = {
  /** Undefined = all consumers. */
  readonly consumerId: string | undefined;
  readonly granularity: Granularity;
  readonly fromMillis: number;
  readonly untilMillis: number;
};

/** The row that a page ended with, or a period that no row of the consumer has: the next page begins behind it. */
export type UsageCursor = { readonly consumerId: string; readonly startMillis: number; readonly keyId: string };
type UsagePage = { readonly rows: readonly UsageRow[]; readonly next?: UsageCursor };

const mostReads = 200;

/** By consumer, then newest first, then by key. */
const compare = (one: UsageCursor, other: UsageCursor): number => {
  if (one.consumerId !== other.consumerId) return one.consumerId < other.consumerId ? -1 : 1;
  if (one.startMillis !== other.startMillis) return other.startMillis - one.startMillis;
  if (one.keyId === other.keyId) return 0;
  return one.keyId < other.keyId ? -1 : 1;
};

export const listUsage = async (
  store: UsageStore,
  filter: UsageFilter,
  size: number,
  after?: UsageCursor,
): Promise<UsagePage> => {
  const { granularity, fromMillis, untilMillis } = filter;
  // A period belongs to the range when any part of it does.
  const isInRange = ({ startMillis }: UsageRow): boolean =>
    startMillis + periodMillis[granularity] > fromMillis && startMillis < untilMillis;
  const consumers =
    filter.consumerId === undefined ? await store.consumers(fromMillis, untilMillis) : [filter.consumerId];
  const rows: UsageRow[] = [];
  let reads = 0;
  for (const consumerId of consumers.filter((id) => after === undefined || id >= after.consumerId)) {
    const isFirst = after?.consumerId === consumerId;
    let millis = isFirst ? Math.min(untilMillis - 1, after.startMillis) : untilMillis - 1;
    while (millis + periodMillis[granularity] > fromMillis) {
      const found = await store.read(granularity, consumerId, millis);
      const wanted = found.filter((row) => isInRange(row) && !(after && compare(row, after) <= 0)).sort(compare);
      rows.push(...wanted);
      reads += 1;
      if (rows.length > size) return { rows: rows.slice(0, size), next: rows[size - 1] as UsageRow };
      millis = beforeBucket(granularity, millis);
      if (reads >= mostReads) return { rows, next: { consumerId, startMillis: millis + 1, keyId: '~' } };
    }
  }
  return { rows };
};
