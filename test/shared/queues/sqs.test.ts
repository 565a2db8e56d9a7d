/** What the handler of a queue does to messages, on the embedded SQS. */
import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { startSqs } from '../../../local/emulators/sqs.ts';
import { createSqsMessageCare } from '../../../shared/queues/adapters/sqs.ts';
import type { Letter } from '../../../shared/queues/message.ts';
import { closedAfterTest, sqsClient } from '../../support/aws.ts';
import { createQueue } from '../../support/queues.ts';

const receive = async (client: SQSClient, QueueUrl: string): Promise<Message[]> => {
  const names = { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All' as const] };
  return (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...names }))).Messages ?? [];
};

const start = async (suffix: '' | '.fifo' = '') => {
  const { url } = await closedAfterTest(startSqs());
  const client = sqsClient(url);
  const create = (name: string): Promise<string> => createQueue(client, `${name}${suffix}`);
  const [queueUrl, deadLetterQueueUrl] = [await create('jobs'), await create('dead')];
  return { client, queueUrl, deadLetterQueueUrl, care: createSqsMessageCare(client, { queueUrl, deadLetterQueueUrl }) };
};

const letter = (changes: Partial<Letter> = {}): Letter => ({
  messageId: 'm-1',
  body: '{ "broken": ',
  attributes: { kind: { dataType: 'String', text: 'x' }, raw: { dataType: 'Binary', bytes: Buffer.from([0, 255]) } },
  ...changes,
});

describe('the care of messages on SQS', () => {
  it('keeps a dead letter as it was, with its reason and its first id', async () => {
    const { client, deadLetterQueueUrl, care } = await start();
    await care.keep(letter(), 'the body is not JSON');
    expect(await receive(client, deadLetterQueueUrl)).toMatchObject([
      {
        Body: '{ "broken": ',
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'x' },
          raw: { DataType: 'Binary' },
          deadLetterReason: { StringValue: 'the body is not JSON' },
          originalMessageId: { StringValue: 'm-1' },
        },
      },
    ]);
  });

  it('keeps a letter that has as many attributes as SQS takes, or ours already', async () => {
    const { client, deadLetterQueueUrl, care } = await start();
    const ten = Array.from({ length: 10 }, (_, index) => [`a${index}`, { dataType: 'String', text: 'x' }] as const);
    await care.keep(letter({ attributes: Object.fromEntries(ten) }), 'one');
    await care.keep(letter({ attributes: { deadLetterReason: { dataType: 'String', text: 'old' } } }), '\uFFFFtwo');
    const kept = await receive(client, deadLetterQueueUrl);
    expect(kept.map(({ MessageAttributes = {} }) => Object.keys(MessageAttributes).length).toSorted()).toEqual([10, 2]);
    expect(kept.map(({ MessageAttributes }) => MessageAttributes?.deadLetterReason?.StringValue).toSorted()).toEqual([
      ...['?two', 'one'],
    ]);
  });

  it('keeps a letter of a FIFO queue in its group, and once when it is sent twice', async () => {
    const { client, deadLetterQueueUrl, care } = await start('.fifo');
    await care.keep(letter({ group: 'entity-1' }), 'one');
    await care.keep(letter({ group: 'entity-1' }), 'one');
    const kept = await receive(client, deadLetterQueueUrl);
    expect(kept.map(({ Attributes }) => Attributes?.MessageGroupId)).toEqual(['entity-1']);
  });

  it('hides a message that was received, for no longer than SQS allows', async () => {
    const { client, queueUrl, care } = await start();
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'x' }));
    const [first] = await receive(client, queueUrl);
    await care.hide(first?.ReceiptHandle ?? '', 0);
    const [again] = await receive(client, queueUrl);
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('2');
    await care.hide(again?.ReceiptHandle ?? '', 1_000_000);
    const AttributeNames = ['ApproximateNumberOfMessagesNotVisible' as const];
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames }));
    expect(Attributes).toEqual({ ApproximateNumberOfMessagesNotVisible: '1' });
  });

  it('throws when the message or the queue is not there', async () => {
    const { client, queueUrl, care } = await start();
    await expect(care.hide('no receipt', 5)).rejects.toThrow();
    const lost = createSqsMessageCare(client, { queueUrl, deadLetterQueueUrl: `${queueUrl}-gone` });
    await expect(lost.keep(letter(), 'x')).rejects.toThrow();
  });
});
