/** Requests for a pull against the contract of their port. */
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { startSqs } from '../../local/emulators/sqs.ts';
import { createSqsPullRequests } from '../../shared/notifications/adapters/sqs-pull-requests.ts';
import { closedAfterTest, sqsClient } from '../support/aws.ts';
import { createQueue } from '../support/queues.ts';

const create = async () => {
  const client = sqsClient((await closedAfterTest(startSqs())).url);
  const queueUrl = await createQueue(client, 'pulls');
  return { client, queueUrl, requests: createSqsPullRequests(client, queueUrl) };
};

describe('PullRequests contract: SQS on fauxqs', () => {
  it('asks once for each request, in a JSON body that the function reads', async () => {
    const { client, queueUrl, requests } = await create();
    await Promise.all([requests.add(), requests.add()]);
    const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await client.send(receive);
    expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toEqual([{}, {}]);
  });

  it('names a queue that cannot be reached', async () => {
    const { client, queueUrl } = await create();
    const requests = createSqsPullRequests(client, `${queueUrl}-gone`);
    await expect(requests.add()).rejects.toMatchObject({ code: 'NOTIFICATIONS_UNAVAILABLE' });
  });
});
