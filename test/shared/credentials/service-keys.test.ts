import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { AccountProbe } from '../../../shared/credentials/account-probe.ts';
import { judgeKeys } from '../../../shared/health/looks.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { addKey, createWorld, hourMillis, minuteMillis, outcome, sendAs } from './support.ts';

describe('the choice of a key', () => {
  it('says what to do while there is none, and finds the first at once', async () => {
    const world = createWorld();
    const keys = world.instance();
    await expect(keys.choose('signals')).rejects.toMatchObject({
      code: 'CREDENTIAL_UNAVAILABLE',
      facts: { detail: expect.stringContaining('put-credential') },
    });
    await addKey(world, 'a');
    expect(await keys.choose('signals')).toMatchObject({ kind: 'service', secret: 'a' });
  });

  it('uses the newest active key of the first owner, and its principal names the owner', async () => {
    const world = createWorld();
    await addKey(world, 'a1');
    world.advance(1);
    await addKey(world, 'b1', 'svc-other');
    world.advance(1);
    await addKey(world, 'a2');
    expect(await world.instance().choose('signals')).toMatchObject({
      secret: 'a2',
      principal: 'service:signals:svc-eln',
    });
  });

  it('stays with an owner through the failures of its keys, and then goes to the next', async () => {
    const world = createWorld();
    await addKey(world, 'b1', 'svc-other', 2);
    await addKey(world, 'a1', 'svc-eln', 1);
    world.advance(1);
    await addKey(world, 'a2', 'svc-eln');
    const keys = world.instance();
    expect(await sendAs(keys, (secret) => secret === 'a1')).toBe('a1');
    expect(await sendAs(keys, (secret) => secret === 'b1')).toBe('b1');
    expect((await keys.choose('signals')).principal).toBe('service:signals:svc-other');
    world.advance(minuteMillis + 1);
    expect((await keys.choose('signals')).principal).toBe('service:signals:svc-eln');
  });

  it('reads and decrypts once for any number of calls at the same time, and not again for 5 minutes', async () => {
    const world = createWorld();
    await addKey(world, 'a');
    const keys = world.instance();
    await Promise.all(Array.from({ length: 50 }, () => keys.choose('signals')));
    world.advance(5 * minuteMillis - 1);
    await keys.choose('signals');
    expect(world.counts).toMatchObject({ reads: 1, opens: 1 });
    world.advance(1);
    await Promise.all(Array.from({ length: 50 }, () => keys.choose('signals')));
    expect(world.counts).toMatchObject({ reads: 2, opens: 2 });
  });

  it.each([
    ['disabled', { state: 'disabled' }],
    ['expired', { expiresAtMillis: Date.parse('2026-03-01T00:01:00Z') }],
  ] as const)('stops using a key that is %s within 5 minutes', async (_name, change) => {
    const world = createWorld();
    const { id } = await addKey(world, 'a');
    const keys = world.instance();
    await keys.choose('signals');
    await world.admin.change('signals', id, change);
    world.advance(5 * minuteMillis);
    await expect(keys.choose('signals')).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
  });
});

