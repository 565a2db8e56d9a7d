/** Every ingress against the contract of its port. */
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { startSqs } from '../../local/emulators/sqs.ts';
import { toFacadeEvent } from '../../shared/facade-events/facade-event.ts';
import { createMemoryIngress } from '../../shared/notifications/adapters/memory-ingress.ts';
import { createSqsIngress } from '../../shared/notifications/adapters/sqs-ingress.ts';
import { type Ingress, Work } from '../../shared/notifications/ingress.ts';
import { toFifoText } from '../../shared/queues/fifo-text.ts';
import { noon } from '../shared/notifications/builders.ts';
import { closedAfterTest, sqsClient } from '../support/aws.ts';
import { createQueue } from '../support/queues.ts';

/** @property read gives `count` works, in the order of their entity. */
type Readable = { readonly ingress: Ingress; readonly read: (count: number) => Promise<readonly unknown[]> };

const inMemory = async (): Promise<Readable> => {
  const ingress = createMemoryIngress({ nowMillis: () => noon });
  return { ingress, read: async () => [...ingress.works] };
};

const onSqs = async (): Promise<Readable> => {
  const client = sqsClient((await closedAfterTest(startSqs())).url);
  const QueueUrl = await createQueue(client, 'ingress.fifo');
  return {
    ingress: createSqsIngress(client, QueueUrl),
    async read(count) {
      const works: unknown[] = [];
      for (let turn = 0; works.length < count && turn < 50; turn += 1) {
        const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
        for (const { Body = '', ReceiptHandle } of (await client.send(command)).Messages ?? []) {
          works.push(JSON.parse(Body));
          await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
      const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
      return [...works, ...Messages.map(({ Body = '' }) => JSON.parse(Body))];
    },
  };
};

const notification = (id: string, entity = 'experiment:e1'): Work => ({ kind: 'notification', id, entity });
const event = toFacadeEvent(
  { type: 'tokens.distrusted', subject: 'tokens/\uffff\u00fc', data: { living: 1, doubted: 2, dead: 3 } },
  { source: '/s', nowMillis: noon, newId: () => 'event-1' },
);

describe.each([
  ['memory', inMemory],
  ['SQS on fauxqs', onSqs],
])('Ingress contract: %s', (_name, create) => {
  it('gives the works of an entity in their order, each of them as it was', async () => {
    const { ingress, read } = await create();
    const works: Work[] = [
      notification('1'),
      { kind: 'retry', subscriptionId: 'sub-1', entity: 'experiment:e1' },
      { kind: 'latest', subscriptionId: 'sub-1', entity: 'experiment:e1' },
      notification('2'),
    ];
    for (const work of works) await ingress.add(work);
    const found = await read(works.length);
    expect(found).toEqual(works);
    expect(found.map((work) => Work.parse(work))).toEqual(works);
  });

  it('drops work of a name that it has seen, but for another try', async () => {
    const { ingress, read } = await create();
    await ingress.add(notification('1'));
    await ingress.add(notification('1'));
    await ingress.add(notification('1'), 'again-1');
    await ingress.add(notification('1'), 'again-1');
    await ingress.add(notification('1'), 'again-2');
    expect(await read(3)).toEqual([notification('1'), notification('1'), notification('1')]);
  });

  it('takes ids and entities that are no name of a queue, and events of the facade', async () => {
    const { ingress, read } = await create();
    const odd = notification('ü\u0001'.repeat(100), `\uffff ${'x'.repeat(500)}`);
    await ingress.add(odd);
    const own: Work = { kind: 'facade-event', entity: event.subject, event, incarnation: 'c_1' };
    await ingress.add(own);
    const found = await read(2);
    expect(found).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining([odd, own]));
  });
});

describe('a name for SQS', () => {
  it('is the text itself where SQS takes it, else a hash, and two texts have two', () => {
    expect(toFifoText('experiment:8d0c')).toBe('experiment:8d0c');
    const odd = ['', ' ', 'a b', 'ü', 'x'.repeat(129)].map(toFifoText);
    expect(new Set(odd).size).toBe(5);
    for (const text of odd) expect(text).toMatch(/^[0-9a-f]{64}$/);
  });
});
