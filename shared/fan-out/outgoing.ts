/** The message that a subscription gets of a notification. */
import { type Marks, toCloudEvent, toCloudEventText } from '../notifications/cloud-event.ts';
import type { Notification } from '../notifications/notification.ts';
import { toFifoText } from '../queues/fifo-text.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { OutgoingMessage } from './queue-sender.ts';

export type Copy = {
  readonly notification: Notification;
  readonly marks: Marks;
  /** Tells copies of one event apart that SQS must not take for the same: the id of a replay or redrive. */
  readonly copy?: string | undefined;
};

/** @param source `/signals-facade/<stage>`. */
export const toOutgoing = (
  { notification, marks, copy }: Copy,
  { queue }: Pick<Subscription, 'queue'>,
  source: string,
): OutgoingMessage => {
  const body = toCloudEventText(toCloudEvent(notification, { source, ...marks }));
  const id = marks.id ?? notification.id;
  const group = toFifoText(notification.entity);
  if (queue.isFifo) return { body, group, deduplicationId: toFifoText(copy === undefined ? id : `${id}/${copy}`) };
  // A fair queue when it is one of the facade's. Of a consumer's own nobody knows.
  return queue.isMade ? { body, group } : { body };
};
