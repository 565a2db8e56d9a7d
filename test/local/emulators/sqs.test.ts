import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { startSqs } from '../../../local/emulators/sqs.ts';
import { closedAfterTest, sqsClient, temporaryFolder } from '../../support/aws.ts';

const start = (options = {}) => closedAfterTest(startSqs(options));

const createQueue = async (client: SQSClient, QueueName: string, Attributes = {}): Promise<string> =>
  (await client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';

const arnOf = async (client: SQSClient, QueueUrl: string): Promise<string> => {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  return (await client.send(command)).Attributes?.QueueArn ?? '';
};

const send = (client: SQSClient, QueueUrl: string, MessageBody: string, more = {}) =>
  client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));

const receive = async (client: SQSClient, QueueUrl: string) => {
  const more = { MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
  return (await client.send(new ReceiveMessageCommand({ QueueUrl, ...more }))).Messages ?? [];
};

const bodies = async (client: SQSClient, queueUrl: string) =>
  (await receive(client, queueUrl)).map(({ Body }) => Body).sort();

describe('startSqs', () => {
  it('listens on 127.0.0.1 and gives queue URLs that clients can call', async () => {
    const { url } = await start();
    const queueUrl = await createQueue(sqsClient(url), 'jobs');
    expect(queueUrl).toBe(`${url}/000000000000/jobs`);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
  });

  it('hands a message out once and forgets it when it is deleted', async () => {
    const client = sqsClient((await start()).url);
    const QueueUrl = await createQueue(client, 'jobs', { VisibilityTimeout: '0' });
    await send(client, QueueUrl, 'one', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'pdf' } } });
    const [message] = await receive(client, QueueUrl);
    expect(message?.Body).toBe('one');
    expect(message?.MessageAttributes?.kind?.StringValue).toBe('pdf');
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    expect(await receive(client, QueueUrl)).toEqual([]);
  });

  it('moves a message to the dead-letter queue after maxReceiveCount receives', async () => {
    const client = sqsClient((await start()).url);
    const dead = await createQueue(client, 'dead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: await arnOf(client, dead), maxReceiveCount: 2 });
    const source = await createQueue(client, 'jobs', { RedrivePolicy, VisibilityTimeout: '0' });
    await send(client, source, 'poison');
    expect(await bodies(client, source)).toEqual(['poison']);
    expect(await bodies(client, source)).toEqual(['poison']);
    expect(await bodies(client, source)).toEqual([]);
    expect(await bodies(client, dead)).toEqual(['poison']);
  });

  it('keeps queues and messages over a restart on the same folder, with URLs of the new port', async () => {
    const stateDir = await temporaryFolder();
    const before = await start({ stateDir });
    const beforeClient = sqsClient(before.url);
    const oldUrl = await createQueue(beforeClient, 'jobs');
    await send(beforeClient, oldUrl, 'first');
    await send(beforeClient, oldUrl, 'second');
    await before.close();
    const after = await start({ stateDir });
    const client = sqsClient(after.url);
    const { QueueUrl = '' } = await client.send(new GetQueueUrlCommand({ QueueName: 'jobs' }));
    expect(QueueUrl).toBe(`${after.url}/000000000000/jobs`);
    expect(await bodies(client, QueueUrl)).toEqual(['first', 'second']);
  });

  it('keeps messages over a second restart', async () => {
    const stateDir = await temporaryFolder();
    for (const body of ['first', 'second', 'third']) {
      const running = await start({ stateDir });
      const client = sqsClient(running.url);
      await send(client, await createQueue(client, 'jobs'), body);
      await running.close();
    }
    const { url } = await start({ stateDir });
    expect(await bodies(sqsClient(url), `${url}/000000000000/jobs`)).toEqual(['first', 'second', 'third']);
  });

  it('ends a long poll when it closes, and closes twice', async () => {
    const running = await start();
    const client = sqsClient(running.url);
    const QueueUrl = await createQueue(client, 'jobs');
    const poll = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 })).catch(() => 'cut');
    await Promise.all([running.close(), running.close()]);
    await poll;
    expect((await start({ port: Number(new URL(running.url).port) })).url).toBe(running.url);
  });
});
