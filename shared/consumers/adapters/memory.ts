import type { ConsumerRegistry } from '../consumer.ts';
import { createConsumerRegistry } from '../registry.ts';
import type { ConsumerRecord, ConsumerStore, Pointer } from '../store.ts';

export const createMemoryConsumerStore = (): ConsumerStore => {
  const records = new Map<string, ConsumerRecord>();
  const pointers = new Map<string, Pointer>();
  return {
    read: async (id) => records.get(id),
    page: async (after, limit) =>
      [...records.values()]
        .filter(({ consumer }) => after === undefined || consumer.id > after)
        .sort((a, b) => (a.consumer.id < b.consumer.id ? -1 : 1))
        .slice(0, limit),
    async write(record, replaced) {
      if ((records.get(record.consumer.id)?.version ?? 0) !== replaced) return false;
      records.set(record.consumer.id, record);
      return true;
    },
    async remove(id, version) {
      return records.get(id)?.version === version && records.delete(id);
    },
    follow: async (pointer) => pointers.get(pointer),
    async point(pointer, consumerId, instead) {
      const present = pointers.get(pointer);
      if (present && present.consumerId !== consumerId && present.consumerId !== instead) return false;
      pointers.set(pointer, { ...present, consumerId });
      return true;
    },
    async unpoint(pointer, consumerId) {
      if (pointers.get(pointer)?.consumerId === consumerId) pointers.delete(pointer);
    },
    async noteUse(pointer, day) {
      const present = pointers.get(pointer);
      if (present && (present.lastUsedOn ?? '') < day) pointers.set(pointer, { ...present, lastUsedOn: day });
    },
  };
};

export const createMemoryConsumerRegistry = (): ConsumerRegistry => createConsumerRegistry(createMemoryConsumerStore());
