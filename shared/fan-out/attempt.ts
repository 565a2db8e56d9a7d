/** One attempt to send a copy of an event to the queue of a subscription. */
import { wantsDocument } from '../enrichment/enrichment.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Clock } from '../time/clock.ts';
import { type Copy, toOutgoing, withoutDocument } from './outgoing.ts';
import type { QueueHealth } from './queue-health.ts';
import type { QueueSender, SendResult } from './queue-sender.ts';

export type Attempts = {
  /** Whether the queue has just failed several times: storing the delivery is better than trying. */
  isHeld(subscription: Subscription): boolean;
  send(subscription: Subscription, copy: Copy): Promise<SendResult>;
  /** Puts the message into the subscription's dead-letter queue. */
  bury(subscription: Subscription, copy: Copy, reason: string): Promise<SendResult>;
};

export type AttemptParts = {
  readonly sender: QueueSender;
  readonly health: QueueHealth;
  readonly clock: Clock;
  /** `/signals-facade/<stage>`. */
  readonly source: string;
  /** Called with each attempt and its result. It must not throw. */
  readonly onAttempt?: (attempt: Attempt) => void;
};

export type Attempt = {
  readonly subscriptionId: string;
  readonly notification: Pick<Notification, 'id' | 'traceId'>;
  readonly result: SendResult;
  /** It was sent to the dead-letter queue. */
  readonly isLetter: boolean;
};

/** No dead letter has the document, whatever became of it: a redrive reads another. */
const toLetter = (copy: Copy, subscription: Subscription): Copy => {
  const { notification, marks } = copy;
  if (marks.enrichment === undefined && wantsDocument(subscription, notification))
    return { ...copy, marks: { ...marks, enrichment: { state: 'not-read' } } };
  return withoutDocument(copy, 'not-read') ?? copy;
};

export const createAttempts = ({ sender, health, clock, source, onAttempt = () => {} }: AttemptParts): Attempts => {
  const sendTo = async (arn: string, subscription: Subscription, copy: Copy, reason?: string): Promise<SendResult> => {
    const message = { ...toOutgoing(copy, subscription, source), ...(reason === undefined ? {} : { reason }) };
    const [result] = await sender.send(arn, [message]);
    const told: SendResult = result ?? { kind: 'unknown', reason: 'the sender gave no result' };
    const { notification } = copy;
    onAttempt({ subscriptionId: subscription.id, notification, result: told, isLetter: reason !== undefined });
    return told;
  };
  return {
    isHeld: ({ queue }) => health.isHeld(queue.arn),
    async send(subscription, copy) {
      const { arn } = subscription.queue;
      const startMillis = clock.nowMillis();
      const first = await sendTo(arn, subscription, copy);
      // A queue may take shorter messages only. What it refused, it has not kept as a copy.
      const smaller = first.kind === 'refused' ? withoutDocument(copy) : undefined;
      const result = smaller ? await sendTo(arn, subscription, smaller) : first;
      health.note(arn, result, clock.nowMillis() - startMillis);
      return result;
    },
    bury: (subscription, copy, reason) =>
      sendTo(
        subscription.queue.deadLettersArn,
        subscription,
        { ...toLetter(copy, subscription), copy: copy.copy === undefined ? 'dead' : `${copy.copy}/dead` },
        reason,
      ),
  };
};
