/**
 * The subscriptions, as this instance remembers them. A subscription gets every notification that is received after the answer
 * to the request that made or resumed it: the stamp is read for each notification, and the list when it has changed. After a
 * request that was killed before its answer, that holds from 5 s later on.
 */
import type { CloudEvent } from '../notifications/cloud-event.ts';
import { isFor, isSince, type Notification } from '../notifications/notification.ts';
import { compileFilter, type Filter } from '../subscriptions/filter/filter.ts';
import type { SubscriptionStore } from '../subscriptions/store.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Clock } from '../time/clock.ts';
import type { OwnSubscriber } from './own-subscribers.ts';

const mostAgeMillis = 5_000;

export type Subscriptions = {
  readonly all: readonly Subscription[];
  find(id: string): Subscription | undefined;
  /** Those that get this notification live. */
  matching(notification: Notification, event: CloudEvent): readonly Subscription[];
};

/** What a replay sends, from before it began or from a pause, is not sent live too, so that it comes once. */
const isLiveFor = (
  { state, startMillis, pausedAtMillis, catchUp }: Subscription,
  notification: Notification,
): boolean => {
  const { receivedAtMillis } = notification;
  if (receivedAtMillis < startMillis || !isSince(notification, startMillis)) return false;
  if (catchUp && receivedAtMillis >= catchUp.fromMillis && receivedAtMillis < catchUp.untilMillis) return false;
  return (
    state === 'active' || (state === 'paused' && pausedAtMillis !== undefined && receivedAtMillis < pausedAtMillis)
  );
};

/** An event about one consumer is for that consumer only. */
export const isForConsumer = (notification: Notification, { consumerId: id, incarnation }: Subscription): boolean =>
  isFor(notification, { id, incarnation });

export const createRememberedSubscriptions = (
  store: Pick<SubscriptionStore, 'list' | 'stamp'>,
  clock: Clock,
  onUnreadable: (subscriptionId: string, error: unknown) => void = () => {},
  /** They are always there, and in no store. */
  own: readonly OwnSubscriber[] = [],
) => {
  let remembered: { readonly stamp: string; readonly readAtMillis: number; readonly list: Subscriptions } | undefined;

  /** A filter that this version cannot read, or that fails at an event, matches nothing, and keeps nobody else from anything. */
  const filterOf = ({ id, filter }: Subscription): Filter => {
    const orNothing = <Value>(run: () => Value, otherwise: Value): Value => {
      try {
        return run();
      } catch (error) {
        onUnreadable(id, error);
        return otherwise;
      }
    };
    const compiled = orNothing<Filter>(
      () => compileFilter(filter),
      () => false,
    );
    return (event) => orNothing(() => compiled(event), false);
  };

  const toList = (ofConsumers: readonly Subscription[]): Subscriptions => {
    const all = [...own.map(({ subscription }) => subscription), ...ofConsumers];
    const byId = new Map(all.map((subscription) => [subscription.id, subscription]));
    const filters = ofConsumers.map((subscription) => ({ subscription, filter: filterOf(subscription) }));
    return {
      all,
      find: (id) => byId.get(id),
      matching: (notification, event) =>
        [
          ...own.filter(({ wants }) => wants(notification)),
          ...filters.filter(
            ({ subscription, filter }) =>
              isLiveFor(subscription, notification) && isForConsumer(notification, subscription) && filter(event),
          ),
        ].map(({ subscription }) => subscription),
    };
  };

  return {
    async current(): Promise<Subscriptions> {
      // Before the list: a change in between makes the list newer than its stamp, and is read again.
      const stamp = await store.stamp();
      const readAtMillis = clock.nowMillis();
      if (remembered?.stamp === stamp && readAtMillis - remembered.readAtMillis < mostAgeMillis) return remembered.list;
      const list = toList(await store.list());
      remembered = { stamp, readAtMillis, list };
      return list;
    },
  };
};
export type RememberedSubscriptions = ReturnType<typeof createRememberedSubscriptions>;
