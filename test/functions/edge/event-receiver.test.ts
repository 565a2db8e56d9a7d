/** Functions that get notifications: which handler gets an event, and what follows a failure. */
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createEventReceiver, type HandleEvent } from '../../../functions/edge/event-receiver.ts';
import { toCloudEvent, toCloudEventText } from '../../../shared/notifications/cloud-event.ts';
import { notificationOf, source } from '../../support/fan-out-world.ts';

const textOf = (id: string, type: string, entity = 'experiment:1'): string =>
  toCloudEventText(toCloudEvent(notificationOf({ id, type, entity }), { source, sequence: 1 }));

const toEvent = (bodies: readonly string[], receives = 1): SQSEvent => ({
  Records: bodies.map((body, index) => ({
    ...{ messageId: String(index), receiptHandle: 'receipt', body, messageAttributes: {}, md5OfBody: '' },
    attributes: {
      ...{ ApproximateReceiveCount: String(receives), SentTimestamp: '1', MessageGroupId: 'experiment:1' },
    } as SQSRecord['attributes'],
    ...{ eventSource: 'aws:sqs', awsRegion: 'us-east-1', eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:e.fifo' },
  })),
});
const invocation = { getRemainingTimeInMillis: () => 30_000 };

const letters: [body: string, reason: string][] = [];
const care = {
  hide: async () => {},
  keep: async ({ body }: { readonly body: string }, reason: string) => void letters.push([body, reason]),
};
beforeEach(() => {
  letters.length = 0;
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockReturnValue();
});

describe('a function that gets notifications', () => {
  it('hands each event to the handler of its type, with the native document', async () => {
    const receiver = createEventReceiver('purges', () => care);
    const seen: string[] = [];
    receiver.onEvent('*', async ({ id, subject, data }) => void seen.push(`${id} ${subject} ${JSON.stringify(data)}`));
    const answer = await receiver.handler(toEvent([textOf('1', 'close'), textOf('2', 'a new type')]), invocation);
    expect(answer.batchItemFailures).toEqual([]);
    expect(seen).toEqual(['1 experiment:1 {"data":{"id":"1"}}', '2 experiment:1 {"data":{"id":"2"}}']);
  });

  it('retries an event whose handler fails, with the later ones of its entity, and gives it up after eight times', async () => {
    const receiver = createEventReceiver('purges', () => care);
    const handle = vi.fn<HandleEvent>().mockRejectedValue(new TypeError('the store is away'));
    receiver.onEvent('*', handle);
    const event = [textOf('1', 'close'), textOf('2', 'reopen')];
    const answer = await receiver.handler(toEvent(event), invocation);
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['0', '1']);
    expect(handle).toHaveBeenCalledTimes(1);
    expect(letters).toEqual([]);
    expect((await receiver.handler(toEvent([textOf('1', 'close')], 8), invocation)).batchItemFailures).toEqual([]);
    expect(letters).toEqual([[textOf('1', 'close'), expect.stringContaining('TypeError')]]);
  });

  it('keeps as dead letters what is no event, and what it has no handler for', async () => {
    const receiver = createEventReceiver('purges', () => care);
    const bodies = ['{', '{"id":"1"}', textOf('1', 'close')];
    expect((await receiver.handler(toEvent(bodies), invocation)).batchItemFailures).toEqual([]);
    expect(letters.map(([body]) => body)).toEqual(bodies);
    expect(letters[2]?.[1]).toContain('no handler');
  });
});
