/** The message that a subscription gets of a notification. */
import { createHash } from 'node:crypto';
import { type Marks, toCloudEvent, toCloudEventText } from '../notifications/cloud-event.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { OutgoingMessage } from './queue-sender.ts';

/** What SQS takes as a message group or deduplication id (API reference, SendMessage). Others are told apart by their hash. */
const isTaken = (text: string): boolean => /^[!-~]{1,128}$/.test(text);
const toSqsId = (text: string): string => (isTaken(text) ? text : createHash('sha256').update(text).digest('hex'));

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
  const group = toSqsId(notification.entity);
  if (queue.isFifo) return { body, group, deduplicationId: toSqsId(copy === undefined ? id : `${id}/${copy}`) };
  // A fair queue when it is one of the facade's. Of a consumer's own nobody knows.
  return queue.isMade ? { body, group } : { body };
};
