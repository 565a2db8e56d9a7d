/** The dispatcher and the wake-up as Lambda runs them, on the emulators of DynamoDB and SQS. */
import { randomUUID } from 'node:crypto';
import { ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startSqs } from '../../local/emulators/sqs.ts';
import { createDynamoConsumerRegistry, createDynamoConsumerStore } from '../../shared/consumers/adapters/dynamodb.ts';
import { hashKey } from '../../shared/consumers/consumer.ts';
import { createDynamoPendingStore } from '../../shared/fan-out/adapters/dynamodb-pending.ts';
import { createDynamoReplayStore } from '../../shared/fan-out/adapters/dynamodb-replays.ts';
import { createDynamoLedger } from '../../shared/notifications/adapters/dynamodb-ledger.ts';
import { createDynamoSubscriptionStore } from '../../shared/subscriptions/adapters/dynamodb.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { freshNotificationsTable } from '../contracts/notifications-table.ts';
import { closedAfterTest, sqsClient } from '../support/aws.ts';
import { notificationOf, subscriptionOf } from '../support/fan-out-world.ts';
import { createQueue } from '../support/queues.ts';

const nameOf = (arn: string): string => arn.split(':').at(-1) as string;

const bodiesOf = async (client: SQSClient, QueueUrl: string): Promise<Record<string, unknown>[]> => {
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
};

