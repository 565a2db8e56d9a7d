import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulators, startEmulators } from '../../../local/emulators/emulators.ts';
import { failedIds } from '../../../local/gateway/sources/queue-source.ts';
import { bundling } from '../../../shared/config/bundling.ts';
import { createClock, eventually, startTestGateway } from './support/start.ts';

let emulators: Emulators;
let client: SQSClient;
beforeAll(async () => {
  emulators = await startEmulators({});
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SQSClient({ endpoint: emulators.endpoints.sqs, region: 'eu-west-1', credentials });
});
afterAll(async () => {
  client.destroy();
  await emulators.close();
});

let count = 0;
/** A queue with a dead-letter queue behind two tries, and `source` as its consumer. */
const startConsumer = async (
  source: string,
  mapping: Record<string, unknown> = {},
  settings: Record<string, unknown> = {},
) => {
  count += 1;
  const lines: string[] = [];
  const gateway = await startTestGateway(
    {
      functions: { Fn: source },
      settings: { Fn: settings },
      resources: {
        Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: `dead-${count}` } },
        Queue: {
          Type: 'AWS::SQS::Queue',
          Properties: {
            QueueName: `queue-${count}`,
            VisibilityTimeout: 3,
            RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 2 },
          },
        },
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            FunctionName: { Ref: 'Fn' },
            BatchSize: 10,
            ...mapping,
          },
        },
      },
    },
    { endpoints: emulators.endpoints, log: ({ line }) => lines.push(line) },
  );
  const urlOf = (id: string): string => gateway.resources[id]?.id ?? '';
  return { gateway, lines, queueUrl: urlOf('Queue'), deadUrl: urlOf('Dead') };
};

const send = (QueueUrl: string, bodies: readonly string[]) =>
  client.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
    }),
  );

const receiveOne = (QueueUrl: string) =>
  eventually(async () => {
    const command = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MessageSystemAttributeNames: ['All'] });
    return (await client.send(command)).Messages?.[0];
  });

const isEmpty = async (QueueUrl: string): Promise<true | undefined> => {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  );
  return AttributeNames.every((name) => Attributes?.[name] === '0') || undefined;
};

/** Prints each body that it is given. */
const printing = (rest = '') => `export const handler = async (event) => {
  for (const record of event.Records) console.log(record.body);
  ${rest}
};`;

describe('a rule with a queue as a target', () => {
  it('puts its event there, which the queue hands on when its delay is over', async () => {
    const lines: string[] = [];
    const queue = { 'Fn::GetAtt': ['Queue', 'Arn'] };
    const resources = {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'delayed', DelaySeconds: 1 } },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: queue, FunctionName: { Ref: 'Fn' }, BatchSize: 1 },
      },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: queue, Id: 'Target0' }] },
      },
    };
    const source = 'export const handler = async (event) => console.log(JSON.stringify(event.Records[0]));';
    await startTestGateway(
      { functions: { Fn: source }, resources },
      { endpoints: emulators.endpoints, nowMillis: createClock(), log: ({ line }) => lines.push(line) },
    );

    const { body, attributes } = JSON.parse(await eventually(() => lines[0]));

    expect(JSON.parse(body)).toMatchObject({ source: 'aws.events', time: '2026-01-05T08:00:00Z' });
    const waited = Number(attributes.ApproximateFirstReceiveTimestamp) - Number(attributes.SentTimestamp);
    expect(waited).toBeGreaterThanOrEqual(1_000);
  });
});

