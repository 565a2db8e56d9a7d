import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { namingFailures } from '../../errors/store-failure.ts';
import type { PullRequests } from '../pull-lease.ts';

/** @param queueUrl of a standard queue that only the function `pull` reads. Its messages say nothing: each one asks for a pull. */
export const createSqsPullRequests = (client: Pick<SQSClient, 'send'>, queueUrl: string): PullRequests =>
  namingFailures('NOTIFICATIONS_UNAVAILABLE', {
    async add() {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: '{}' }));
    },
  });
