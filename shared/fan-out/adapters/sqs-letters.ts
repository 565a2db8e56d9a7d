/** Reads dead-letter queues that the facade has made, which are in its own region. */
import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type QueueArn, readQueueArn } from '../../subscriptions/queue-arn.ts';
import type { Letters } from '../letters.ts';

const hiddenSeconds = 60;
/** Long enough to ask all of SQS's servers (developer guide, short and long polling). */
const waitSeconds = 1;

/** @param endpointOf as of the sender. */
export const createSqsLetters = (client: Pick<SQSClient, 'send'>, endpointOf: (arn: QueueArn) => string): Letters => {
  const urlOf = (text: string): string => {
    const arn = readQueueArn(text);
    if (!arn) throw new TypeError('no ARN of a queue');
    return `${endpointOf(arn)}/${arn.account}/${arn.name}`;
  };
  return {
    async receive(arn) {
      const command = new ReceiveMessageCommand({
        ...{ QueueUrl: urlOf(arn), MaxNumberOfMessages: 10, VisibilityTimeout: hiddenSeconds },
        ...{ WaitTimeSeconds: waitSeconds, MessageAttributeNames: ['deadLetterReason'] },
        MessageSystemAttributeNames: ['SentTimestamp'],
      });
      const { Messages = [] } = await client.send(command);
      return Messages.map(({ Body = '', Attributes = {}, MessageAttributes = {}, ReceiptHandle = '' }) => ({
        body: Body,
        isOwn: MessageAttributes.deadLetterReason !== undefined,
        sentMillis: Number(Attributes.SentTimestamp),
        receipt: ReceiptHandle,
      }));
    },
    async remove(arn, { receipt }) {
      await client.send(new DeleteMessageCommand({ QueueUrl: urlOf(arn), ReceiptHandle: receipt }));
    },
  };
};
