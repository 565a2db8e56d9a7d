/** Queues that were made for subscriptions: found, and removed where their subscription is gone. */
import { describe, expect, it } from 'vitest';
import { startSqs } from '../../../local/emulators/sqs.ts';
import { findMadeQueues, removeMadeQueues } from '../../../local/operator/made-queues.ts';
import { createMemorySubscriptionStore } from '../../../shared/subscriptions/adapters/memory.ts';
import { createSqsQueues } from '../../../shared/subscriptions/adapters/sqs-queues.ts';
import type { Home } from '../../../shared/subscriptions/queue-arn.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { closedAfterTest, sqsClient } from '../../support/aws.ts';

const home: Home = { partition: 'aws', region: 'us-east-1', account: '000000000000', stage: 'test' };
const [kept, gone] = ['sub-aaaaaaaaaaaaaaaa', 'sub-bbbbbbbbbbbbbbbb'];

const subscription = (id: string): Subscription => ({
  ...{ id, consumerId: 'app', incarnation: '', state: 'active', startMillis: 0, createdAtMillis: 0, version: 1 },
  queue: { arn: 'arn:aws:sqs:us-east-1:000000000000:any', isFifo: false, isMade: true, deadLettersArn: 'any' },
});

const start = async () => {
  const { url } = await closedAfterTest(startSqs());
  const client = sqsClient(url);
  const sender = 'arn:aws:iam::000000000000:role/dispatcher';
  const queues = createSqsQueues({ home, sender, tester: sender, clientFor: () => client, endpointOf: () => url });
  await queues.make({ subscriptionId: kept, isFifo: false, isMade: true });
  await queues.make({ subscriptionId: gone, isFifo: true, isMade: true });
  const store = createMemorySubscriptionStore();
  await store.write(subscription(kept));
  return { queues, store };
};

describe('the queues of subscriptions', () => {
  it('are listed with those whose subscription is gone, which can be removed', async () => {
    const { queues, store } = await start();
    const found = await findMadeQueues(queues, store);
    expect(found.map(({ subscriptionId, isOrphan }) => [subscriptionId, isOrphan]).sort()).toEqual([
      [kept, false],
      [kept, false],
      [gone, true],
      [gone, true],
    ]);
    const orphans = found.filter(({ isOrphan }) => isOrphan);
    const removed: string[] = [];
    await removeMadeQueues(queues, orphans, (name) => removed.push(name));
    expect(removed).toEqual(orphans.map(({ name }) => name));
    expect((await findMadeQueues(queues, store)).map(({ subscriptionId }) => subscriptionId)).toEqual([kept, kept]);
  });

  it('are told of when they are gone, also when the next one cannot be removed', async () => {
    const { queues, store } = await start();
    const found = await findMadeQueues(queues, store);
    const failing = {
      remove: async (id: string) => {
        if (id !== kept) throw new Error('throttled');
      },
    };
    const removed: string[] = [];
    await expect(removeMadeQueues(failing, found, (name) => removed.push(name))).rejects.toThrow('throttled');
    expect(removed).toEqual(found.filter(({ subscriptionId }) => subscriptionId === kept).map(({ name }) => name));
  });

  it('are no orphans while their subscription is being made', async () => {
    const { queues, store } = await start();
    const found = await findMadeQueues(queues, store, () => store.write(subscription(gone)));
    expect(found.map(({ isOrphan }) => isOrphan)).toEqual([false, false, false, false]);
  });
});
