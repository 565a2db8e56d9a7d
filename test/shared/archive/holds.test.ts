/** Legal holds: every archived object of an experiment has the flag of S3 exactly while a hold on it lasts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHoldKeeper, longestRunMillis } from '../../../shared/archive/holds/hold-keeper.ts';
import { longestReason, mostHolds } from '../../../shared/archive/holds/hold-record.ts';
import { createHolds } from '../../../shared/archive/holds/holds.ts';
import { createLife, Killed, mortal } from '../../support/mortal.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { sized } from '../../support/test-size.ts';
import { createVerifiedWorld, eidOf } from './verified-world.ts';
import { type ArchiveWorld, createArchiveWorld, eid } from './world.ts';

const holdsOf = ({ holdStore, nowMillis }: ArchiveWorld, hasLocks = true) =>
  createHolds({ holds: holdStore, hasLocks, nowMillis });
const countNotSet = (): void => {};
const keeperOf = ({ holdStore, store, bucket, nowMillis }: ArchiveWorld, count = countNotSet as (n: number) => void) =>
  createHoldKeeper({ holds: holdStore, store, objects: bucket, nowMillis, countNotSet: count });

const archive = async (world: ArchiveWorld, cause: string, digest: string): Promise<void> => {
  world.tenant.digest = digest;
  await world.take(cause);
  await world.work();
};

/** PDFs and manifests with their flag. */
const flags = ({ bucket }: ArchiveWorld): Record<string, boolean> =>
  Object.fromEntries(
    [...bucket.objects]
      .filter(([key]) => key.startsWith('documents/'))
      .map(([key, { isHeld = false }]) => [key.split('/').at(-1), isHeld]),
  );
const first = { '1.pdf': true, '1.manifest-000000000001.json': true };
const both = { ...first, '2.pdf': true, '2.manifest-000000000002.json': true };
const none = Object.fromEntries(Object.keys(both).map((name) => [name, false]));

