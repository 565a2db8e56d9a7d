/** Subscriptions and their queues in memory, for tests. */
import { type Home, madePrefix, madeQueueName, readQueueArn, toQueueArn } from '../queue-arn.ts';
import { QueueRefusal, type SubscriptionQueues } from '../queues.ts';
import type { SubscriptionStore } from '../store.ts';
import type { Subscription } from '../subscription.ts';

export const createMemorySubscriptionStore = (): SubscriptionStore => {
  const byId = new Map<string, Subscription>();
  let changes = 0;
  return {
    read: async (id) => byId.get(id),
    list: async (consumerId) =>
      [...byId.values()]
        .filter((one) => consumerId === undefined || one.consumerId === consumerId)
        .sort((one, other) => one.createdAtMillis - other.createdAtMillis || (one.id < other.id ? -1 : 1)),
    async write(subscription) {
      if ((byId.get(subscription.id)?.version ?? 0) !== subscription.version - 1) return false;
      byId.set(subscription.id, structuredClone(subscription));
      changes += 1;
      return true;
    },
    async remove(id) {
      byId.delete(id);
      changes += 1;
    },
    stamp: async () => String(changes),
  };
};

/** @param others ARNs of queues that consumers made themselves. */
export const createMemoryQueues = (
  home: Home,
  others: readonly string[] = [],
): SubscriptionQueues & { readonly messages: ReadonlyMap<string, readonly string[]> } => {
  const messages = new Map<string, string[]>(others.map((arn) => [arn, []]));
  const { partition, region, account } = home;
  const arnOf = (name: string): string => toQueueArn({ partition, region, account, name });
  const make = (name: string): string => {
    const arn = arnOf(name);
    if (!messages.has(arn)) messages.set(arn, []);
    return arn;
  };
  return {
    messages,
    async make({ subscriptionId, isFifo, isMade }) {
      const deadLettersArn = make(madeQueueName(home, subscriptionId, { isFifo, isDead: true }));
      return isMade
        ? { arn: make(madeQueueName(home, subscriptionId, { isFifo })), deadLettersArn }
        : { deadLettersArn };
    },
    async remove(id, isFifo) {
      for (const isDead of [false, true]) messages.delete(arnOf(madeQueueName(home, id, { isFifo, isDead })));
    },
    list: async () =>
      [...messages.keys()].flatMap((arn) => {
        const name = readQueueArn(arn)?.name ?? '';
        return name.startsWith(madePrefix(home.stage)) ? [{ name, arn }] : [];
      }),
    async send(arn, body) {
      const queue = messages.get(arn);
      if (!queue) throw new QueueRefusal('there is no such queue');
      queue.push(body);
    },
    urlOf: (arn) => `https://sqs.example.com/${arn.split(':').slice(-2).join('/')}`,
  };
};