describe('a 401', () => {
  it('leads every instance to the next key, the others when they read', async () => {
    const world = createWorld();
    await addKey(world, 'old');
    world.advance(1);
    const bad = await addKey(world, 'bad');
    const [one, other] = [world.instance(), world.instance()];
    expect(await sendAs(one, (secret) => secret === 'old')).toBe('old');
    expect((await other.choose('signals')).secret).toBe('old');
    expect(await world.keyOf(bad.id)).toMatchObject({ strikes: 1, cooldown: { reason: 401 }, state: 'active' });
  });

  it('is one strike, however many calls and instances meet it at the same time', async () => {
    const world = createWorld();
    await addKey(world, 'good', 'svc-other', 9);
    const { id } = await addKey(world, 'bad', 'svc-eln', 1);
    const instances = Array.from({ length: 5 }, () => world.instance());
    const chosen = await Promise.all(instances.map((keys) => keys.choose('signals')));
    await Promise.all(
      instances.flatMap((keys, index) =>
        Array.from({ length: 10 }, () => keys.observe('signals', chosen[index] as (typeof chosen)[0], outcome(401))),
      ),
    );
    expect((await world.keyOf(id)).strikes).toBe(1);
    expect(world.events.filter(({ kind }) => kind === 'refused')).toHaveLength(5);
  });

  it('puts a key aside for a minute, then ten, then disables it and says so', async () => {
    const world = createWorld();
    await addKey(world, 'good', 'svc-other', 9);
    const { id } = await addKey(world, 'bad', 'svc-eln', 1);
    const keys = world.instance();
    const pauses: number[] = [];
    for (const waitMillis of [0, minuteMillis, 10 * minuteMillis]) {
      world.advance(waitMillis);
      expect(await sendAs(keys, (secret) => secret === 'good')).toBe('good');
      pauses.push(((await world.keyOf(id)).cooldown?.untilMillis ?? 0) - world.clock.nowMillis());
    }
    expect(pauses.slice(0, 2)).toEqual([minuteMillis, 10 * minuteMillis]);
    expect((await world.keyOf(id)).state).toBe('disabled');
    expect(world.events.filter(({ kind }) => kind === 'disabled')).toMatchObject([{ id, owner: 'svc-eln' }]);
    expect(JSON.stringify(world.events)).not.toContain('bad');
  });

  it('never disables the last key: it is asked again every minute', async () => {
    const world = createWorld();
    const { id } = await addKey(world, 'a');
    const keys = world.instance();
    const firstMillis = world.clock.nowMillis();
    for (let minute = 0; minute < 20; minute += 1) {
      await expect(sendAs(keys, () => false)).rejects.toThrow();
      expect(await world.keyOf(id)).toMatchObject({ strikes: 1, refusedSinceMillis: firstMillis });
      await expect(keys.choose('signals')).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
      world.advance(minuteMillis);
    }
    expect((await world.keyOf(id)).state).toBe('active');
    expect(await sendAs(keys, () => true)).toBe('a');
    expect(await world.keyOf(id)).toMatchObject({ strikes: 0, refusedSinceMillis: undefined, cooldown: undefined });
  });

  it('is forgiven when the key is accepted again', async () => {
    const world = createWorld();
    await addKey(world, 'good', 'svc-other', 9);
    const { id } = await addKey(world, 'flaky', 'svc-eln', 1);
    const keys = world.instance();
    for (let round = 0; round < 5; round += 1) {
      expect(await sendAs(keys, (secret) => secret === 'good')).toBe('good');
      world.advance(minuteMillis);
      expect(await sendAs(keys, () => true)).toBe('flaky');
    }
    expect(await world.keyOf(id)).toMatchObject({ state: 'active', strikes: 0 });
  });

  it('is forgiven by an accepted call also while a 429 is shown, so that health calls the key good: no failure and no redirection accepts it', async () => {
    const world = createWorld();
    const { id } = await addKey(world, 'a');
    const keys = world.instance();
    await keys.observe('signals', await keys.choose('signals'), outcome(401));
    const health = async () => judgeKeys([await world.keyOf(id)], world.clock.nowMillis()).state;
    world.advance(minuteMillis);
    for (const [status, state] of [
      [429, 'failed'],
      [503, 'failed'],
      [302, 'failed'],
      [403, 'failed'],
      [404, 'ok'],
      [200, 'ok'],
    ] as const) {
      await keys.observe('signals', await keys.choose('signals'), outcome(status));
      expect(await health()).toBe(state);
    }
    expect(await world.keyOf(id)).toMatchObject({ strikes: 0 });
  });

  it('puts the key aside in the instance also when that cannot be written', async () => {
    const world = createWorld();
    await addKey(world, 'good');
    world.advance(1);
    await addKey(world, 'bad');
    const keys = world.instance();
    for (const health of ['failing', 'hanging'] as const) {
      world.health.writes = health;
      expect(await sendAs(keys, (secret) => secret === 'good')).toBe('good');
      expect((await keys.choose('signals')).secret).toBe('good');
      world.advance(minuteMillis);
    }
    expect(world.events.map(({ kind }) => kind)).toContain('unwritten');
  });
});

