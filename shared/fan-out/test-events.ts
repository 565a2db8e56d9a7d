/** Test events: sent at once to the caller's own subscriptions, kept nowhere. */
import { type CloudEvent, toCloudEvent } from '../notifications/cloud-event.ts';
import type { Notification } from '../notifications/notification.ts';
import { compileFilter } from '../subscriptions/filter/filter.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Clock } from '../time/clock.ts';
import type { Attempts } from './attempt.ts';

export type TestDelivery = {
  readonly subscriptionId: string;
  readonly outcome: 'sent' | 'not-sent' | 'no-match' | 'not-active';
  readonly messageId?: string;
  readonly reason?: string;
};

export type TestEventParts = {
  readonly attempts: Pick<Attempts, 'send'>;
  readonly clock: Clock;
  /** `/signals-facade/<stage>`. */
  readonly source: string;
  /** A random text, each time another. */
  readonly newId: () => string;
};

type Wanted = { readonly type: string; readonly entity: string; readonly data: unknown };

const marks = { mark: 'test' } as const;

export const createTestEvents =
  ({ attempts, clock, source, newId }: TestEventParts) =>
  async (
    { type, entity, data }: Wanted,
    subscriptions: readonly Subscription[],
  ): Promise<{ readonly event: CloudEvent; readonly deliveries: readonly TestDelivery[] }> => {
    const now = clock.nowMillis();
    const notification: Notification = {
      id: `test-${newId()}`,
      ...{ type, entity, createdAtMillis: now, receivedAtMillis: now, origin: 'push', document: data },
    };
    const event = toCloudEvent(notification, { source, ...marks });
    const deliver = async (subscription: Subscription): Promise<TestDelivery> => {
      const { id: subscriptionId, state, filter } = subscription;
      if (state !== 'active') return { subscriptionId, outcome: 'not-active', reason: `the subscription is ${state}` };
      if (!compileFilter(filter)(event)) return { subscriptionId, outcome: 'no-match' };
      const enrichment = subscription.isEnriched ? ({ state: 'not-read' } as const) : undefined;
      const result = await attempts.send(subscription, { notification, marks: { ...marks, enrichment } });
      return result.kind === 'sent'
        ? { subscriptionId, outcome: 'sent', messageId: result.messageId }
        : { subscriptionId, outcome: 'not-sent', reason: result.reason };
    };
    return { event, deliveries: await Promise.all(subscriptions.map(deliver)) };
  };
