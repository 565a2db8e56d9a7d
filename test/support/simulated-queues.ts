/** SQS as it matters to senders, on a simulated clock: queues that fail, and FIFO's memory of deduplication ids. */
import type { Letters } from '../../shared/fan-out/letters.ts';
import type { OutgoingMessage, QueueSender, SendResult } from '../../shared/fan-out/queue-sender.ts';

const rememberedMillis = 300_000;

export type Received = {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly entitysequence?: string;
  readonly delivery?: string;
  readonly parkedevent?: string;
  readonly coalescedcount?: number;
  readonly enrichment?: string;
  readonly entitydigest?: string;
  readonly data?: unknown;
  readonly atMillis: number;
};

/** The reaction of a queue to a message. `lose`: it accepts the message, and the answer is lost. `hang`: it does not accept it, and no answer comes. */
export type Behaviour = 'take' | 'fail' | 'refuse' | 'lose' | 'hang';

export const createSimulatedQueues = (nowMillis: () => number) => {
  const received = new Map<string, Received[]>();
  const takenAtMillis = new Map<string, { readonly atMillis: number; readonly messageId: string }>();
  const behaviours = new Map<string, (message: OutgoingMessage) => Behaviour>();
  const [hidden, moved, removed] = [new Set<Received>(), new Set<Received>(), new Set<Received>()];
  let messages = 0;
  let sends = 0;

  const receivedBy = (arn: string): Received[] => {
    const list = received.get(arn) ?? [];
    received.set(arn, list);
    return list;
  };

  const take = (arn: string, { body, deduplicationId }: OutgoingMessage): string => {
    const key = `${arn} ${deduplicationId}`;
    const known = deduplicationId === undefined ? undefined : takenAtMillis.get(key);
    if (known && nowMillis() - known.atMillis < rememberedMillis) return known.messageId;
    messages += 1;
    const messageId = `message-${messages}`;
    if (deduplicationId !== undefined) takenAtMillis.set(key, { atMillis: nowMillis(), messageId });
    receivedBy(arn).push({ ...JSON.parse(body), atMillis: nowMillis() });
    return messageId;
  };

  const sendOne = (arn: string, message: OutgoingMessage): SendResult => {
    sends += 1;
    const behaviour = behaviours.get(arn)?.(message) ?? 'take';
    if (behaviour === 'fail') return { kind: 'failed', reason: 'the queue is broken' };
    if (behaviour === 'refuse') return { kind: 'refused', reason: 'SQS refuses the message' };
    if (behaviour === 'hang') return { kind: 'unknown', reason: 'no answer came' };
    const messageId = take(arn, message);
    return behaviour === 'lose' ? { kind: 'unknown', reason: 'no answer came' } : { kind: 'sent', messageId };
  };

  const sender: QueueSender = {
    async send(arn, outgoing) {
      // Sends of different queues end in any order.
      if (sends % 3 === 0) await Promise.resolve();
      return outgoing.map((message) => sendOne(arn, message));
    },
  };
  /** Messages in dead-letter queues, from the sender or moved there by a test. */
  const letters: Letters = {
    async receive(arn) {
      const list = receivedBy(arn).filter((one) => !hidden.has(one));
      for (const one of list) hidden.add(one);
      return list.map((one) => ({
        body: JSON.stringify(one),
        ...{ isOwn: !moved.has(one), sentMillis: one.atMillis, receipt: String(receivedBy(arn).indexOf(one)) },
      }));
    },
    async remove(arn, { receipt }) {
      const one = receivedBy(arn)[Number(receipt)];
      if (one) removed.add(one);
    },
  };
  return {
    sender,
    letters,
    /** As SQS does with a message that was received too often. */
    moveToDead(arn: string, deadArn: string, id: string): void {
      const one = receivedBy(arn).find((found) => found.id === id);
      if (!one) throw new Error(`${id} is not in the queue`);
      const letter = { ...one };
      moved.add(letter);
      receivedBy(deadArn).push(letter);
    },
    /** Letters that a redrive has left in the queue. */
    lettersIn: (arn: string): readonly Received[] => receivedBy(arn).filter((one) => !removed.has(one)),
    receivedBy,
    behave(arn: string, behaviour: ((message: OutgoingMessage) => Behaviour) | Behaviour): void {
      behaviours.set(arn, typeof behaviour === 'string' ? () => behaviour : behaviour);
    },
  };
};
