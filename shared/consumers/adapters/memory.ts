import type { Consumer, ConsumerRegistry } from '../consumer.ts';

export const createMemoryConsumerRegistry = (): ConsumerRegistry => {
  const consumers = new Map<string, Consumer>();
  const ownerByKeyHash = new Map<string, string>();
  return {
    async findByKeyHash(keyHash) {
      return consumers.get(ownerByKeyHash.get(keyHash) ?? '');
    },
    async save(consumer, keyHash) {
      consumers.set(consumer.id, consumer);
      ownerByKeyHash.set(keyHash, consumer.id);
    },
  };
};
