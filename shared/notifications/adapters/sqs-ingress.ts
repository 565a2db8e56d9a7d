import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { toAsciiJson } from '../../json/ascii-json.ts';
import { toFifoText } from '../../queues/fifo-text.ts';
import { type Ingress, workName } from '../ingress.ts';

/** @param queueUrl of a FIFO queue, without content-based deduplication: each message names its own. */
export const createSqsIngress = (client: Pick<SQSClient, 'send'>, queueUrl: string): Ingress => ({
  async add(work, again) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: toAsciiJson(work),
        MessageGroupId: toFifoText(work.entity),
        MessageDeduplicationId: toFifoText(workName(work, again)),
      }),
    );
  },
});
