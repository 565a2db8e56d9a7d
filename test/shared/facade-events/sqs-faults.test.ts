/** What no emulator does: batches that fail in part, throttling, expired credentials. */
import { SendMessageBatchCommand, SQSClient, SQSServiceException } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSqsEventSink } from '../../../shared/facade-events/adapters/sqs.ts';
import { toFacadeEvent } from '../../../shared/facade-events/facade-event.ts';
import { disabledKey } from './builders.ts';

const client = new SQSClient({ region: 'us-east-1' });
// This client only: the files of a worker share the class.
const sqs = mockClient(client);
const sink = createSqsEventSink(client, 'https://sqs.us-east-1.amazonaws.com/1/q');
beforeEach(() => void sqs.reset());

const events = ['a', 'b', 'c', 'd'].map((id) =>
  toFacadeEvent(disabledKey(id), { source: '/s', nowMillis: 0, newId: () => id }),
);
const failure = (Id: string, SenderFault: boolean, Code: string) => ({ Id, SenderFault, Code, Message: 'because' });
const bodiesOf = (call: number): string[] =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    [call]?.args[0].input.Entries?.map(({ MessageBody = '' }) => JSON.parse(MessageBody).id) ?? [];

describe('the SQS sink', () => {
  it('sends those again that SQS failed, and names those that it may not send or failed twice', async () => {
    sqs
      .on(SendMessageBatchCommand)
      .resolvesOnce({
        Successful: [],
        Failed: [
          failure('1', false, 'InternalError'),
          failure('2', true, 'InvalidMessageContents'),
          failure('3', false, 'ServiceUnavailable'),
        ],
      })
      .resolvesOnce({ Successful: [], Failed: [failure('1', false, 'ServiceUnavailable')] });
    expect(await sink.send(events)).toEqual([
      { id: 'c', reason: 'InvalidMessageContents: because' },
      { id: 'd', reason: 'ServiceUnavailable: because' },
    ]);
    expect(bodiesOf(1)).toEqual(['b', 'd']);
  });

  it('takes all that failed once for lost when the second try fails as a whole, and no other', async () => {
    sqs
      .on(SendMessageBatchCommand)
      .resolvesOnce({
        Successful: [],
        Failed: [failure('0', false, 'InternalError'), failure('3', false, 'InternalError')],
      })
      .rejectsOnce(new Error('connection lost'));
    expect((await sink.send(events)).map(({ id }) => id)).toEqual(['a', 'd']);
  });

  it.each(['ThrottlingException', 'ExpiredTokenException', 'AWS.SimpleQueueService.NonExistentQueue'])(
    'throws when a whole call fails with %s: the publisher loses the batch and says so',
    async (name) => {
      const error = new SQSServiceException({ name, $fault: 'client', $metadata: {}, message: name });
      sqs.on(SendMessageBatchCommand).rejects(error);
      await expect(sink.send(events)).rejects.toThrow(name);
    },
  );

  it('says the type and the request beside the body, so that readers need not parse it', async () => {
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1';
    await sink.send([
      toFacadeEvent(disabledKey('a'), {
        source: '/s',
        nowMillis: 0,
        newId: () => 'a',
        requestId: 'r-1',
        traceId: trace,
      }),
    ]);
    expect(sqs.commandCalls(SendMessageBatchCommand)[0]?.args[0].input.Entries?.[0]).toMatchObject({
      MessageAttributes: {
        type: { DataType: 'String', StringValue: 'credential.disabled' },
        requestId: { DataType: 'String', StringValue: 'r-1' },
      },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: trace } },
    });
  });
});