const toEvent = (works: readonly object[], queueName: string): SQSEvent => ({
  Records: works.map((work) => ({
    ...{ messageId: randomUUID(), receiptHandle: 'receipt', body: JSON.stringify(work), messageAttributes: {} },
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1', MessageGroupId: 'g' } as SQSRecord['attributes'],
    ...{ md5OfBody: '', eventSource: 'aws:sqs', awsRegion: 'us-east-1' },
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queueName}`,
  })),
});

describe('the dispatcher', () => {
  it('sends to the queues of subscribers, stores what a queue does not take, and wakes it up later', async () => {
    const { url } = await closedAfterTest(startSqs());
    const client = sqsClient(url);
    const { dynamo, client: base, tableName } = await freshNotificationsTable();
    const endpoint = await base.config.endpoint?.();
    const settings = {
      AWS_ENDPOINT_URL_SQS: url,
      AWS_ENDPOINT_URL_DYNAMODB: `http://${endpoint?.hostname}:${endpoint?.port}`,
      ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', STAGE: 'test' },
      ...{ ACCOUNT_ID: '000000000000', AWS_PARTITION_NAME: 'aws' },
      ...{ NOTIFICATIONS_TABLE: tableName, SUBSCRIPTIONS_TABLE: tableName, CONSUMERS_TABLE: tableName },
      INGRESS_QUEUE_URL: await createQueue(client, 'ingress.fifo'),
      INGRESS_DEAD_LETTERS_URL: await createQueue(client, 'ingress-dead.fifo'),
      REPLAYS_QUEUE_URL: await createQueue(client, 'replays'),
      REPLAYS_DEAD_LETTERS_URL: await createQueue(client, 'replays-dead'),
      ENRICHMENTS_QUEUE_URL: await createQueue(client, 'enrichments'),
      SIGNALS_URL: 'https://tenant.example.com',
    };
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const lines = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    onTestFinished(() => lines.mockRestore());

    const consumers = createDynamoConsumerRegistry(dynamo, tableName);
    await consumers.save({ id: 'app', scopes: ['subscriptions:*'], state: 'active' }, hashKey('app'));
    const record = await createDynamoConsumerStore(dynamo, tableName).read('app');
    const own = { incarnation: record?.consumer.incarnation ?? '' };
    const [fifo, standard, broken] = [
      subscriptionOf({ ...own, isFifo: true }),
      subscriptionOf(own),
      subscriptionOf(own),
    ];
    const ofNobody = subscriptionOf({ consumerId: 'gone' });
    const store = createDynamoSubscriptionStore(dynamo, tableName);
    for (const one of [fifo, standard, broken, ofNobody]) await store.write(one);
    const fifoUrl = await createQueue(client, nameOf(fifo.queue.arn));
    const standardUrl = await createQueue(client, nameOf(standard.queue.arn));
    const nobodysUrl = await createQueue(client, nameOf(ofNobody.queue.arn));
    const notification = notificationOf({ id: 'n1', receivedAtMillis: Date.now() });
    const ledger = createDynamoLedger(dynamo, tableName, systemClock);
    await ledger.keep(notification, 'writer');

    // Another test of this process may have imported them with another environment.
    vi.resetModules();
    const { handler } = await import('../../functions/dispatcher.ts');
    const invocation = { getRemainingTimeInMillis: () => 30_000 };
    const work = { kind: 'notification', id: 'n1', entity: notification.entity };
    expect(await handler(toEvent([work], 'ingress.fifo'), invocation)).toEqual({ batchItemFailures: [] });
    const expected = { id: 'n1', source: '/signals-facade/test', entitysequence: `${'0'.repeat(19)}1` };
    for (const QueueUrl of [fifoUrl, standardUrl])
      expect(await bodiesOf(client, QueueUrl)).toEqual([expect.objectContaining(expected)]);
    expect(await bodiesOf(client, nobodysUrl)).toEqual([]);
    const deliveries = (await ledger.read('n1'))?.dispatched?.deliveries.map(({ outcome }) => outcome);
    expect(deliveries?.toSorted()).toEqual(['pending', 'sent', 'sent']);

    const pending = createDynamoPendingStore(dynamo, tableName, Date.now);
    const [waiting] = (await pending.page(broken.id, 10)).items;
    expect(waiting).toMatchObject({ eventId: 'n1', attempts: 1, reason: 'there is no such queue' });
    if (waiting) await pending.put({ ...waiting, nextAttemptMillis: 0 });
    const { handler: wake } = await import('../../functions/wake.ts');
    await wake();
    const woken = await bodiesOf(client, settings.INGRESS_QUEUE_URL);
    expect(woken).toEqual([{ kind: 'retry', subscriptionId: broken.id, entity: notification.entity }]);
    const brokenUrl = await createQueue(client, nameOf(broken.queue.arn));
    expect(await handler(toEvent(woken, 'ingress.fifo'), invocation)).toEqual({ batchItemFailures: [] });
    expect(await bodiesOf(client, brokenUrl)).toEqual([expect.objectContaining(expected)]);
    expect((await pending.page(broken.id, 10)).items).toEqual([]);

    const deadUrl = await createQueue(client, nameOf(standard.queue.deadLettersArn));
    const letter = JSON.stringify({ ...expected, subject: notification.entity });
    await client.send(new SendMessageCommand({ QueueUrl: deadUrl, MessageBody: letter }));
    const replays = createDynamoReplayStore(dynamo, tableName);
    await replays.write({
      ...{ id: 'red-1', kind: 'redrive', subscriptionId: standard.id, consumerId: 'app', isDryRun: false, version: 1 },
      ...{ fromMillis: 0, untilMillis: Date.now() + 1_000, createdAtMillis: 1, updatedAtMillis: 1 },
      ...{ state: 'counting', matching: 0, sent: 0, refused: 0, doneInPage: [] },
    });
    await handler(toEvent([{ subscriptionId: standard.id, replayId: 'red-1' }], 'replays'), invocation);
    expect(await replays.read(standard.id, 'red-1')).toMatchObject({ state: 'done', matching: 1 });
    const retry = { kind: 'retry', subscriptionId: standard.id, entity: notification.entity };
    await handler(toEvent([retry], 'ingress.fifo'), invocation);
    expect(await bodiesOf(client, standardUrl)).toEqual([expect.objectContaining({ id: 'n1', delivery: 'redrive' })]);
    const put = lines.mock.calls.map(([line]) => String(line)).filter((line) => line.includes('DeliveriesSent'));
    expect(put.map((line) => JSON.parse(line).DeliveriesSent)).toEqual([2, 1, 1]);
  });
});
