import type { SQSEvent, SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { logger } from '../../../functions/edge/logger.ts';
import { queueHandler } from '../../../functions/edge/queue-handler.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { done, type Letter, type MessageCare, type MessageOutcome } from '../../../shared/queues/message.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const Body = z.object({ name: z.string() });
type Given = { readonly id: string; readonly body?: string; readonly group?: string; readonly receives?: number };

const toRecord = ({ id, body = JSON.stringify({ name: id }), group, receives = 1 }: Given): SQSRecord => ({
  messageId: id,
  receiptHandle: `receipt of ${id}`,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: '1000',
    SenderId: 'sender',
    ApproximateFirstReceiveTimestamp: '1000',
    AWSTraceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
    ...(group === undefined ? {} : { MessageGroupId: group }),
  },
  messageAttributes: { requestId: { dataType: 'String', stringValue: `request of ${id}` } },
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:jobs${group === undefined ? '' : '.fifo'}`,
  awsRegion: 'us-east-1',
});
const toEvent = (records: readonly Given[]): SQSEvent => ({ Records: records.map(toRecord) });

const createCare = (failing: { hide?: boolean; keep?: boolean } = {}) => {
  const hidden: [receipt: string, seconds: number][] = [];
  const kept: { letter: Letter; reason: string }[] = [];
  const care: MessageCare = {
    async hide(receipt, seconds) {
      if (failing.hide) throw new Error('no visibility');
      hidden.push([receipt, seconds]);
    },
    async keep(letter, reason) {
      if (failing.keep) throw new Error('no dead letters');
      kept.push({ letter, reason });
    },
  };
  return { care, hidden, kept };
};

const lines: string[] = [];
const logged: Record<string, unknown>[] = [];
beforeEach(() => {
  lines.length = 0;
  logged.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(logger, level).mockImplementation((...[text, extra]: unknown[]) => {
      logged.push({ level, text, ...(extra as object) });
    });
});

const metricsPut = (): string[] =>
  lines
    .filter((line) => line.includes('"_aws"'))
    .map((line) => {
      const { _aws: aws, Queue } = JSON.parse(line);
      return `${Queue} ${aws.CloudWatchMetrics[0].Metrics[0].Name}`;
    });

const plenty = { getRemainingTimeInMillis: () => 60_000 };
const run = async (
  records: readonly Given[],
  handle: (name: string) => Promise<MessageOutcome>,
  { failing = {}, invocation = plenty }: { failing?: object; invocation?: typeof plenty } = {},
) => {
  const { care, hidden, kept } = createCare(failing);
  const handled: string[] = [];
  const handler = queueHandler({ queue: 'jobs', body: Body, care, mostReceives: 4 }, async ({ body: { name } }) => {
    handled.push(name);
    return handle(name);
  });
  const { batchItemFailures } = await handler(toEvent(records), invocation);
  return { failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), handled, hidden, kept };
};

const retry: MessageOutcome = { kind: 'retry', afterSeconds: 77, reason: 'not yet' };

describe('a batch of messages', () => {
  it('is answered for message by message: done, retry after a time, dead letter', async () => {
    const outcomes: Record<string, MessageOutcome> = { a: done, b: retry, c: { kind: 'dead-letter', reason: 'unfit' } };
    const { failed, hidden, kept } = await run(
      [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      async (name) => outcomes[name] ?? done,
    );
    expect(failed).toEqual(['b']);
    expect(hidden).toEqual([['receipt of b', 77]]);
    expect(kept.map(({ letter, reason }) => [letter.messageId, reason])).toEqual([['c', 'unfit']]);
  });

  it('gives the handler what the sender said beside the body', async () => {
    const handle = vi.fn(async () => done);
    const { care } = createCare();
    await queueHandler({ queue: 'jobs', body: Body, care, mostReceives: 4 }, handle)(
      toEvent([{ id: 'a', receives: 3 }]),
      plenty,
    );
    expect(handle).toHaveBeenCalledWith({
      body: { name: 'a' },
      messageId: 'a',
      receiveCount: 3,
      sentAtMillis: 1000,
      group: undefined,
      requestId: 'request of a',
      traceId: '1-5759e988-bd862e3fe1be46a994272793',
    });
  });

  it('has one log line and one metric for each message, with its request and its trace', async () => {
    await run([{ id: 'a' }, { id: 'b' }, { id: 'c', body: '{' }], async (name) => (name === 'b' ? retry : done));
    expect(logged).toHaveLength(3);
    for (const line of nonEmpty(logged))
      expect(line).toMatchObject({
        text: 'queue message',
        queue: 'jobs',
        requestId: `request of ${line.messageId}`,
        traceId: '1-5759e988-bd862e3fe1be46a994272793',
      });
    expect(logged.map(({ messageId, outcome }) => `${messageId} ${outcome}`).toSorted()).toEqual([
      ...['a done', 'b retry', 'c dead-letter'],
    ]);
    expect(metricsPut().toSorted()).toEqual([
      ...['jobs QueueMessagesDeadLettered', 'jobs QueueMessagesDone', 'jobs QueueMessagesRetried'],
    ]);
  });

  it.each([
    ['no JSON', '{"name": "secret-text', 'the body is not JSON'],
    ['empty', '', 'the body is not JSON'],
    ['of another shape', '{"name":1}', 'the body departs from its schema: /name invalid_type'],
    ['null', 'null', 'the body departs from its schema: / invalid_type'],
  ])('keeps a body that is %s as it is, with its reason, and does not hand it on', async (_, body, reason) => {
    const { failed, handled, kept } = await run([{ id: 'a', body }, { id: 'b' }], async () => done);
    expect([failed, handled]).toEqual([[], ['b']]);
    expect(kept).toEqual([{ letter: expect.objectContaining({ messageId: 'a', body }), reason }]);
    expect(JSON.stringify(logged)).not.toContain('secret-text');
  });

  it('does not lose a dead letter that cannot be kept: it comes back', async () => {
    const { failed, hidden } = await run([{ id: 'a', body: '{' }], async () => done, { failing: { keep: true } });
    expect(failed).toEqual(['a']);
    expect(hidden).toEqual([['receipt of a', 30]]);
    expect(metricsPut()).toEqual(['jobs QueueMessagesRetried']);
  });

  it('still brings a message back when it cannot be hidden', async () => {
    const { failed } = await run([{ id: 'a' }], async () => retry, { failing: { hide: true } });
    expect(failed).toEqual(['a']);
  });

  it.each<[string, () => unknown, number, string | undefined]>([
    ['something unknown', () => new TypeError('x'), 30, undefined],
    ['no error', () => 'text', 30, undefined],
    ['an error that a retry may mend', () => new AppError('UPSTREAM_LATE'), 30, undefined],
    ['one that says when', () => new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 9 }), 9, undefined],
    ['one that no retry mends', () => new AppError('SCOPE_MISSING'), 0, 'SCOPE_MISSING'],
  ])('answers for itself when the handler throws %s', async (_, create, seconds, reason) => {
    const { failed, hidden, kept } = await run([{ id: 'a' }, { id: 'b' }], async (name) => {
      if (name === 'a') throw create();
      return done;
    });
    expect(kept.map((one) => one.reason)).toEqual(reason === undefined ? [] : [reason]);
    expect(failed).toEqual(reason === undefined ? ['a'] : []);
    expect(hidden).toEqual(reason === undefined ? [['receipt of a', seconds]] : []);
  });

  it('waits longer after each receive also when the failure says when: a store that is throttled for a while costs no dead letter', async () => {
    const throttled = (): never => {
      throw new AppError('NOTIFICATIONS_UNAVAILABLE', { retryAfterSeconds: 5 });
    };
    const records = [
      { id: 'a', receives: 1 },
      { id: 'b', receives: 2 },
      { id: 'c', receives: 3 },
    ];
    const { hidden } = await run(records, async () => throttled());
    expect(hidden).toEqual([
      ['receipt of a', 5],
      ['receipt of b', 60],
      ['receipt of c', 120],
    ]);
  });

  it('waits as long as a failure says when that is longer than its own pause', async () => {
    const { hidden } = await run([{ id: 'a', receives: 2 }], async () => {
      throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 90 });
    });
    expect(hidden).toEqual([['receipt of a', 90]]);
  });

  it('waits longer after each receive, and keeps the message with its last reason before the queue would move it without', async () => {
    const at = (receives: number) => run([{ id: 'a', receives }], async () => ({ kind: 'retry', reason: 'not yet' }));
    expect((await at(2)).hidden).toEqual([['receipt of a', 60]]);
    expect((await at(3)).hidden).toEqual([['receipt of a', 120]]);
    const last = await at(4);
    expect([last.failed, last.kept.map(({ reason }) => reason)]).toEqual([[], ['failed 4 times, at last: not yet']]);
  });

  it('ends in time when a handler hangs, and says so of that message and of those not begun', async () => {
    let leftMillis = 3_050;
    const invocation = { getRemainingTimeInMillis: () => leftMillis };
    const records = Array.from({ length: 12 }, (_, index) => ({ id: `m${index}` }));
    const { failed, handled } = await run(
      records,
      (name) => {
        if (name !== 'm0' && name !== 'm1') return Promise.resolve(done);
        return new Promise(() => {
          leftMillis = 3_020;
        });
      },
      { invocation },
    );
    expect(failed).toEqual(['m0', 'm1']);
    expect(handled).toHaveLength(12);
    const none = await run(records, async () => done, { invocation: { getRemainingTimeInMillis: () => 2_000 } });
    expect([none.failed.length, none.handled.length]).toEqual([12, 0]);
    expect(new Set(none.hidden.map(([, seconds]) => seconds))).toEqual(new Set([0]));
  });
});

describe('a batch while SQS does not answer', () => {
  it('ends in time, brings back what was to be hidden or kept, and not what was done', async () => {
    const hanging = () => new Promise<void>(() => {});
    const endMillis = Date.now() + 5_000;
    const invocation = { getRemainingTimeInMillis: () => endMillis - Date.now() };
    const options = { queue: 'jobs', body: Body, care: { hide: hanging, keep: hanging }, mostReceives: 4 };
    const records = [{ id: 'a' }, { id: 'b' }, { id: 'c', body: '{' }];
    const handler = queueHandler({ ...options, marginMillis: 500 }, async ({ body: { name } }) =>
      name === 'a' ? done : retry,
    );
    const { batchItemFailures } = await handler(toEvent(records), invocation);
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['b', 'c']);
  });
});

describe('a batch of a FIFO queue', () => {
  it('fails the later messages of a group after one that is retried, and leaves other groups alone', async () => {
    const records = ['a1', 'b1', 'a2', 'b2', 'a3'].map((id) => ({ id, group: id.charAt(0) }));
    const { failed, handled, hidden } = await run(records, async (name) => (name === 'a2' ? retry : done));
    expect(failed).toEqual(['a2', 'a3']);
    expect(handled.toSorted()).toEqual(['a1', 'a2', 'b1', 'b2']);
    expect(hidden).toEqual([
      ['receipt of a2', 77],
      ['receipt of a3', 77],
    ]);
  });

  it('goes on after a dead letter of the group', async () => {
    const records = [
      { id: 'a1', group: 'a', body: '{' },
      { id: 'a2', group: 'a' },
    ];
    const { failed, handled, kept } = await run(records, async () => done);
    expect([failed, handled]).toEqual([[], ['a2']]);
    expect(kept[0]?.letter.group).toBe('a');
  });

  it('never handles a message after one of its group that comes back, whatever the outcomes', async () => {
    const kinds = fc.constantFrom<MessageOutcome['kind'] | 'throws'>('done', 'retry', 'dead-letter', 'throws');
    const message = fc.record({ group: fc.constantFrom('a', 'b', 'c'), kind: kinds });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 10 }), async (messages) => {
        const records = messages.map(({ group }, index) => ({ id: String(index), group }));
        const { failed, handled } = await run(records, async (name) => {
          const { kind } = messages[Number(name)] ?? expect.fail();
          if (kind === 'throws') throw new Error('x');
          return kind === 'done' ? done : { kind, reason: kind };
        });
        for (const [index, { group, kind }] of messages.entries()) {
          const earlier = messages.slice(0, index).filter((other) => other.group === group);
          const isHeld = earlier.some((other) => other.kind === 'retry' || other.kind === 'throws');
          expect(handled.includes(String(index))).toBe(!isHeld);
          expect(failed.includes(String(index))).toBe(isHeld || kind === 'retry' || kind === 'throws');
        }
        const ofGroup = (name: string) => handled.filter((id) => messages[Number(id)]?.group === name).map(Number);
        for (const name of ['a', 'b', 'c']) expect(ofGroup(name)).toEqual(ofGroup(name).toSorted((x, y) => x - y));
      }),
      { numRuns: 50 },
    );
  });
});
