import type { RequestRecord } from '../../exchange/decision.ts';
import { hourMillis } from '../../time/units.ts';
import { type ListedRequest, type RequestStore, recordPosition, sumPosition } from '../request-store.ts';

export const createMemoryRequestStore = (): RequestStore => {
  const records = new Map<string, RequestRecord>();
  const listed = new Map<string, ListedRequest>();
  const lastWrites = new Map<string, string>();
  const days = new Map<number, Set<string>>();

  const consumerOf = (entry: ListedRequest): string =>
    'record' in entry ? entry.record.consumerId : entry.sum.consumerId;

  return {
    async put(record) {
      if (records.has(record.requestId)) return;
      const kept = structuredClone(record);
      const position = recordPosition(kept);
      records.set(record.requestId, kept);
      listed.set(position, { position, record: kept });
    },
    async read(requestId, consumerId) {
      const record = records.get(requestId);
      return consumerId === undefined || record?.consumerId === consumerId ? record : undefined;
    },
    async addHits(sum, writeId) {
      const position = sumPosition(sum);
      if (lastWrites.get(position) === writeId) return;
      lastWrites.set(position, writeId);
      const present = listed.get(position);
      const hits = sum.hits + (present && 'sum' in present ? present.sum.hits : 0);
      listed.set(position, { position, sum: { ...sum, hits } });
    },
    async noteConsumer(consumerId, dayStartMillis) {
      days.set(dayStartMillis, new Set([...(days.get(dayStartMillis) ?? []), consumerId]));
    },
    async consumersOn(dayStartMillis) {
      return [...(days.get(dayStartMillis) ?? [])].sort();
    },
    async list(consumerId, hourStartMillis, before, limit) {
      const isThere = (entry: ListedRequest): boolean => {
        const millis = Number(entry.position.slice(0, 13));
        const isInHour = millis >= hourStartMillis && millis < hourStartMillis + hourMillis;
        return isInHour && consumerOf(entry) === consumerId && entry.position < before;
      };
      return [...listed.values()]
        .filter(isThere)
        .sort((one, other) => (one.position < other.position ? 1 : -1))
        .slice(0, limit);
    },
  };
};
