/** P8 over long times: the hook was off for a week, or a queue was out of reach for a day. Functions are killed meanwhile. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryPullStore } from '../../../shared/notifications/adapters/pull-stores.ts';
import { createIntake } from '../../../shared/notifications/intake.ts';
import type { Notification } from '../../../shared/notifications/notification.ts';
import { createPull, defaultPullSettings, type NotificationFeed } from '../../../shared/notifications/pull.ts';
import { faultsOf } from '../../support/fan-out-promise.ts';
import { createWorld, notificationOf, startMillis, subscriptionOf, type World } from '../../support/fan-out-world.ts';
import { createLife, type Life, mortal } from '../../support/mortal.ts';
import type { Behaviour } from '../../support/simulated-queues.ts';
import { sized } from '../../support/test-size.ts';
import { guideDocument } from '../notifications/builders.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const types = ['create', 'close', 'sign'];

const happening = (index: number, createdAtMillis: number): Notification =>
  notificationOf({
    id: `n${index}`,
    type: types[index % types.length] as string,
    entity: `experiment:${index % 7}`,
    createdAtMillis,
  });

const toDocument = ({ id, entity, createdAtMillis, type }: Notification) =>
  guideDocument({ id, entity, type, createdAt: new Date(createdAtMillis).toISOString() });

/** The pull of a facade, in front of a tenant that has recorded these notifications. The test sets how long each run lives. */
const pullOf = ({ ledger, ingress, clock }: World, recorded: readonly Notification[]) => {
  const feed: NotificationFeed = {
    async list({ fromMillis = 0, untilMillis = Number.POSITIVE_INFINITY, offset, limit }) {
      const found = recorded
        .filter(({ createdAtMillis: at }) => at >= fromMillis && at <= untilMillis && at <= clock.now)
        .toSorted((one, other) => other.createdAtMillis - one.createdAtMillis);
      const nextOffset = offset + limit < found.length ? offset + limit : undefined;
      return {
        documents: found.slice(offset, offset + limit).map(toDocument),
        nextOffset,
        tenantMillis: clock.now,
      };
    },
    dismiss: async () => {},
  };
  const store = createMemoryPullStore();
  let writers = 0;
  return async (life: Life = createLife()): Promise<void> => {
    const kept = mortal(ledger, life);
    const intake = createIntake({
      ...{ ledger: kept, ingress: mortal(ingress.ingress, life), clock },
      newWriter: () => `pull-${++writers}`,
    });
    const pull = createPull({
      ...{ feed: mortal(feed, life), store: mortal(store, life), intake, ledger: kept, clock },
      settings: { ...defaultPullSettings, pageSize: 20, mostPages: 5 },
    });
    await pull.run(Number.POSITIVE_INFINITY).catch((error: unknown) => {
      if (!life.isDead) throw error;
    });
  };
};

/** 1 to 400, so that most fall into the work. */
const kills = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 6 });
const lifeFrom = (points: readonly number[]) => {
  const left = [...points];
  return (): Life => createLife(left.shift());
};

const subscribersOf = () => [
  subscriptionOf({ isFifo: true }),
  subscriptionOf({ isFifo: true, filter: { type: ['com.revvity.signals.close'] } }),
  subscriptionOf({ isFifo: true, filter: { subject: [{ suffix: '3' }] } }),
  subscriptionOf(),
];

describe('a hook that was off for a week', () => {
  it('has cost nobody anything once the pull has run, and nothing came twice to a FIFO queue', async () => {
    await fc.assert(
      fc.asyncProperty(kills, kills, fc.integer({ min: 0, max: 20 }), async (ofPulls, ofFunctions, pushedBefore) => {
        const world = createWorld();
        const subscriptions = subscribersOf();
        for (const one of subscriptions) await world.store.write(one);
        const before = Array.from({ length: 15 }, (_, index) => happening(index, startMillis + index * 1_000));
        const unheard = Array.from({ length: 140 }, (_, index) =>
          happening(100 + index, startMillis + hour + (index * 7 * day) / 140),
        );
        const after = Array.from({ length: 20 }, (_, index) =>
          happening(500 + index, startMillis + 7 * day + 2 * hour + index * 1_000),
        );
        const all = [...before, ...unheard, ...after];
        const pull = pullOf(world, all);
        await pull();
        for (const one of before) await world.push(one);
        await world.run(hour);
        // Nothing runs for the tenant: no push, no pull.
        world.clock.now = startMillis + 7 * day + 2 * hour;
        const functions = lifeFrom(ofFunctions);
        // The hook is on again before the first pull.
        for (const one of after.slice(0, pushedBefore)) await world.push(one);
        for (const life of ofPulls) {
          world.clock.now += minute;
          await pull(createLife(life));
          await world.run(minute, functions);
        }
        for (const one of after) await world.push(one);
        for (let pass = 0; pass < 3; pass += 1) {
          await pull();
          await world.run(20 * minute, functions);
        }
        expect(await faultsOf(world, subscriptions, all)).toEqual([]);
      }),
      { numRuns: sized(100, 3) },
    );
  });
});

describe('a queue that is out of reach for 24 hours', () => {
  it.each<Behaviour>(['fail', 'hang', 'lose'])(
    'loses nothing, whatever is killed: it answers with "%s"',
    async (how) => {
      await fc.assert(
        fc.asyncProperty(kills, async (points) => {
          const world = createWorld();
          const [fifo, , , standard] = subscribersOf();
          const subscriptions = [fifo, standard].filter((one) => one !== undefined);
          for (const one of subscriptions) {
            await world.store.write(one);
            world.queues.behave(one.queue.arn, () => (world.clock.now < startMillis + day ? how : 'take'));
          }
          const functions = lifeFrom(points);
          const events = Array.from({ length: 16 }, (_, index) => happening(index, startMillis + index * 90 * minute));
          for (const one of events) {
            await world.push(one);
            await world.run(90 * minute, functions);
          }
          await world.run(10 * hour, functions);
          expect(await faultsOf(world, subscriptions, events)).toEqual([]);
          for (const { id } of subscriptions) expect((await world.pending.dead(id, 1)).items).toEqual([]);
        }),
        { numRuns: sized(10, 1) },
      );
    },
  );
});
