import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeepAlive, type KeepAliveParts } from '../../../shared/tokens/keep-alive.ts';
import { spreadOf, touchAtMillisOf } from '../../../shared/tokens/token.ts';
import { anna, createWorld, dayMillis, hourMillis, startMillis, tokenOf, type World } from './builders.ts';

const touchMillis = 20 * hourMillis;

const keepAliveOf = (world: World, parts: Partial<KeepAliveParts> = {}) =>
  createKeepAlive({ ...world, touchMillis, mostTouches: 100, atOnce: 4, ...parts });

const run = (world: World, parts?: Partial<KeepAliveParts>) => keepAliveOf(world, parts).run(Number.POSITIVE_INFINITY);

describe('keeping tokens alive', () => {
  it('touches nothing before the interval is over, and everything a few hours after', async () => {
    const world = createWorld();
    await world.link();
    world.wait(touchMillis - 1);
    expect((await run(world)).touched).toBe(0);
    world.wait(3 * hourMillis + 1);
    expect(await run(world)).toMatchObject({ living: 1, dead: 0, touched: 1, left: 0 });
    expect((await world.store.read(anna))?.lastUsedAtMillis).toBe(startMillis + touchMillis + 3 * hourMillis);
    expect(world.seen.probed.map(({ secret }) => secret)).toEqual(['the-token']);
  });

  it('touches once, however many runs there are at the same time', async () => {
    const world = createWorld();
    for (const subject of ['anna', 'bob', 'cleo']) await world.link({ subject });
    world.wait(dayMillis);
    await Promise.all([run(world), run(world), run(world)]);
    expect(world.seen.probed).toHaveLength(3);
  });

  it('marks the dead, and raises one event for each', async () => {
    const world = createWorld();
    await world.link();
    world.wait(dayMillis);
    world.answerProbesWith({ kind: 'dead' });
    expect(await run(world)).toMatchObject({ living: 0, dead: 1 });
    world.wait(dayMillis);
    expect(await run(world)).toMatchObject({ living: 0, dead: 1, touched: 0 });
    expect(world.seen.events.map(({ type, subject }) => [type, subject])).toEqual([['token.expired', 'anna']]);
    expect(await world.store.read(anna)).toMatchObject({ state: 'dead' });
  });

  it('tries again in the next run when the tenant does not answer', async () => {
    const world = createWorld();
    await world.link();
    world.wait(dayMillis);
    world.answerProbesWith({ kind: 'unknown' });
    expect(await run(world)).toMatchObject({ living: 1, touched: 0, left: 1 });
    world.wait(hourMillis);
    world.answerProbesWith({ kind: 'living', person: { id: '101' } });
    expect(await run(world)).toMatchObject({ living: 1, touched: 1, left: 0 });
    expect(world.seen.events).toEqual([]);
  });

  it('stops at the first refusal by the budget', async () => {
    const world = createWorld();
    for (const subject of ['anna', 'bob', 'cleo']) await world.link({ subject });
    world.wait(dayMillis);
    world.answerProbesWith({ kind: 'refused' });
    expect(await run(world, { atOnce: 1 })).toMatchObject({ touched: 0, left: 3 });
    expect(world.seen.probed).toHaveLength(1);
  });

  it('takes the longest idle first, and leaves the rest for the next run', async () => {
    const world = createWorld();
    for (const subject of ['anna', 'bob', 'cleo']) {
      await world.link({ subject }, `token of ${subject}`);
      world.wait(hourMillis);
    }
    world.wait(2 * dayMillis);
    expect(await run(world, { mostTouches: 2, atOnce: 1 })).toMatchObject({ touched: 2, left: 1 });
    expect(world.seen.probed.map(({ secret }) => secret)).toEqual(['token of anna', 'token of bob']);
    expect(await run(world, { mostTouches: 2 })).toMatchObject({ touched: 1, left: 0 });
  });

  it('touches nothing after its deadline', async () => {
    const world = createWorld();
    await world.link();
    world.wait(dayMillis);
    expect(await keepAliveOf(world).run(world.clock.nowMillis())).toMatchObject({ touched: 0, left: 1 });
  });

  it('raises token.expiring once, five days before the death of a token that cannot be touched', async () => {
    const world = createWorld();
    await world.link();
    world.answerProbesWith({ kind: 'unknown' });
    world.wait(25 * dayMillis - 1);
    await run(world);
    expect(world.seen.events).toEqual([]);
    world.wait(hourMillis);
    await run(world);
    world.wait(hourMillis);
    await run(world);
    expect(world.seen.events.map(({ type, diesAt }) => [type, diesAt])).toEqual([
      ['token.expiring', '2026-03-31T00:00:00.000Z'],
    ]);
    expect((await world.store.read(anna))?.warnedAtMillis).toBe(startMillis + 25 * dayMillis + hourMillis - 1);
  });

  it('warns also of tokens whose turn does not come, and of those that cannot be opened', async () => {
    const world = createWorld();
    for (const subject of ['anna', 'bob']) await world.link({ subject });
    const broken = { ...world.envelope, open: () => Promise.reject(new Error('key service away')) };
    world.wait(26 * dayMillis);
    await run(world, { mostTouches: 1, envelope: broken });
    expect(world.seen.events.map(({ type }) => type)).toEqual(['token.expiring', 'token.expiring']);
    expect(world.seen.failures).toEqual(['touching a token']);
  });

  it('does nothing to a token that was removed or renewed after the listing', async () => {
    const world = createWorld();
    await world.link();
    world.wait(dayMillis);
    const claim: typeof world.store.claim = async (...args) => {
      const claimed = await world.store.claim(...args);
      await world.link({ version: 'v2' });
      return claimed;
    };
    expect(await run(world, { store: { ...world.store, claim } })).toMatchObject({ touched: 0 });
    expect(world.seen.probed).toEqual([]);
  });
});

describe('the time of a touch', () => {
  it('lies in the day after the last use, the same on every machine, at the default interval', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (subject) => {
        const token = tokenOf({ subject });
        const idleMillis = touchAtMillisOf(token, touchMillis) - startMillis;
        expect(idleMillis).toBeGreaterThanOrEqual(20 * hourMillis);
        // The run that does it comes within an hour.
        expect(idleMillis).toBeLessThanOrEqual(23 * hourMillis);
      }),
    ));

  it('stays before death at the longest interval that a stage may have', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (subject) => {
        expect(touchAtMillisOf(tokenOf({ subject }), 576 * hourMillis)).toBeLessThan(startMillis + 28 * dayMillis);
      }),
    ));

  it('is spread evenly over tokens that were linked together', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let index = 0; index < 2_000; index += 1) {
      const tenth = Math.floor(spreadOf({ ...anna, subject: `person-${index}` }) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(Math.min(...tenths)).toBeGreaterThan(140);
    expect(Math.max(...tenths)).toBeLessThan(260);
  });
});
