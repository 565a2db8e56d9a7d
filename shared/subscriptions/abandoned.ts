/**
 * Ends the subscriptions of consumers that were removed, after a time of grace: a consumer that is restored within it finds its
 * subscriptions and their queues as they were. Nothing is sent to them meanwhile (entitled.ts).
 */
import type { Clock } from '../time/clock.ts';
import type { FindConsumer } from './entitled.ts';
import type { SubscriptionQueues } from './queues.ts';
import type { SubscriptionStore } from './store.ts';
import type { Subscription } from './subscription.ts';

const graceDays = 7;
export const graceMillis = graceDays * 86_400_000;

export type AbandonedParts = {
  readonly store: Pick<SubscriptionStore, 'list' | 'write' | 'remove'>;
  readonly queues: Pick<SubscriptionQueues, 'remove'>;
  /** @throws when it cannot be told. */
  readonly findConsumer: FindConsumer;
  readonly clock: Clock;
};

export type AbandonedReport = {
  /** Seen without their consumer for the first time. */
  readonly noted: number;
  readonly removed: number;
};

export const createAbandoned = ({ store, queues, findConsumer, clock }: AbandonedParts) => {
  const note = async ({ abandonedAtMillis: _, ...rest }: Subscription, sinceMillis?: number): Promise<void> => {
    const since = sinceMillis === undefined ? {} : { abandonedAtMillis: sinceMillis };
    // Somebody who changes it meanwhile wins: the next run looks again.
    await store.write({ ...rest, ...since, version: rest.version + 1 });
  };

  /** The queues go first: a run that is killed in between finds the subscription again, and goes on. */
  const end = async ({ id, queue }: Subscription): Promise<void> => {
    await queues.remove(id, queue.isFifo);
    await store.remove(id);
  };

  const look = async (
    one: Subscription,
    isGone: boolean,
    nowMillis: number,
    report: { noted: number; removed: number },
  ): Promise<void> => {
    if (!isGone) return one.abandonedAtMillis === undefined ? undefined : note(one);
    if (one.abandonedAtMillis === undefined) {
      await note(one, nowMillis);
      report.noted += 1;
    } else if (nowMillis - one.abandonedAtMillis >= graceMillis) {
      await end(one);
      report.removed += 1;
    }
  };

  return {
    /**
     * Looks at every subscription. Safe to repeat, and to run twice at a time. Queues that consumers made themselves are left
     * alone. Each is looked at also when another fails.
     * @throws the first failure; nothing is removed of which it is not known that its consumer is gone.
     */
    async run(): Promise<AbandonedReport> {
      const nowMillis = clock.nowMillis();
      const incarnations = new Map<string, string | undefined>();
      const report = { noted: 0, removed: 0 };
      const failures: unknown[] = [];
      for (const one of await store.list()) {
        try {
          if (!incarnations.has(one.consumerId)) {
            const consumer = await findConsumer(one.consumerId);
            incarnations.set(one.consumerId, consumer && (consumer.incarnation ?? ''));
          }
          await look(one, incarnations.get(one.consumerId) !== one.incarnation, nowMillis, report);
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
      return report;
    },
  };
};
export type Abandoned = ReturnType<typeof createAbandoned>;
