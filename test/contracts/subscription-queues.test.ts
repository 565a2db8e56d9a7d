import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { startSqs } from '../../local/emulators/sqs.ts';
import { createMemoryQueues } from '../../shared/subscriptions/adapters/memory.ts';
import { createSqsQueues } from '../../shared/subscriptions/adapters/sqs-queues.ts';
import { closedAfterTest, sqsClient } from '../support/aws.ts';
import { home, type QueuesUnderTest, subscriptionQueuesContract } from './subscription-queues.contract.ts';

const ownArn = 'arn:aws:sqs:us-east-1:000000000000:mine';
const sender = 'arn:aws:iam::000000000000:role/dispatcher';
const tester = 'arn:aws:iam::000000000000:role/notifications';

const sqsQueues = async (): Promise<QueuesUnderTest & { readonly client: SQSClient }> => {
  const { url } = await closedAfterTest(startSqs());
  const client = sqsClient(url);
  await client.send(new CreateQueueCommand({ QueueName: 'mine' }));
  return {
    client,
    queues: createSqsQueues({ home, sender, tester, clientFor: () => client, endpointOf: () => url }),
    ownArn,
    async bodiesIn(arn) {
      const QueueUrl = `${url}/000000000000/${arn.split(':').at(-1)}`;
      const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 });
      return ((await client.send(command)).Messages ?? []).map(({ Body }) => Body ?? '');
    },
  };
};

subscriptionQueuesContract('memory', async () => {
  const queues = createMemoryQueues(home, [ownArn]);
  return { queues, ownArn, bodiesIn: async (arn) => queues.messages.get(arn) ?? [] };
});
subscriptionQueuesContract('SQS', sqsQueues);

it('a made queue is encrypted, sends its letters to the other one, and is for its reader and those who send alone', async () => {
  const { client, queues } = await sqsQueues();
  const reader = 'arn:aws:iam::111122223333:role/consumer';
  const { arn = '', deadLettersArn } = await queues.make({
    subscriptionId: 'sub-0123456789abcdef',
    isFifo: true,
    isMade: true,
    reader,
  });
  const attributesOf = async (queue: string) => {
    const command = new GetQueueAttributesCommand({ QueueUrl: queues.urlOf(queue), AttributeNames: ['All'] });
    return (await client.send(command)).Attributes ?? {};
  };
  const attributes = await attributesOf(arn);
  expect(attributes).toMatchObject({
    FifoQueue: 'true',
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
    MessageRetentionPeriod: '345600',
  });
  expect(JSON.parse(attributes.RedrivePolicy ?? '')).toEqual({
    deadLetterTargetArn: deadLettersArn,
    maxReceiveCount: 5,
  });
  const rules = (policy = '') =>
    JSON.parse(policy).Statement as { Sid: string; Principal: unknown; Condition?: unknown }[];
  const rule = (policy: string | undefined, sid: string) => rules(policy).find(({ Sid }) => Sid === sid);
  expect(rules(attributes.Policy).map(({ Sid }) => Sid)).toEqual([
    'Send',
    'Read',
    'NobodyElseSends',
    'NobodyElseReads',
    'TlsOnly',
  ]);
  expect(rule(attributes.Policy, 'Send')?.Principal).toEqual({ AWS: [sender, tester] });
  expect(rule(attributes.Policy, 'Read')?.Principal).toEqual({ AWS: reader });
  expect(rule(attributes.Policy, 'NobodyElseSends')?.Condition).toEqual({
    ArnNotEquals: { 'aws:PrincipalArn': [sender, tester] },
  });
  expect(rule(attributes.Policy, 'NobodyElseReads')?.Condition).toEqual({
    ArnNotEquals: { 'aws:PrincipalArn': [reader] },
  });
  const dead = await attributesOf(deadLettersArn);
  expect(dead.MessageRetentionPeriod).toBe('1209600');
  expect(rule(dead.Policy, 'NobodyElseSends')?.Condition).toEqual({
    ArnNotEquals: { 'aws:PrincipalArn': [sender] },
  });
  expect(rule(dead.Policy, 'NobodyElseReads')?.Condition).toEqual({
    ArnNotEquals: { 'aws:PrincipalArn': [reader, sender] },
  });
});

it('a made queue without a reader is for the account of the facade', async () => {
  const { client, queues } = await sqsQueues();
  const { arn = '' } = await queues.make({ subscriptionId: 'sub-0123456789abcdef', isFifo: false, isMade: true });
  const command = new GetQueueAttributesCommand({ QueueUrl: queues.urlOf(arn), AttributeNames: ['Policy'] });
  const policy = JSON.parse((await client.send(command)).Attributes?.Policy ?? '{}');
  expect(policy.Statement).toContainEqual(
    expect.objectContaining({
      Sid: 'NobodyElseReads',
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': '000000000000' } },
    }),
  );
});

it('a reader that SQS does not know is named as the fault, and any other refusal is not', async () => {
  const client = sqsClient('http://127.0.0.1:9');
  const refusal = Object.assign(new Error('Invalid value for the parameter Policy.'), {
    name: 'InvalidAttributeValue',
  });
  mockClient(client).on(CreateQueueCommand).rejects(refusal);
  const queues = createSqsQueues({
    home,
    sender,
    tester,
    clientFor: () => client,
    endpointOf: () => 'http://127.0.0.1:9',
  });
  const wanted = { subscriptionId: 'sub-0123456789abcdef', isFifo: false, isMade: true };
  await expect(queues.make({ ...wanted, reader: '111122223333' })).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    facts: { source: { pointer: '/data/attributes/queue/reader' } },
  });
  await expect(queues.make(wanted)).rejects.toMatchObject({ code: 'QUEUES_UNAVAILABLE' });
});
