/** The message that a subscription gets of a notification. */
import { type Enrichment, type Marks, toCloudEvent, toCloudEventText } from '../notifications/cloud-event.ts';
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

/** Bytes of a message (quotas of SQS), less some room for its attributes. */
const mostMessageBytes = 1_048_576 - 1_024;

/** The same without the document; undefined where it has none. @param state why it goes without: as a rule the document made it too large. */
export const withoutDocument = (copy: Copy, state: Enrichment['state'] = 'too-large'): Copy | undefined => {
  const { enrichment } = copy.marks;
  if (enrichment?.document === undefined) return undefined;
  const { digest } = enrichment;
  const smaller: Enrichment = { state, ...(digest === undefined ? {} : { digest }) };
  return { ...copy, marks: { ...copy.marks, enrichment: smaller } };
};

const bodyOf = (copy: Copy, source: string): string => {
  const body = toCloudEventText(toCloudEvent(copy.notification, { source, ...copy.marks }));
  const smaller = Buffer.byteLength(body) > mostMessageBytes ? withoutDocument(copy) : undefined;
  return smaller ? bodyOf(smaller, source) : body;
};

/** @param source `/signals-facade/<stage>`. */
export const toOutgoing = (whole: Copy, { queue }: Pick<Subscription, 'queue'>, source: string): OutgoingMessage => {
  const { notification, marks, copy } = whole;
  // The facade's own events, such as the end of an export that several consumers share, may have the trace of another consumer's request.
  const traceId = notification.origin === 'facade' ? undefined : notification.traceId;
  const message = { body: bodyOf(whole, source), ...(traceId === undefined ? {} : { traceId }) };
  const id = marks.id ?? notification.id;
  const group = toFifoText(notification.entity);
  if (queue.isFifo)
    return { ...message, group, deduplicationId: toFifoText(copy === undefined ? id : `${id}/${copy}`) };
  // A fair queue when it is one of the facade's. Of a consumer's own nobody knows.
  return queue.isMade ? { ...message, group } : message;
};
