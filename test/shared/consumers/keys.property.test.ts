/** Keys under concurrency and failures: never more than two, none half made, and changes seen within the stated bound. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryConsumerStore } from '../../../shared/consumers/adapters/memory.ts';
import { createConsumerAdmin } from '../../../shared/consumers/admin.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import { createConsumerKeys } from '../../../shared/consumers/keys.ts';
import { createConsumerRegistry } from '../../../shared/consumers/registry.ts';
import { consumerFreshMillis } from '../../../shared/consumers/remembered.ts';
import type { ConsumerStore } from '../../../shared/consumers/store.ts';
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { sized } from '../../support/test-size.ts';

const root: Consumer = { id: 'root', scopes: ['*:*', 'consumers:*'], state: 'active' };
const app: Consumer = { id: 'app', scopes: ['*:read'], state: 'active' };
const clockAt = (millis: number) => {
  const clock = { millis, nowMillis: () => clock.millis };
  return clock;
};

/** The store. `turn` decides when an operation begins. An operation may fail before or after its effect. */
const disturbed = (store: ConsumerStore, turn: () => Promise<'well' | 'before' | 'after'>): ConsumerStore =>
  Object.fromEntries(
    Object.entries(store).map(([name, operation]) => [
      name,
      async (...parameters: unknown[]) => {
        const how = await turn();
        if (how === 'before') throw new Error('lost');
        const answer = await (operation as (...given: unknown[]) => Promise<unknown>)(...parameters);
        if (how === 'after') throw new Error('answer lost');
        return answer;
      },
    ]),
  ) as unknown as ConsumerStore;

const startApp = async () => {
  const store = createMemoryConsumerStore();
  const clock = clockAt(0);
  const registry = createConsumerRegistry(store, { clock });
  await registry.save(root, hashKey('root'));
  await createConsumerAdmin(store, clock).create(root, app);
  return { store, clock, registry };
};

describe('keys made at the same time', () => {
  it('are never more than two, whatever the order, and exactly those that were handed out work', () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 6 }), async (scheduler, count) => {
        const { store, clock, registry } = await startApp();
        const turn = () => scheduler.schedule(Promise.resolve('well' as const));
        const keys = createConsumerKeys(disturbed(store, turn), clock);
        const adding = Promise.allSettled(Array.from({ length: count }, () => keys.add(root, 'app')));
        await scheduler.waitFor(adding);
        const made = (await adding).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
        const refused = (await adding).flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
        expect(made).toHaveLength(2);
        expect(refused).toEqual(Array(count - 2).fill('KEYS_FULL'));
        for (const { key } of nonEmpty(made)) expect(await registry.findByKeyHash(hashKey(key))).toBeDefined();
        expect((await store.read('app'))?.keys.map(({ id }) => id).sort()).toEqual(
          made.map(({ view }) => view.id).sort(),
        );
      }),
      { numRuns: sized(500, 50) },
    ));

  it('leave no working key that nobody was given, when the store fails at any point', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('well' as const, 'well' as const, 'before' as const, 'after' as const), {
          minLength: 1,
          maxLength: 12,
        }),
        async (fate) => {
          const { store, clock, registry } = await startApp();
          const pointed: string[] = [];
          const forgotten: string[] = [];
          const watching: ConsumerStore = {
            ...store,
            point(pointer, ...rest) {
              pointed.push(pointer.replace('KEY#', ''));
              return store.point(pointer, ...rest);
            },
            unpoint(pointer, ...rest) {
              forgotten.push(pointer.replace('KEY#', ''));
              return store.unpoint(pointer, ...rest);
            },
          };
          const left = [...fate];
          const keys = createConsumerKeys(
            disturbed(watching, async () => left.shift() ?? 'well'),
            clock,
          );
          const made = await keys.add(root, 'app').catch(() => undefined);
          const given = made && hashKey(made.key);
          const listed = (await store.read('app'))?.keys.map(({ hash }) => hash) ?? [];
          for (const hash of pointed) {
            // A key that was not handed out remains only if its removal failed too. No caller has that key.
            const isLeft = listed.includes(hash) && !forgotten.includes(hash);
            expect((await registry.findByKeyHash(hash)) !== undefined).toBe(hash === given || isLeft);
            if (isLeft && hash !== given) expect(fate.filter((how) => how !== 'well').length).toBeGreaterThan(1);
          }
          if (given) expect(pointed).toContain(given);
          expect((await store.read('app'))?.keys.length ?? 0).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: sized(1_500, 100) },
    ));
});

type Step =
  | { readonly act: 'add' | 'suspend' | 'activate' }
  | { readonly act: 'revoke'; readonly which: number }
  | { readonly act: 'wait'; readonly millis: number }
  | { readonly act: 'call'; readonly which: number; readonly instance: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constantFrom('add' as const, 'suspend' as const, 'activate' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('revoke' as const), which: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), millis: fc.nat(40_000) }) },
  { weight: 8, arbitrary: fc.record({ act: fc.constant('call' as const), which: fc.nat(5), instance: fc.nat(2) }) },
);

describe('revocation and suspension', () => {
  it('are obeyed by every instance after the bound, and nothing that holds is refused', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { store, clock, registry } = await startApp();
        const keys = createConsumerKeys(store, clock);
        const admin = createConsumerAdmin(store, clock);
        const instances = Array.from({ length: 3 }, () => createIdentifier(registry, clock));
        const made: { key: string; id: string; good: boolean; revoked: boolean; sinceMillis: number }[] = [];
        let active = true;
        /** Each key is good or not, and since when: where that changes now, its time begins anew. */
        const settle = (): void => {
          for (const one of made) {
            const good = active && !one.revoked;
            if (good !== one.good) Object.assign(one, { good, sinceMillis: clock.millis });
          }
        };
        const setState = async (state: Consumer['state']): Promise<void> => {
          await admin.change(root, 'app', undefined, (consumer) => ({ ...consumer, state }));
          active = state === 'active';
          settle();
        };
        for (const one of steps) {
          if (one.act === 'wait') clock.millis += one.millis;
          if (one.act === 'suspend') await setState('suspended');
          if (one.act === 'activate') await setState('active');
          if (one.act === 'add') {
            const added = await keys.add(root, 'app').catch(() => undefined);
            // Nobody has asked for it: what it is now, it is for every instance at once.
            const sinceMillis = Number.NEGATIVE_INFINITY;
            if (added) made.push({ key: added.key, id: added.view.id, good: active, revoked: false, sinceMillis });
          }
          const chosen = 'which' in one ? made[one.which % Math.max(1, made.length)] : undefined;
          if (one.act === 'revoke' && chosen && !chosen.revoked) {
            await keys.revoke('app', chosen.id);
            chosen.revoked = true;
            settle();
          }
          if (one.act === 'call' && chosen) {
            const called = await instances[one.instance]?.identify([['x-api-key', chosen.key]]).then(
              () => true,
              () => false,
            );
            const isSettled = clock.millis - chosen.sinceMillis >= consumerFreshMillis;
            if (isSettled) expect(called).toBe(chosen.good);
          }
        }
      }),
      { numRuns: sized(1_500, 100) },
    ));
});
