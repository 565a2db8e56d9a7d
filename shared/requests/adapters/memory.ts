import type { RequestRecord } from '../../exchange/decision.ts';
import type { RequestStore } from '../request-log.ts';

export const createMemoryRequestStore = (): RequestStore => {
  const records = new Map<string, RequestRecord>();
  return {
    async put(record) {
      if (!records.has(record.requestId)) records.set(record.requestId, structuredClone(record));
    },
    async read(requestId) {
      return records.get(requestId);
    },
  };
};
