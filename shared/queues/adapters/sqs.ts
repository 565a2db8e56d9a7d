/** Hides messages of an SQS queue and stores dead letters, with SQS's own calls. */
import {
  ChangeMessageVisibilityCommand,
  type MessageAttributeValue,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Letter, LetterAttribute, MessageCare } from '../message.ts';
import { traceAttributes } from './sqs-trace.ts';

/** A message stays hidden for 12 hours from its receipt at most (API reference, ChangeMessageVisibility), less the 15 minutes that a function may have run since. */
const longestHiddenSeconds = 42_300;
/** Attributes of one message (developer guide, message attributes). */
const mostAttributes = 10;

const string = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });

/** SQS takes neither an empty text nor every character (API reference, SendMessage). */
const toReason = (reason: string): string => reason.replace(/[^ -~]/g, '?').slice(0, 500) || 'unknown';

const toAttribute = ({ dataType, text, bytes }: LetterAttribute): MessageAttributeValue => ({
  DataType: dataType,
  ...(bytes === undefined ? { StringValue: text ?? '' } : { BinaryValue: bytes }),
});

/** Its own attributes, less those for which the two of ours leave no room. */
const attributesOf = ({ messageId, attributes }: Letter, reason: string): Record<string, MessageAttributeValue> => {
  const ours = { deadLetterReason: string(toReason(reason)), originalMessageId: string(messageId) };
  const own = Object.entries(attributes).filter(([name]) => !(name in ours));
  const kept = own.slice(0, mostAttributes - Object.keys(ours).length);
  return { ...Object.fromEntries(kept.map(([name, value]) => [name, toAttribute(value)])), ...ours };
};

/** On FIFO queues the group stays, and a letter that is sent twice within five minutes is kept once. */
const orderOf = ({ messageId, group }: Letter) =>
  group === undefined ? {} : { MessageGroupId: group, MessageDeduplicationId: `dead-${messageId}` };

export const createSqsMessageCare = (
  client: Pick<SQSClient, 'send'>,
  queue: { readonly queueUrl: string; readonly deadLetterQueueUrl: string },
): MessageCare => ({
  async hide(receiptHandle, seconds) {
    const VisibilityTimeout = Math.max(0, Math.min(longestHiddenSeconds, Math.ceil(seconds)));
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queue.queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout,
      }),
    );
  },
  async keep(letter, reason) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queue.deadLetterQueueUrl,
        MessageBody: letter.body,
        MessageAttributes: attributesOf(letter, reason),
        ...traceAttributes(letter.traceHeader),
        ...orderOf(letter),
      }),
    );
  },
});
