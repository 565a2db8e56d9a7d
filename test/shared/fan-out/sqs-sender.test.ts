/** The sender on fauxqs, and against answers of SQS that fauxqs does not give. */
import { ReceiveMessageCommand, type SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { startSqs } from '../../../local/emulators/sqs.ts';
import { createSqsSender } from '../../../shared/fan-out/adapters/sqs-sender.ts';
import type { OutgoingMessage } from '../../../shared/fan-out/queue-sender.ts';
import { closedAfterTest, sqsClient } from '../../support/aws.ts';
import { createQueue } from '../../support/queues.ts';

const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const messages = (count: number, facts: Partial<OutgoingMessage> = {}): OutgoingMessage[] =>
  Array.from({ length: count }, (_, index) => ({ body: `{"n":${index}}`, ...facts }));

type Batch = {
  readonly url: string;
  readonly bodies: readonly string[];
  readonly groups: readonly (string | undefined)[];
};
type Answer = (bodies: readonly string[]) => unknown;

/** A client that answers as the test says, and the commands that it got. */
const answering = (answer: Answer) => {
  const batches: Batch[] = [];
  const regions: string[] = [];
  const send = async (command: unknown): Promise<unknown> => {
    const { QueueUrl = '', Entries = [] } = (command as SendMessageBatchCommand).input;
    const bodies = Entries.map(({ MessageBody = '' }) => MessageBody);
    batches.push({ url: QueueUrl, bodies, groups: Entries.map(({ MessageGroupId }) => MessageGroupId) });
    const given = await answer(bodies);
    if (given !== undefined) return given;
    return { Successful: Entries.map(({ Id }) => ({ Id, MessageId: `id of ${Id}` })) };
  };
  const sender = createSqsSender({
    clientFor: (region) => {
      regions.push(region);
      return { send } as unknown as Pick<SQSClient, 'send'>;
    },
    endpointOf: ({ region }) => `https://sqs.${region}.amazonaws.com`,
    mostMillis: 50,
  });
  return { sender, batches, regions };
};

const failure = (name: string, message = '', status = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

describe('a request that the SDK has repeated', () => {
  it.each([
    ['AccessDenied', 'unknown'],
    ['ThrottlingException', 'failed'],
  ])('and that ended in %s is %s: the first one may have been taken', async (name, kind) => {
    const error = Object.assign(failure(name), { $metadata: { httpStatusCode: 403, attempts: 2 } });
    const { sender } = answering(() => Promise.reject(error));
    expect(await sender.send(arnOf('one'), messages(1))).toMatchObject([{ kind }]);
  });
});

describe('the sender to SQS', () => {
  it('delivers to standard and FIFO queues, whatever characters a body has', async () => {
    const { url } = await closedAfterTest(startSqs());
    const client = sqsClient(url);
    const [standard, fifo] = [await createQueue(client, 'one'), await createQueue(client, 'two.fifo')];
    const sender = createSqsSender({ clientFor: () => client, endpointOf: () => url, mostMillis: 5_000 });
    const odd = JSON.stringify({ odd: '\ufffe\uffff\u0000ü\u{1F600}' });
    const [plain] = await sender.send(arnOf('one'), [{ body: odd, group: 'experiment:1' }]);
    expect(plain?.kind).toBe('sent');
    const ordered = { body: odd, group: 'experiment:1', deduplicationId: 'n1' };
    const results = await sender.send(arnOf('two.fifo'), [
      ordered,
      ordered,
      { ...ordered, group: 'b', deduplicationId: 'n2' },
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'sent']);
    for (const [QueueUrl, count] of [
      [standard, 1],
      [fifo, 2],
    ] as const) {
      const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toEqual(Array(count).fill(JSON.parse(odd)));
    }
  });

  it('sends what is asked for at a time in batches of ten, with the URL made of the ARN, in its region', async () => {
    const { sender, batches, regions } = answering(() => undefined);
    const arn = 'arn:aws:sqs:eu-central-1:111122223333:theirs';
    const results = await Promise.all(messages(25).map((one) => sender.send(arn, [one])));
    expect(results.flat().map(({ kind }) => kind)).toEqual(Array(25).fill('sent'));
    expect(batches.map(({ bodies }) => bodies.length)).toEqual([10, 10, 5]);
    expect(new Set(batches.map(({ url }) => url))).toEqual(
      new Set(['https://sqs.eu-central-1.amazonaws.com/111122223333/theirs']),
    );
    expect(new Set(regions)).toEqual(new Set(['eu-central-1']));
  });

  it('has one message of a group in a batch on FIFO queues, and keeps the order of each group', async () => {
    const { sender, batches } = answering(() => undefined);
    const groups = ['a', 'a', 'b', 'a', 'b', 'c'];
    await sender.send(
      arnOf('q.fifo'),
      groups.map((group, index) => ({ body: `${index}`, group, deduplicationId: `${index}` })),
    );
    expect(batches.map(({ groups: inBatch }) => inBatch)).toEqual([['a', 'b', 'c'], ['a', 'b'], ['a']]);
    expect(batches.map(({ bodies }) => bodies)).toEqual([['0', '2', '5'], ['1', '4'], ['3']]);
  });

  it('splits by bytes, and remembers that a queue takes less', async () => {
    const large = { body: 'x'.repeat(300_000) };
    const { sender, batches } = answering((bodies) => {
      if (bodies.join('').length > 262_144 && bodies.length > 1) throw failure('BatchRequestTooLong');
      return undefined;
    });
    await sender.send(arnOf('q'), Array(4).fill(large));
    expect(batches.map(({ bodies }) => bodies.length)).toEqual([3, 1, 1, 1, 1]);
    const before = batches.length;
    await sender.send(arnOf('q'), Array(2).fill({ body: 'x'.repeat(200_000) }));
    expect(batches.slice(before).map(({ bodies }) => bodies.length)).toEqual([1, 1]);
  });

  it('tells apart who is at fault when entries of a batch fail', async () => {
    const { sender } = answering(() => ({
      Successful: [{ Id: '0', MessageId: 'm' }],
      Failed: [
        { Id: '1', Code: 'InvalidMessageContents', SenderFault: true },
        { Id: '2', Code: 'InternalError', SenderFault: false },
        { Id: '3', Code: 'KMS.AccessDeniedException', SenderFault: true },
      ],
    }));
    const results = await sender.send(arnOf('q'), messages(5));
    expect(results.map(({ kind }) => kind)).toEqual(['sent', 'refused', 'failed', 'failed', 'unknown']);
  });

  it.each([
    [failure('AccessDenied', 'no identity-based policy allows', 403), 'failed', /policy/],
    [failure('AccessDenied', 'User is not authorized to perform kms:GenerateDataKey', 403), 'failed', /KMS key/],
    [failure('KmsDisabled'), 'failed', /disabled/],
    [failure('AWS.SimpleQueueService.NonExistentQueue'), 'failed', /no such queue/],
    [failure('InvalidMessageContents'), 'refused', /characters/],
    [
      failure(
        'InvalidParameterValue',
        'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
      ),
      'refused',
      /longer/,
    ],
    [failure('InternalFailure', '', 500), 'unknown', /no answer/],
    [Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 'failed', /SQS answered/],
    [Object.assign(new Error('reset'), { name: 'TimeoutError' }), 'unknown', /no answer/],
  ] as const)('says of %s: %s', async (error, kind, reason) => {
    const { sender } = answering(() => {
      throw error;
    });
    const [result] = await sender.send(arnOf('q'), messages(1));
    expect(result).toEqual({ kind, reason: expect.stringMatching(reason) });
  });

  it('cuts a queue that hangs, lets those behind it go, and holds no other queue', async () => {
    let isHanging = true;
    const { sender, batches } = answering(() => (isHanging ? new Promise(() => {}) : undefined));
    const hanging = sender.send(arnOf('hangs.fifo'), messages(2, { group: 'a', deduplicationId: 'd' }));
    await expect.poll(() => batches.length).toBe(1);
    isHanging = false;
    expect((await sender.send(arnOf('well'), messages(1))).map(({ kind }) => kind)).toEqual(['sent']);
    expect((await hanging).map(({ kind }) => kind)).toEqual(['unknown', 'failed']);
  });

  it('sends nothing to what is no ARN of a queue', async () => {
    const { sender, batches } = answering(() => undefined);
    const results = await sender.send('https://evil.example/queue', messages(1));
    expect(results.map(({ kind }) => kind)).toEqual(['failed']);
    expect(batches).toEqual([]);
  });
});