describe('a 401 after which the upstream is asked about the key', () => {
  const good = { kind: 'accepted', accountId: '101' } as const;
  const startPool = async (confirm: AccountProbe) => {
    const world = createWorld();
    for (const secret of ['a', 'b', 'c']) {
      await addKey(world, secret);
      world.advance(1);
    }
    return { world, keys: world.instance(confirm) };
  };

  it('puts no key aside when it was about the call alone, however many such calls there are', async () => {
    const confirm = vi.fn<AccountProbe>(async () => good);
    const { world, keys } = await startPool(confirm);
    for (let call = 0; call < 5; call += 1) await expect(sendAs(keys, () => false)).rejects.toThrow('all refused');
    const chosen = await keys.choose('signals');
    await Promise.all(Array.from({ length: 50 }, () => keys.observe('signals', chosen, outcome(401))));
    expect(chosen.secret).toBe('c');
    expect(confirm.mock.calls).toEqual([['c']]);
    expect(world.events).toEqual([]);
    for (const { strikes } of nonEmpty(await world.store.list('signals'))) expect(strikes).toBe(0);
    world.advance(5_000);
    await keys.observe('signals', chosen, outcome(401));
    expect(confirm).toHaveBeenCalledTimes(2);
  });

  it.each<[string, AccountProbe]>([
    ['refuses it', async () => ({ kind: 'refused' })],
    ['does not tell', async () => ({ kind: 'accepted', accountId: undefined })],
    ['cannot be asked', () => Promise.reject(new Error('no budget'))],
    ['does not answer in time', () => new Promise(() => {})],
  ])('leads to the next key when the upstream %s', async (_name, answer) => {
    const { world, keys } = await startPool((secret) => (secret === 'c' ? answer(secret) : Promise.resolve(good)));
    expect(await sendAs(keys, (secret) => secret === 'b')).toBe('b');
    expect((await keys.choose('signals')).secret).toBe('b');
    expect(world.events.map(({ kind }) => kind)).toEqual(['refused']);
  });
});

describe('a 429', () => {
  it('changes no key, for the limit is that of the tenant, and is noted once a minute', async () => {
    const world = createWorld();
    const { id } = await addKey(world, 'a1');
    await addKey(world, 'b1', 'svc-other');
    const keys = world.instance();
    const chosen = await keys.choose('signals');
    for (let call = 0; call < 20; call += 1) await keys.observe('signals', chosen, outcome(429));
    expect(world.counts.writes).toBe(1);
    expect(await world.keyOf(id)).toMatchObject({ strikes: 0, cooldown: { reason: 429 } });
    expect((await world.instance().choose('signals')).secret).toBe('a1');
  });
});

describe('the last use', () => {
  it('is written once an hour by all instances together', async () => {
    const world = createWorld();
    const { id } = await addKey(world, 'a');
    const instances = Array.from({ length: 4 }, () => world.instance());
    const chosen = await Promise.all(instances.map((keys) => keys.choose('signals')));
    const writes: number[] = [];
    let last = (await world.keyOf(id)).lastUsedAtMillis;
    for (let minute = 0; minute < 150; minute += 1) {
      await Promise.all(
        instances.map(async (keys, index) => {
          await keys.choose('signals');
          await keys.observe('signals', chosen[index] as (typeof chosen)[0], outcome(200));
        }),
      );
      const now = (await world.keyOf(id)).lastUsedAtMillis;
      if (now !== last) writes.push(minute);
      last = now;
      world.advance(minuteMillis);
    }
    expect(writes).toEqual([0, 60, 120]);
    // Those that were late have tried and lost.
    expect(world.counts.writes).toBeLessThanOrEqual(3 * instances.length);
  });

  it('is not that of a call without an answer', async () => {
    const world = createWorld();
    const { id } = await addKey(world, 'a');
    const keys = world.instance();
    await keys.observe('signals', await keys.choose('signals'), outcome(undefined));
    expect((await world.keyOf(id)).lastUsedAtMillis).toBeUndefined();
  });
});