describe('an event source mapping', () => {
  it('hands over messages in the shape of Lambda and deletes what was done', async () => {
    const { queueUrl, lines } = await startConsumer(
      'export const handler = async (event) => console.log(JSON.stringify(event.Records[0]));',
    );
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'test' } };

    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'hello', MessageAttributes }));
    const record = JSON.parse(await eventually(() => lines[0]));

    expect(record).toMatchObject({
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      body: 'hello',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
      messageAttributes: { kind: { stringValue: 'test', dataType: 'String' } },
      md5OfBody: '5d41402abc4b2a76b9719d911017c592',
      eventSource: 'aws:sqs',
      eventSourceARN: expect.stringMatching(/^arn:aws:sqs:eu-west-1:000000000000:queue-\d+$/),
      awsRegion: 'eu-west-1',
    });
    await eventually(() => isEmpty(queueUrl));
  });

  it('brings back only the messages that were reported as failed', async () => {
    const failB = `const failed = event.Records.filter((record) => record.body === 'b' && record.attributes.ApproximateReceiveCount === '1');
      return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };`;
    const { queueUrl, lines } = await startConsumer(printing(failB), {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });

    await send(queueUrl, ['a', 'b', 'c']);
    await eventually(() => (lines.filter((line) => line === 'b').length > 1 ? true : undefined));
    await eventually(() => isEmpty(queueUrl));

    expect(lines.toSorted()).toEqual(['a', 'b', 'b', 'c']);
  });

  it('puts a poison message into the dead-letter queue after its last try, and nothing else', async () => {
    const poison = `const failed = event.Records.filter((record) => record.body === 'poison');
      return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };`;
    const { queueUrl, deadUrl, lines } = await startConsumer(printing(poison), {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });

    await send(queueUrl, ['good', 'poison']);
    const dead = await receiveOne(deadUrl);

    expect(dead.Body).toBe('poison');
    expect(lines.toSorted()).toEqual(['good', 'poison', 'poison']);
    await eventually(() => isEmpty(queueUrl));
  });

  it('brings back the whole batch when the function throws', async () => {
    const once = `if (event.Records[0].attributes.ApproximateReceiveCount === '1') throw new Error('first try');`;
    const { queueUrl, lines } = await startConsumer(printing(once));

    await send(queueUrl, ['a', 'b']);
    const bodies = () => lines.filter((line) => line.length === 1);
    await eventually(() => (bodies().length >= 4 ? true : undefined));
    await eventually(() => isEmpty(queueUrl));

    expect(bodies().toSorted()).toEqual(['a', 'a', 'b', 'b']);
  });

  it('gathers a batch as long as its window is open', async () => {
    const sizes = 'export const handler = async (event) => console.log(event.Records.length);';
    const { queueUrl, lines } = await startConsumer(sizes, { BatchSize: 12, MaximumBatchingWindowInSeconds: 20 });

    await send(queueUrl, ['1', '2', '3', '4', '5', '6']);
    await send(queueUrl, ['7', '8', '9', '10', '11', '12']);

    expect(await eventually(() => lines[0])).toBe('12');
  });

  it('runs no more batches at once than its maximum concurrency', async () => {
    const source = `export const handler = async (event) => {
      console.log('start ' + event.Records[0].body);
      await new Promise((resolve) => setTimeout(resolve, 200));
      console.log('end ' + event.Records[0].body);
    };`;
    const { queueUrl, lines } = await startConsumer(source, { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });

    await send(queueUrl, ['1', '2', '3', '4', '5', '6']);
    await eventually(() => (lines.filter((line) => line.startsWith('end')).length === 6 ? true : undefined));

    let running = 0;
    const peak = Math.max(...lines.map((line) => (running += line.startsWith('start') ? 1 : -1)));
    expect(peak).toBeLessThanOrEqual(2);
  });
});

describe('the failure report of a batch', () => {
  it.each([
    ['nothing', 'null', []],
    ['an empty list', '{"batchItemFailures":[]}', []],
    ['one', '{"batchItemFailures":[{"itemIdentifier":"a"}]}', ['a']],
    ['a stranger', '{"batchItemFailures":[{"itemIdentifier":"z"}]}', ['a', 'b']],
    ['no id', '{"batchItemFailures":[{}]}', ['a', 'b']],
    ['something else', '"done"', ['a', 'b']],
  ])('that names %s', (_, answer, expected) => {
    expect([...failedIds(answer, ['a', 'b'])]).toEqual(expected);
  });
});

/** A function whose handler is made by the queue handler, bundled as every function is. */
const bundled = async (contents: string): Promise<string> => {
  const { mainFields, outExtension: _, ...options } = bundling;
  const folder = new URL('../../../functions/', import.meta.url).pathname;
  const { outputFiles } = await build({
    ...options,
    mainFields: [...mainFields],
    sourcemap: false,
    splitting: false,
    stdin: { contents, resolveDir: folder, loader: 'ts' },
  });
  return outputFiles[0]?.text ?? expect.fail('no bundle');
};

describe('a handler of one message behind an event source mapping', () => {
  it('keeps poison with its reason at the first receive, brings a retried message back in its time, and is done with the rest', async () => {
    const source = await bundled(`
      import { SQSClient } from '@aws-sdk/client-sqs';
      import * as z from 'zod';
      import { queueHandler } from './edge/queue-handler.ts';
      import { createSqsMessageCare } from '../shared/queues/adapters/sqs.ts';
      const { QUEUE_URL: queueUrl = '', DEAD_URL: deadLetterQueueUrl = '' } = process.env;
      const care = createSqsMessageCare(new SQSClient({}), { queueUrl, deadLetterQueueUrl });
      export const handler = queueHandler(
        { queue: 'jobs', body: z.object({ name: z.string() }), care, mostReceives: 9 },
        async ({ body, receiveCount }) => {
          console.log('handled ' + body.name + ' ' + receiveCount);
          if (body.name === 'throws' && receiveCount === 1) throw new Error('first try');
          return body.name === 'later' && receiveCount === 1
            ? { kind: 'retry', afterSeconds: 0, reason: 'not yet' }
            : { kind: 'done' };
        },
      );`);
    const { queueUrl, deadUrl, lines } = await startConsumer(
      source,
      { FunctionResponseTypes: ['ReportBatchItemFailures'] },
      { Environment: { Variables: { QUEUE_URL: { Ref: 'Queue' }, DEAD_URL: { Ref: 'Dead' }, STAGE: 'test' } } },
    );

    const bodies = ['good', 'later', 'good too'].map((name) => JSON.stringify({ name }));
    await send(queueUrl, [...bodies, '{"name":', '{"name":7}']);
    const dead = [await receiveOne(deadUrl), await receiveOne(deadUrl)];
    await eventually(() => isEmpty(queueUrl));

    expect(dead.map(({ Body }) => Body).toSorted()).toEqual(['{"name":', '{"name":7}']);
    const handled = lines.filter((line) => line.startsWith('handled'));
    expect(handled.toSorted()).toEqual(['handled good 1', 'handled good too 1', 'handled later 1', 'handled later 2']);
    expect(lines.join('\n')).toContain('the body is not JSON');
  });
});
