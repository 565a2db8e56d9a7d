/**
 * Parts of the facade that get notifications themselves. The dispatcher sends to them as to a subscription, with the same guarantees:
 * the attempt is stored first, what a queue does not take is retried for 28 hours and then goes to dead letters. Each part has a FIFO
 * queue, dead letters and alarms of its own, so no part delays another. How to add one: CONTRIBUTING.md, "Get events in a function".
 */
import * as z from 'zod';
import { ownIdOf } from '../exchange/consumer.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Subscription } from '../subscriptions/subscription.ts';

/** Stands for every type. */
export const everyType = '*';

/** The parts, and the native types of notifications that each gets. Events of the facade's own concern consumers: no part gets them. */
export const ownSubscribers = {
  /** The cache drops what it holds of an entity. */
  purges: [everyType],
  /** The archive takes an order for an experiment that was closed: by each of these, as the tenant words it. */
  archive: ['close', 'sign', 'close_without_signing'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type OwnSubscriberName = keyof typeof ownSubscribers;
export type TypeFor<Name extends OwnSubscriberName> = (typeof ownSubscribers)[Name][number];

/** The queues of the parts, by name, as infra tells them to the dispatcher. */
export const OwnQueues = z.partialRecord(
  z.enum(Object.keys(ownSubscribers) as OwnSubscriberName[]),
  z.strictObject({ arn: z.string().min(1), deadLettersArn: z.string().min(1) }),
);
export type OwnQueue = Readonly<NonNullable<z.infer<typeof OwnQueues>[OwnSubscriberName]>>;

export type OwnSubscriber = {
  readonly subscription: Subscription;
  readonly wants: (notification: Notification) => boolean;
};

const ownPrefix = 'own-';
/** One that this version does not know may be of a newer one, or of the one before a rollback: what waits for it is kept. */
export const isOwnSubscription = (subscriptionId: string): boolean => subscriptionId.startsWith(ownPrefix);

/** A subscription that is in no store, for a FIFO queue of the stack. @param name unique among them. */
export const ownSubscription = (name: string, queue: OwnQueue): Subscription => ({
  id: ownPrefix + name,
  consumerId: ownIdOf(name),
  incarnation: '',
  state: 'active',
  queue: { ...queue, isFifo: true, isMade: true },
  startMillis: 0,
  createdAtMillis: 0,
  version: 1,
});

const wants =
  (types: readonly string[]) =>
  ({ origin, type }: Notification): boolean =>
    origin !== 'facade' && (types.includes(everyType) || types.includes(type));

export const toOwnSubscribers = (queues: z.infer<typeof OwnQueues>): readonly OwnSubscriber[] =>
  Object.entries(queues).map(([name, queue]) => ({
    subscription: ownSubscription(name, queue as OwnQueue),
    wants: wants(ownSubscribers[name as OwnSubscriberName]),
  }));
