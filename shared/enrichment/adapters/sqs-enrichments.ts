import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { toAsciiJson } from '../../json/ascii-json.ts';
import { toFifoText } from '../../queues/fifo-text.ts';
import type { EnrichmentQueue } from '../entity-document.ts';

/** @param queueUrl of a standard queue. */
export const createSqsEnrichments = (client: Pick<SQSClient, 'send'>, queueUrl: string): EnrichmentQueue => ({
  async add(work) {
    // A fair queue: whoever has many documents read leaves the others their turn (developer guide, fair queues).
    const group = toFifoText(work.subscriptionIds[0] ?? work.entity);
    await client.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: toAsciiJson(work), MessageGroupId: group }),
    );
  },
});
