import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ReplayLane } from '../replay-store.ts';

/** SQS delays a message by 15 minutes at most (API reference, SendMessage). */
const longestDelaySeconds = 900;

/** @param queueUrl of a standard queue. */
export const createSqsReplayLane = (client: Pick<SQSClient, 'send'>, queueUrl: string): ReplayLane => ({
  async add(work, delaySeconds) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(work),
        // A fair queue: whoever has many replays under way leaves the others their turn (developer guide, fair queues).
        MessageGroupId: work.subscriptionId,
        DelaySeconds: Math.max(0, Math.min(longestDelaySeconds, Math.ceil(delaySeconds))),
      }),
    );
  },
});
