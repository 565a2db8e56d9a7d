/**
 * Subscriptions as those see them who send: one whose consumer may not have it now counts as paused. Nothing is sent to it, live
 * or later, until the consumer has its rights again. What was waiting keeps waiting for as long as it is retried.
 */
import { holdsScope } from '../consumers/consumer.ts';
import type { Consumer } from '../exchange/consumer.ts';
import type { SubscriptionStore } from './store.ts';
import type { Subscription } from './subscription.ts';

/** The record as it is now; undefined = there is no such consumer. @throws when it cannot be told. */
export type FindConsumer = (id: string) => Promise<Consumer | undefined>;

/** The consumer that made the subscription is there, not another one of its id, is active, and may still read subscriptions. */
const isEntitled = ({ incarnation }: Subscription, consumer: Consumer | undefined): boolean =>
  consumer !== undefined &&
  (consumer.incarnation ?? '') === incarnation &&
  consumer.state === 'active' &&
  holdsScope(consumer, 'subscriptions', 'read');

const heldBack = ({ pausedAtMillis: _, ...subscription }: Subscription): Subscription => ({
  ...subscription,
  state: 'paused',
});

/** The same store, for the functions that send. Each consumer is looked up once for each list. */
export const entitledOnly = (
  store: Pick<SubscriptionStore, 'read' | 'list' | 'stamp' | 'write'>,
  findConsumer: FindConsumer,
): Pick<SubscriptionStore, 'read' | 'list' | 'stamp' | 'write'> => ({
  ...store,
  async read(id) {
    const found = await store.read(id);
    return found && (isEntitled(found, await findConsumer(found.consumerId)) ? found : heldBack(found));
  },
  async list(consumerId) {
    const all = await store.list(consumerId);
    const ids = [...new Set(all.map((one) => one.consumerId))];
    const consumers = new Map(await Promise.all(ids.map(async (id) => [id, await findConsumer(id)] as const)));
    return all.map((one) => (isEntitled(one, consumers.get(one.consumerId)) ? one : heldBack(one)));
  },
});