describe('a legal hold', () => {
  it('is set on PDF and manifest of every archived version, and lifted with the last hold', async () => {
    const world = createArchiveWorld();
    const [holds, keeper] = [holdsOf(world), keeperOf(world)];
    await archive(world, 'n1', '1');
    await archive(world, 'n2', '2');
    const placed = await holds.place(eid, 'a dispute', 'legal');
    expect(placed).toMatchObject({ eid, number: 1, placedBy: 'legal', isApplied: false });
    expect(await keeper.run()).toEqual({ settled: 1 });
    expect(flags(world)).toEqual(both);
    expect(await holds.read(`${eid}~1`)).toMatchObject({ isApplied: true });
    await holds.place(eid, 'another dispute', 'legal');
    await holds.release(`${eid}~1`, 'settled', 'legal');
    await keeper.run();
    expect(flags(world)).toEqual(both);
    expect(await holds.release(`${eid}~2`, 'settled, too', 'chief')).toMatchObject({
      reason: 'another dispute',
      released: { by: 'chief', reason: 'settled, too' },
    });
    await keeper.run();
    expect(flags(world)).toEqual(none);
    expect(await keeper.run()).toEqual({ settled: 0 });
  });

  it('is on versions that are archived later as soon as they are listed, although nobody may lift it there', async () => {
    const world = createArchiveWorld();
    await archive(world, 'n1', '1');
    await holdsOf(world).place(eid, 'a dispute', 'legal');
    await keeperOf(world).run();
    const asked: boolean[] = [];
    const { setHold } = world.bucket;
    const { objects } = world.parts.holding as { objects: { setHold: typeof setHold } };
    objects.setHold = async (key, versionId, isOn) => {
      asked.push(isOn);
      return setHold(key, versionId, isOn);
    };
    await archive(world, 'n2', '2');
    expect(flags(world)).toEqual(both);
    expect(asked).toEqual([true, true]);
  });

  it('may be placed before anything is archived', async () => {
    const world = createArchiveWorld();
    await holdsOf(world).place(eid, 'a dispute', 'legal');
    await keeperOf(world).run();
    await archive(world, 'n1', '1');
    expect(flags(world)).toEqual(first);
  });

  it('that is released while a version is being archived is lifted from that version, too', async () => {
    const world = createArchiveWorld();
    const [holds, keeper] = [holdsOf(world), keeperOf(world)];
    await holds.place(eid, 'a dispute', 'legal');
    await keeper.run();
    const { setHold } = world.bucket;
    const { objects } = world.parts.holding as { objects: { setHold: typeof setHold } };
    // Between its look at the record and its flags.
    objects.setHold = async (key, versionId, isOn) => {
      objects.setHold = setHold;
      await holds.release(`${eid}~1`, 'settled', 'legal');
      await keeper.run();
      return setHold(key, versionId, isOn);
    };
    await archive(world, 'n1', '1');
    await keeper.run();
    expect(Object.values(flags(world))).toEqual([false, false]);
  });

  it('is as its record says in the end, whoever is killed at any point', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (at, keeperAt, isReleased) => {
          const world = createArchiveWorld();
          await archive(world, 'n1', '1');
          const holds = holdsOf(world);
          await holds.place(eid, 'a dispute', 'legal');
          world.process.life = createLife(at);
          const life = createLife(keeperAt);
          const killed = createHoldKeeper({
            holds: mortal(world.holdStore, life),
            ...{ store: world.store, objects: mortal(world.bucket, life), nowMillis: world.nowMillis, countNotSet },
          });
          const outcomes = await Promise.allSettled([
            killed.run(),
            archive(world, 'n2', '2'),
            ...(isReleased ? [holds.release(`${eid}~1`, 'settled', 'legal')] : []),
          ]);
          for (const outcome of outcomes)
            if (
              outcome.status === 'rejected' &&
              !(outcome.reason instanceof Killed) &&
              !(outcome.reason instanceof AggregateError)
            )
              throw outcome.reason;
          world.restart();
          // Whoever died before it took the notification gets it again.
          await archive(world, 'n2', '2');
          await world.orders.sweep();
          await world.work();
          await keeperOf(world).run();
          expect(flags(world)).toEqual(isReleased ? none : both);
        },
      ),
      { numRuns: sized(150, 20) },
    ));

  it('is refused for what is not archived, in a stage without locks, and above the most', async () => {
    const world = createArchiveWorld();
    const holds = holdsOf(world);
    await expect(holds.place('sample:s1', 'a dispute', 'legal')).rejects.toMatchObject({ code: 'HOLD_REFUSED' });
    await expect(holdsOf(world, false).place(eid, 'a dispute', 'legal')).rejects.toMatchObject({
      code: 'HOLD_REFUSED',
    });
    await Promise.all(Array.from({ length: 10 }, (_, index) => holds.place(eid, `dispute ${index}`, 'legal')));
    for (let count = 10; count < mostHolds; count += 1) await holds.place(eid, 'a dispute', 'legal');
    await expect(holds.place(eid, 'a dispute', 'legal')).rejects.toMatchObject({ code: 'HOLD_REFUSED' });
    const { holds: all } = await holds.list(eid);
    expect(all.map(({ number }) => number)).toEqual(Array.from({ length: mostHolds }, (_, index) => index + 1));
  });

  it('may be placed and released as often as there is room, in any script, within what an item of DynamoDB has', async () => {
    const world = createArchiveWorld();
    const holds = holdsOf(world);
    const [longest, consumer] = ['\u6b62'.repeat(longestReason), 'c'.repeat(100)];
    for (let number = 1; number <= mostHolds; number += 1) {
      await holds.place(eid, longest, consumer);
      await holds.release(`${eid}~${number}`, longest, consumer);
    }
    const record = await world.holdStore.readHeld(eid);
    expect(record?.holds.filter(({ released }) => released)).toHaveLength(mostHolds);
    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(390_000);
  });

  it('is placed once and released once, although the answer of a write is lost and the write is repeated', async () => {
    const world = createArchiveWorld();
    const { holdStore, nowMillis } = world;
    const writeHeld: typeof holdStore.writeHeld = async (after) => {
      await holdStore.writeHeld(after);
      return holdStore.writeHeld(after);
    };
    const holds = createHolds({ holds: { ...holdStore, writeHeld }, hasLocks: true, nowMillis });
    expect(await holds.place(eid, 'a dispute', 'legal')).toMatchObject({ number: 1 });
    // An equal one of the same moment is another hold.
    expect(await holds.place(eid, 'a dispute', 'legal')).toMatchObject({ number: 2 });
    expect((await holds.list(eid)).holds).toHaveLength(2);
    expect(await holds.release(`${eid}~1`, 'settled', 'legal')).toMatchObject({ released: { reason: 'settled' } });
    await expect(holds.release(`${eid}~1`, 'settled', 'legal')).rejects.toMatchObject({ code: 'HOLD_RELEASED' });
  });

  it('is released once, and unknown ids are said to be unknown', async () => {
    const world = createArchiveWorld();
    const holds = holdsOf(world);
    await holds.place(eid, 'a dispute', 'legal');
    await holds.release(`${eid}~1`, 'settled', 'legal');
    await expect(holds.release(`${eid}~1`, 'again', 'legal')).rejects.toMatchObject({ code: 'HOLD_RELEASED' });
    for (const id of nonEmpty(['', eid, `${eid}~0`, `${eid}~2`, `${eid}~1.5`, 'experiment:none~1', '~1'])) {
      await expect(holds.release(id, 'x', 'legal')).rejects.toMatchObject({ code: 'HOLD_UNKNOWN' });
      await expect(holds.read(id)).rejects.toMatchObject({ code: 'HOLD_UNKNOWN' });
    }
  });

  it('of one experiment that cannot be set does not keep the others from being set', async () => {
    const world = createVerifiedWorld();
    await world.fill(2);
    const holds = createHolds({ holds: world.holds, hasLocks: true, nowMillis: () => world.clock.millis });
    for (const index of [1, 2]) await holds.place(eidOf(index), 'a dispute', 'legal');
    const counted: number[] = [];
    const keeper = createHoldKeeper({
      ...{ holds: world.holds, store: world.store, nowMillis: () => world.clock.millis },
      countNotSet: (experiments) => void counted.push(experiments),
      objects: {
        setHold: async (key, versionId, isOn) => {
          if (key.includes('/e1/')) throw new Error('AccessDenied');
          return world.bucket.setHold(key, versionId, isOn);
        },
      },
    });
    await expect(keeper.run()).rejects.toThrow('1 holds could not be set: Error: AccessDenied');
    expect(counted).toEqual([1]);
    expect(world.objects.get(world.documentOf(2))?.isHeld).toBe(true);
  });
});

