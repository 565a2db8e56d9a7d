import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeepAlive, type KeepAliveParts } from '../../../shared/tokens/keep-alive.ts';
import { spreadOf, touchAtMillisOf } from '../../../shared/tokens/token.ts';
import { anna, consumerOf, createWorld, dayMillis, hourMillis, startMillis, tokenOf, type World } from './builders.ts';

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

  it('gives a token up after two refusals an hour apart, and raises one event', async () => {
    const world = createWorld();
    await world.link();
    world.wait(dayMillis);
    world.answerProbesWith({ kind: 'dead' });
    expect(await run(world)).toMatchObject({ living: 0, doubted: 1, dead: 0 });
    expect((await world.store.read(anna))?.sealed).toBeDefined();
    world.wait(hourMillis / 2);
    expect(await run(world)).toMatchObject({ doubted: 1, dead: 0 });
    expect(world.seen.events).toEqual([]);
    world.wait(hourMillis / 2);
    expect(await run(world)).toMatchObject({ living: 0, doubted: 0, dead: 1 });
    world.wait(dayMillis);
    expect(await run(world)).toMatchObject({ living: 0, dead: 1, touched: 0 });
    expect(world.seen.events).toEqual([
      {
        type: 'token.expired',
        upstream: 'signals',
        consumerId: 'app',
        incarnation: 'app-1',
        subject: 'anna',
        tokenId: 'v1',
        diesAt: '2026-03-02T01:00:00.000Z',
        renewUrlPath: '/v1/me/token/links',
        at: '2026-03-02T01:00:00.000Z',
      },
    ]);
    expect(await world.store.read(anna)).not.toHaveProperty('sealed');
  });

  it('takes a token back that was refused by mistake', async () => {
    const world = createWorld();
    await world.link();
    world.wait(dayMillis);
    world.answerProbesWith({ kind: 'dead' });
    await run(world);
    world.wait(hourMillis);
    world.answerProbesWith({ kind: 'living', person: { id: '101' } });
    expect(await run(world)).toMatchObject({ living: 1, doubted: 0, dead: 0 });
    expect(world.seen.events).toEqual([]);
  });

  it('loses nothing in hours in which the tenant refuses every token, and says so', async () => {
    const world = createWorld();
    const subjects = Array.from({ length: 30 }, (_, index) => `person-${index}`);
    for (const [index, subject] of subjects.entries()) await world.link({ subject, version: `v-${index}` });
    world.wait(dayMillis);
    world.answerProbesWith({ kind: 'dead' });
    for (let hour = 0; hour < 5; hour += 1) {
      const { brokenOff, dead } = await run(world, { atOnce: 1 });
      expect([brokenOff, dead]).toEqual([1, 0]);
      world.wait(hourMillis);
    }
    // Three a run are enough to see that something is wrong.
    expect(world.seen.probed).toHaveLength(15);
    world.answerProbesWith({ kind: 'living', person: { id: '101' } });
    expect(await run(world)).toMatchObject({ living: 30, doubted: 0, dead: 0, brokenOff: 0 });
    expect(world.seen.events).toEqual([]);
  });

  it('finds three that were revoked among many, by the word of one that is taken', async () => {
    const world = createWorld();
    const revoked = ['anna', 'bob', 'cleo'];
    for (const subject of revoked) await world.link({ subject, person: { id: subject } }, `token of ${subject}`);
    world.wait(22 * hourMillis);
    for (const subject of ['dora', 'emil']) await world.link({ subject }, `token of ${subject}`);
    const probe: KeepAliveParts['probe'] = async ({ secret }) =>
      revoked.some((subject) => secret.endsWith(subject))
        ? { kind: 'dead' }
        : { kind: 'living', person: { id: '101' } };
    expect(await run(world, { probe })).toMatchObject({ doubted: 3, dead: 0, brokenOff: 1 });
    world.wait(hourMillis);
    expect(await run(world, { probe, atOnce: 1 })).toMatchObject({ living: 2, dead: 3, brokenOff: 0 });
    expect(world.seen.events.map(({ subject }) => subject).sort()).toEqual(revoked);
  });

  it('believes in the end a tenant that refuses all', async () => {
    const world = createWorld();
    for (const subject of ['anna', 'bob', 'cleo']) await world.link({ subject });
    world.wait(dayMillis);
    world.answerProbesWith({ kind: 'dead' });
    for (let hour = 0; hour < 6; hour += 1) {
      expect(await run(world)).toMatchObject({ doubted: 3, dead: 0 });
      world.wait(hourMillis);
    }
    expect(await run(world)).toMatchObject({ doubted: 0, dead: 3 });
  });

  it('tells in a later run of a death whose teller died, once', async () => {
    const world = createWorld();
    await world.link();
    await world.store.markDead(anna, 'v1', startMillis);
    await run(world);
    expect(world.seen.events).toEqual([]);
    world.wait(hourMillis);
    await run(world);
    await run(world);
    expect(world.seen.events.map(({ type }) => type)).toEqual(['token.expired']);
  });

  it.each(['unknown', 'failed'] as const)(
    'waits six hours after a touch that ended %s, and lets others go first',
    async (kind) => {
      const world = createWorld();
      await world.link();
      world.wait(hourMillis);
      await world.link({ subject: 'bob' });
      world.wait(dayMillis);
      const parts: Partial<KeepAliveParts> =
        kind === 'failed' ? { envelope: { ...world.envelope, open: () => Promise.reject(new Error('away')) } } : {};
      world.answerProbesWith({ kind: 'unknown' });
      expect(await run(world, { ...parts, mostTouches: 1 })).toMatchObject({ living: 2, touched: 0, left: 2 });
      world.answerProbesWith({ kind: 'living', person: { id: '101' } });
      world.wait(hourMillis);
      expect(await run(world, { mostTouches: 1 })).toMatchObject({ touched: 1, left: 0 });
      expect((await world.store.read({ ...anna, subject: 'bob' }))?.lastUsedAtMillis).toBe(world.clock.nowMillis());
      world.wait(5 * hourMillis);
      expect(await run(world)).toMatchObject({ living: 2, touched: 1, left: 0 });
      expect(world.seen.events).toEqual([]);
    },
  );

  it('asks about a doubted token in every run, also when the last told nothing', async () => {
    const world = createWorld();
    await world.link();
    await world.store.doubt(anna, 'v1', startMillis);
    world.answerProbesWith({ kind: 'unknown' });
    expect(await run(world)).toMatchObject({ doubted: 1 });
    world.wait(hourMillis);
    world.answerProbesWith({ kind: 'living', person: { id: '101' } });
    expect(await run(world)).toMatchObject({ living: 1, doubted: 0 });
  });

  it('gives up, a day after its death, a token of which the tenant never tells anything', async () => {
    const world = createWorld();
    await world.link();
    world.answerProbesWith({ kind: 'unknown' });
    for (let hours = 0; hours < 31 * 24; hours += 1) {
      world.wait(hourMillis);
      await run(world);
    }
    expect(world.seen.events.map(({ type }) => type)).toEqual(['token.expiring']);
    for (let hours = 0; hours < 7; hours += 1) {
      world.wait(hourMillis);
      await run(world);
    }
    expect(world.seen.events.map(({ type }) => type)).toEqual(['token.expiring', 'token.expired']);
    expect(await world.store.read(anna)).toMatchObject({ state: 'dead' });
    // Four touches a day at most.
    expect(world.seen.probed.length).toBeLessThanOrEqual(4 * 32);
  });

  it('removes what belongs to a consumer that is no more, and touches it no more', async () => {
    const world = createWorld();
    await world.link({ incarnation: 'app-0', subject: 'anna' });
    await world.link({ consumerId: 'gone', incarnation: 'gone-1' });
    await world.link();
    world.wait(dayMillis);
    expect(await run(world)).toMatchObject({ living: 1, orphaned: 2, touched: 1 });
    expect((await world.store.list(10)).tokens.map(({ incarnation }) => incarnation)).toEqual(['app-1']);
  });

  it('keeps tokens of a suspended consumer, and all of them when the consumers cannot be read', async () => {
    const world = createWorld();
    await world.link();
    world.consumers.set('app', consumerOf('app', { state: 'suspended' }));
    world.wait(dayMillis);
    expect(await run(world)).toMatchObject({ living: 1, orphaned: 0, touched: 1 });
    world.wait(dayMillis);
    const findHolder = () => Promise.reject(new Error('table away'));
    expect(await run(world, { findHolder })).toMatchObject({ living: 1, orphaned: 0, touched: 1 });
  });

  it('paces its touches', async () => {
    const world = createWorld();
    for (const subject of ['anna', 'bob', 'cleo']) await world.link({ subject });
    world.wait(dayMillis);
    let pauses = 0;
    const pace = async () => {
      pauses += 1;
    };
    await run(world, { atOnce: 1, pace });
    expect(pauses).toBe(2);
  });

  it('counts records that cannot be understood', async () => {
    const world = createWorld();
    await world.link();
    const list: typeof world.store.list = async (...args) => ({ ...(await world.store.list(...args)), unreadable: 2 });
    expect(await run(world, { store: { ...world.store, list } })).toMatchObject({ living: 1, unreadable: 2 });
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

  it('raises token.expiring although the answer of the store to its mark was lost', async () => {
    const world = createWorld();
    await world.link();
    world.answerProbesWith({ kind: 'unknown' });
    world.wait(26 * dayMillis);
    const markWarned: typeof world.store.markWarned = async (...args) => {
      await world.store.markWarned(...args);
      throw new Error('the answer was lost');
    };
    await run(world, { store: { ...world.store, markWarned } });
    await run(world);
    expect(world.seen.events.map(({ type }) => type)).toEqual(['token.expiring']);
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
        // The run that does it comes within an hour, the one that confirms a refusal an hour later.
        expect(idleMillis).toBeLessThanOrEqual(21 * hourMillis);
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
