import { describe, expect, it } from 'vitest';
import type { Home } from '../../shared/subscriptions/queue-arn.ts';
import { QueueRefusal, type SubscriptionQueues } from '../../shared/subscriptions/queues.ts';

export type QueuesUnderTest = {
  readonly queues: SubscriptionQueues;
  /** A queue that a consumer made. */
  readonly ownArn: string;
  /** Bodies in a queue. */
  readonly bodiesIn: (arn: string) => Promise<readonly string[]>;
};

export const home: Home = { partition: 'aws', region: 'us-east-1', account: '000000000000', stage: 'test' };
const prefix = 'arn:aws:sqs:us-east-1:000000000000:signals-facade-test-sub-0123456789abcdef';
const id = 'sub-0123456789abcdef';

export const subscriptionQueuesContract = (name: string, create: () => Promise<QueuesUnderTest>) =>
  describe(`SubscriptionQueues contract: ${name}`, () => {
    it.each([
      ['standard', false, ''],
      ['FIFO', true, '.fifo'],
    ])('makes a %s queue and its dead letters, twice alike', async (_kind, isFifo, end) => {
      const { queues, bodiesIn } = await create();
      const wanted = { subscriptionId: id, isFifo, isMade: true };
      const made = { arn: `${prefix}${end}`, deadLettersArn: `${prefix}-dead${end}` };
      expect(await queues.make(wanted)).toEqual(made);
      expect(await queues.make(wanted)).toEqual(made);
      await queues.send(made.arn, '{"a":1}');
      expect(await bodiesIn(made.arn)).toEqual(['{"a":1}']);
      expect((await queues.list()).map(({ arn }) => arn).toSorted()).toEqual(Object.values(made).toSorted());
    });

    it('makes the dead letters only for a queue that the consumer brings', async () => {
      const { queues, ownArn, bodiesIn } = await create();
      const made = await queues.make({ subscriptionId: id, isFifo: false, isMade: false });
      expect(made).toEqual({ deadLettersArn: `${prefix}-dead` });
      await queues.send(ownArn, 'x');
      expect(await bodiesIn(ownArn)).toEqual(['x']);
      expect((await queues.list()).map(({ name: one }) => one)).toEqual([`signals-facade-test-${id}-dead`]);
    });

    it('removes both, and takes it twice', async () => {
      const { queues } = await create();
      await queues.make({ subscriptionId: id, isFifo: true, isMade: true });
      await queues.remove(id, true);
      await queues.remove(id, true);
      expect(await queues.list()).toEqual([]);
    });

    it('says why a queue takes nothing', async () => {
      const { queues } = await create();
      const gone = 'arn:aws:sqs:us-east-1:000000000000:gone';
      await expect(queues.send(gone, 'x')).rejects.toThrow(new QueueRefusal('there is no such queue'));
    });

    it('gives the address that consumers use', async () => {
      const { queues } = await create();
      expect(queues.urlOf(prefix)).toMatch(/^https?:\/\/.+\/000000000000\/signals-facade-test-sub-0123456789abcdef$/);
    });
  });
