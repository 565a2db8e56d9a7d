/** Every message that a function sends belongs to the trace of the work under way, and every message that it gets sets it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { currentTraceId, withTrace } from '../../../functions/edge/trace.ts';
import { createPlainSqsClient, createSqsClient } from '../../../functions/wiring/sqs.ts';
import { profiles } from '../../../functions/wiring/time-outs.ts';
import { startSqs } from '../../../local/emulators/sqs.ts';
import { createSqsEnrichments } from '../../../shared/enrichment/adapters/sqs-enrichments.ts';
import { createSqsEventSink } from '../../../shared/facade-events/adapters/sqs.ts';
import { toFacadeEvent } from '../../../shared/facade-events/facade-event.ts';
import { createSqsReplayLane } from '../../../shared/fan-out/adapters/sqs-replay-lane.ts';
import { createSqsSender } from '../../../shared/fan-out/adapters/sqs-sender.ts';
import { createSqsIngress } from '../../../shared/notifications/adapters/sqs-ingress.ts';
import { createSqsPullRequests } from '../../../shared/notifications/adapters/sqs-pull-requests.ts';
import { synthesize } from '../../infra/synthesized.ts';
import { closedAfterTest, sqsClient } from '../../support/aws.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { createQueue } from '../../support/queues.ts';

const id = '1-5759e988-bd862e3fe1be46a994272793';
const trace = `Root=${id};Parent=53995c3f42cd8ad8;Sampled=1`;

/** What of the adapters in shared/ sends into a queue of the facade's own. */
const senders = {
  ingress: (client, url) =>
    createSqsIngress(client, url).add({ kind: 'notification', id: 'n-1', entity: 'experiment:1' }),
  replays: (client, url) => createSqsReplayLane(client, url).add({ subscriptionId: 's', replayId: 'r' }, 0),
  pulls: (client, url) => createSqsPullRequests(client, url).add(),
  enrichments: (client, url) =>
    createSqsEnrichments(client, url).add({ entity: 'experiment:1', subscriptionIds: ['s'], sinceMillis: 0 } as never),
  operations: (client, url) =>
    createSqsEventSink(client, url).send([
      toFacadeEvent(
        { type: 'quota.near-limit', subject: 'quota', data: { used: 950, limit: 1_000 } },
        { source: '/x', nowMillis: 0, newId: () => 'e-1' },
      ),
    ]),
} satisfies Record<string, (client: ReturnType<typeof createSqsClient>, url: string) => Promise<unknown>>;

const start = async (make: typeof createSqsClient, name: string) => {
  const { url } = await closedAfterTest(startSqs());
  for (const [variable, value] of Object.entries({
    ...{ AWS_ENDPOINT_URL_SQS: url, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' },
  }))
    vi.stubEnv(variable, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const reader = sqsClient(url);
  const queueUrl = await createQueue(reader, name);
  const client = make(profiles.usual);
  onTestFinished(() => client.destroy());
  const read = async () => {
    const names = { MessageSystemAttributeNames: ['All' as const], MaxNumberOfMessages: 10 };
    const { Messages = [] } = await reader.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, ...names }));
    return Messages.map(({ Attributes }) => Attributes?.AWSTraceHeader);
  };
  return { client, url, queueUrl, read };
};

describe('a message of a queue of the facade', () => {
  it.each(Object.entries(senders))('of %s carries the trace of the work that sends it', async (name, send) => {
    const { client, queueUrl, read } = await start(createSqsClient, name === 'ingress' ? `${name}.fifo` : name);
    await withTrace(trace, () => send(client, queueUrl));
    expect(await read()).toEqual([trace]);
  });

  it('carries none when the work has none, or one in a form that SQS would refuse', async () => {
    const { client, queueUrl, read } = await start(createSqsClient, 'pulls');
    await withTrace('no trace', () => senders.pulls(client, queueUrl));
    await senders.pulls(client, queueUrl);
    expect(await read()).toEqual([undefined, undefined]);
  });
});

describe('a message to a subscriber', () => {
  it('carries the trace of its notification, whoever sends the batch', async () => {
    const { client, url, queueUrl, read } = await start(createPlainSqsClient, 'subscriber');
    const sender = createSqsSender({ clientFor: () => client, endpointOf: () => url });
    const arn = `arn:aws:sqs:us-east-1:${queueUrl.split('/').at(-2)}:subscriber`;
    await withTrace(`Root=1-00000000-${'0'.repeat(24)}`, () =>
      sender.send(arn, [{ body: '{}', traceId: id }, { body: '{}' }]),
    );
    expect((await read()).toSorted()).toEqual([`Root=${id}`, undefined]);
  });
});

describe('a new queue', () => {
  it('has the trace for free: no other file makes a client of SQS', async () => {
    const files = (await readdir('functions', { recursive: true })).filter((name) => name.endsWith('.ts'));
    const making = await Promise.all(
      files.map(async (name) =>
        (await readFile(join('functions', name), 'utf8')).includes('new SQSClient') ? [name] : [],
      ),
    );
    expect(making.flat()).toEqual(['wiring/sqs.ts']);
  });

  it('is read by a handler that sets the trace of each message', async () => {
    type Mapping = { readonly FunctionName: { readonly Ref: string } };
    const mappings = synthesize('dev').ofType<Mapping>('AWS::Lambda::EventSourceMapping');
    const names = new Set(
      mappings.map(({ properties }) => /^([A-Z][a-z]+)Function/.exec(properties.FunctionName.Ref)?.[1]),
    );
    for (const name of nonEmpty([...names])) {
      const text = await readFile(`functions/${name?.toLowerCase()}.ts`, 'utf8');
      expect(text, name).toMatch(/queueHandler\(|eventReceiver\(|withTrace\(/);
    }
  });
});

describe('the trace of the work under way', () => {
  it('is that of the message, and outside of one that of the invocation', async () => {
    vi.stubEnv('_X_AMZN_TRACE_ID', trace);
    onTestFinished(() => void vi.unstubAllEnvs());
    const other = '1-00000000-000000000000000000000000';
    const seen = await Promise.all(
      [`Root=${other}`, other, undefined].map((one) =>
        withTrace(one, async () => {
          await Promise.resolve();
          return currentTraceId();
        }),
      ),
    );
    expect(seen).toEqual([other, other, id]);
  });
});