describe.each(['failing', 'hanging'] as const)('while the table is %s', (health) => {
  it('goes on with the remembered key for an hour, and no longer', async () => {
    const world = createWorld();
    await addKey(world, 'a');
    const keys = world.instance();
    await keys.choose('signals');
    world.health.reads = health;
    for (const minutes of [6, 20, 33]) {
      world.advance(minutes * minuteMillis);
      expect((await keys.choose('signals')).secret).toBe('a');
    }
    world.advance(minuteMillis);
    await expect(keys.choose('signals')).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    world.health.reads = 'well';
    expect((await keys.choose('signals')).secret).toBe('a');
  });

  it('asks it rarely as long as there is a key', async () => {
    const world = createWorld();
    await addKey(world, 'a');
    const keys = world.instance();
    await keys.choose('signals');
    world.health.reads = health;
    world.advance(5 * minuteMillis);
    const before = world.counts.reads;
    for (let call = 0; call < 100; call += 1) await keys.choose('signals');
    expect(world.counts.reads - before).toBe(1);
  });

  it('goes to a remembered key when one is refused', async () => {
    const world = createWorld();
    await addKey(world, 'old');
    world.advance(1);
    await addKey(world, 'new');
    const keys = world.instance();
    await keys.choose('signals');
    world.health.reads = health;
    expect(await sendAs(keys, (secret) => secret === 'old')).toBe('old');
  });

  it('answers an instance that has just begun', async () => {
    const world = createWorld();
    await addKey(world, 'a');
    const keys = world.instance();
    world.health.reads = health;
    await expect(keys.choose('signals')).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    world.health.reads = 'well';
    expect((await keys.choose('signals')).secret).toBe('a');
  });
});

describe.each(['failing', 'hanging'] as const)('while KMS is %s', (health) => {
  it('goes on with the secret at hand for an hour, and no longer', async () => {
    const world = createWorld();
    await addKey(world, 'a');
    const keys = world.instance();
    await keys.choose('signals');
    world.health.kms = health;
    world.advance(hourMillis - 1);
    expect((await keys.choose('signals')).secret).toBe('a');
    world.advance(1);
    await expect(keys.choose('signals')).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
  });

  it('does not go to a new key that cannot be opened, and does when it can', async () => {
    const world = createWorld();
    await addKey(world, 'old');
    const keys = world.instance();
    await keys.choose('signals');
    world.advance(5 * minuteMillis);
    await addKey(world, 'new');
    world.health.kms = health;
    expect((await keys.choose('signals')).secret).toBe('old');
    const before = world.counts.opens;
    for (let call = 0; call < 100; call += 1) expect((await keys.choose('signals')).secret).toBe('old');
    expect(world.counts.opens - before).toBeLessThanOrEqual(1);
    world.health.kms = 'well';
    world.advance(5_001);
    expect((await keys.choose('signals')).secret).toBe('new');
  });
});

describe('a reading that began before a refusal', () => {
  it('is not taken for the answer to it', async () => {
    const world = createWorld();
    await addKey(world, 'a');
    const keys = world.instance();
    const chosen = await keys.choose('signals');
    world.advance(5 * minuteMillis);
    const release = world.holdReads();
    const reading = keys.choose('signals');
    await setImmediate();
    await addKey(world, 'b');
    await keys.observe('signals', chosen, outcome(401));
    const retried = keys.choose('signals');
    release();
    await reading;
    expect((await retried).secret).toBe('b');
  });
});
