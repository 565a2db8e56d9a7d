/** Promise P8 as a check of the messages that the queues have received. */
import { toCloudEvent } from '../../shared/notifications/cloud-event.ts';
import type { Ledger } from '../../shared/notifications/ledger.ts';
import type { Notification } from '../../shared/notifications/notification.ts';
import { compileFilter } from '../../shared/subscriptions/filter/filter.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { source } from './fan-out-world.ts';
import type { Received } from './simulated-queues.ts';

/** What the queues have received, each in its order, and what the ledger says. */
export type Witness = {
  readonly queues: { receivedBy(queueArn: string): readonly Received[] };
  readonly ledger: Pick<Ledger, 'read'>;
};

/** Events with a mark (`delivery`) are outside the order, or may be repeated. */
const isOrdinary = ({ delivery }: Received): boolean => delivery === undefined;

const missing = (subscription: Subscription, received: readonly Received[], notifications: readonly Notification[]) => {
  const wants = compileFilter(subscription.filter);
  const ids = new Set(received.map(({ id }) => id));
  const wanted = notifications.filter((one) => wants(toCloudEvent(one, { source })));
  const wantedIds = new Set(wanted.map(({ id }) => id));
  return [
    ...wanted.filter(({ id }) => !ids.has(id)).map(({ id }) => `${subscription.id} lacks ${id}`),
    ...[...ids].filter((id) => !wantedIds.has(id)).map((id) => `${subscription.id} did not want ${id}`),
  ];
};

const repeatedOnFifo = (subscription: Subscription, received: readonly Received[]): string[] => {
  const seen = new Set<string>();
  return received.flatMap(({ id, delivery }) => {
    if (delivery === 'repeated' || delivery === 'redrive' || delivery === 'replay') return [];
    if (seen.has(id)) return [`${subscription.id} has ${id} twice`];
    seen.add(id);
    return [];
  });
};

const outOfOrder = (subscription: Subscription, received: readonly Received[]): string[] =>
  [...Map.groupBy(received.filter(isOrdinary), ({ subject }) => subject).values()].flatMap((ofEntity) =>
    ofEntity.flatMap(({ id, entitysequence = '' }, index) => {
      const before = ofEntity[index - 1]?.entitysequence ?? '';
      return entitysequence > before ? [] : [`${subscription.id}: ${id} (${entitysequence}) comes after ${before}`];
    }),
  );

const notDispatched = async (world: Witness, notifications: readonly Notification[]): Promise<string[]> => {
  const entries = await Promise.all(notifications.map(({ id }) => world.ledger.read(id)));
  return entries.flatMap((entry) => (entry?.dispatched ? [] : [`${entry?.notification.id} is not dispatched`]));
};

/** Where a sequence of an entity has gaps or repeats in the ledger. */
const brokenSequences = async (world: Witness, notifications: readonly Notification[]): Promise<string[]> => {
  const entries = await Promise.all(notifications.map(({ id }) => world.ledger.read(id)));
  return [...Map.groupBy(entries, (entry) => entry?.notification.entity ?? '').entries()].flatMap(([entity, all]) => {
    const numbers = all.map((entry) => entry?.dispatched?.sequence ?? 0).filter((number) => number > 0);
    const isWhole = numbers.toSorted((a, b) => a - b).every((number, index) => number === index + 1);
    return isWhole ? [] : [`${entity} has the sequences ${numbers.join(', ')}`];
  });
};

/** @param subscriptions those whose queues accepted everything in the end. @returns the breaches; empty if the promise is kept. */
export const faultsOf = async (
  world: Witness,
  subscriptions: readonly Subscription[],
  notifications: readonly Notification[],
): Promise<string[]> => [
  ...subscriptions.flatMap((subscription) => {
    const received = world.queues.receivedBy(subscription.queue.arn);
    if (subscription.latestOnlySeconds !== undefined) return [];
    const isFifo = subscription.queue.isFifo;
    return [
      ...missing(subscription, received, notifications),
      ...(isFifo ? [...repeatedOnFifo(subscription, received), ...outOfOrder(subscription, received)] : []),
    ];
  }),
  ...(await notDispatched(world, notifications)),
  ...(await brokenSequences(world, notifications)),
];