/** The port as a process sees it that may stall before and after each of its calls. */
const stalling = <Port extends object>(port: Port, scheduler: fc.Scheduler): Port =>
  new Proxy(port, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...parameters: unknown[]) => unknown;
      return async (...parameters: unknown[]): Promise<unknown> => {
        await scheduler.schedule(Promise.resolve());
        const result = await method.apply(target, parameters);
        await scheduler.schedule(Promise.resolve());
        return result;
      };
    },
  });

describe('runs of the keeper at one time', () => {
  it('say that a hold is applied only when no other run may still lift it', async () => {
    const world = createArchiveWorld();
    const [holds, keeper] = [holdsOf(world), keeperOf(world)];
    await archive(world, 'n1', '1');
    await holds.place(eid, 'a dispute', 'legal');
    await keeper.run();
    await holds.release(`${eid}~1`, 'settled', 'legal');
    const { holdStore, store, bucket, nowMillis } = world;
    // While it lifts the second object, a hold is placed, and another run sets both. Then it dies.
    const objects = {
      setHold: async (key: string, versionId: string | undefined, isOn: boolean) => {
        if (!key.endsWith('.pdf')) {
          await holds.place(eid, 'another dispute', 'legal');
          await keeper.run();
          expect(flags(world)).toEqual(first);
          expect(await holds.read(`${eid}~2`)).toMatchObject({ isApplied: false });
        }
        await bucket.setHold(key, versionId, isOn);
        if (!key.endsWith('.pdf')) throw new Killed();
        return true;
      },
    };
    await expect(createHoldKeeper({ holds: holdStore, store, objects, nowMillis, countNotSet }).run()).rejects.toThrow(
      'killed',
    );
    const counted: number[] = [];
    const counting = keeperOf(world, (experiments) => void counted.push(experiments));
    await counting.run();
    expect(flags(world)).toEqual(first);
    expect(await holds.read(`${eid}~2`)).toMatchObject({ isApplied: false });
    world.clock.millis += longestRunMillis;
    await counting.run();
    expect(counted).toEqual([1, 0]);
    expect(flags(world)).toEqual(first);
    expect(await holds.read(`${eid}~2`)).toMatchObject({ isApplied: true });
  });

  it('leave each object as the record says, whoever stalls or is killed at any point', () =>
    fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 6, max: 30 }), { minLength: 2, maxLength: 3 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
        async (scheduler, deaths, acts) => {
          const world = createArchiveWorld();
          const { holdStore, store, bucket, nowMillis } = world;
          await archive(world, 'n1', '1');
          await archive(world, 'n2', '2');
          const direct = holdsOf(world);
          await direct.place(eid, 'the first dispute', 'legal');
          await keeperOf(world).run();
          await direct.release(`${eid}~1`, 'settled', 'legal');
          const runs = deaths.map((at) => {
            const life = createLife(at);
            const holds = mortal(stalling(holdStore, scheduler), life);
            const objects = mortal(stalling(bucket, scheduler), life);
            return createHoldKeeper({ holds, store, objects, nowMillis, countNotSet }).run();
          });
          const callers = async (): Promise<void> => {
            const holds = createHolds({ holds: stalling(holdStore, scheduler), hasLocks: true, nowMillis });
            for (const isPlaced of acts) {
              const last = (await direct.list(eid)).holds.length;
              if (isPlaced) await holds.place(eid, 'a dispute', 'legal');
              else await holds.release(`${eid}~${last}`, 'settled', 'legal').catch(() => {});
            }
          };
          const outcomes = await scheduler.waitFor(Promise.allSettled([callers(), ...runs]));
          for (const outcome of outcomes)
            if (outcome.status === 'rejected' && !/killed/.test(String(outcome.reason))) throw outcome.reason;
          const wanted = async () => {
            const { holds } = await direct.list(eid);
            return Object.fromEntries(Object.keys(both).map((name) => [name, holds.some(({ released }) => !released)]));
          };
          // Nobody is at work any more, so a hold that is said to be applied stays so.
          if ((await direct.read(`${eid}~1`)).isApplied) expect(flags(world)).toEqual(await wanted());
          world.clock.millis += longestRunMillis;
          await keeperOf(world).run();
          expect(flags(world)).toEqual(await wanted());
          expect(await direct.read(`${eid}~1`)).toMatchObject({ isApplied: true });
        },
      ),
      { numRuns: sized(1_000, 150) },
    ));
});

describe('the verification', () => {
  it('names a hold that is written down and not on the object, once it was set', async () => {
    const world = createVerifiedWorld();
    await world.fill(2);
    const holds = createHolds({ holds: world.holds, hasLocks: true, nowMillis: () => world.clock.millis });
    await holds.place(eidOf(1), 'a dispute', 'legal');
    expect(await world.run()).toMatchObject({ faults: 0 });
    await createHoldKeeper({
      ...{ holds: world.holds, store: world.store, objects: world.bucket },
      ...{ nowMillis: () => world.clock.millis, countNotSet },
    }).run();
    expect(await world.nextDay()).toMatchObject({ faults: 0 });
    await world.bucket.setHold(world.documentOf(1), undefined, false);
    await world.nextDay();
    expect(await world.openFaults()).toMatchObject([
      { code: 'hold-missing', subject: world.documentOf(1), entity: eidOf(1) },
    ]);
  });
});
