import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../../../shared/credentials/key.ts';
import { isUsable, usableKeys } from '../../../shared/credentials/key-order.ts';

const now = 1_000_000;
const sealed = { wrappedKey: new Uint8Array(), nonce: new Uint8Array(), ciphertext: new Uint8Array() };

const keyParts = fc.record({
  owner: fc.constantFrom('a', 'b', 'c'),
  state: fc.constantFrom('active', 'retiring', 'disabled'),
  rank: fc.integer({ min: 0, max: 3 }),
  addedAtMillis: fc.integer({ min: 0, max: 5 }),
  expiresAtMillis: fc.option(fc.integer({ min: now - 1, max: now + 1 }), { nil: undefined }),
  cooldown: fc.option(
    fc.record({ untilMillis: fc.integer({ min: now - 1, max: now + 1 }), reason: fc.constantFrom(401, 429) }),
    { nil: undefined },
  ),
});

const pools = fc.array(keyParts, { maxLength: 10 }).map((all) =>
  all.map(
    (parts, index): ApiKey => ({
      upstream: 'signals',
      id: `k${index}`,
      slot: index + 1,
      strikes: 0,
      sealed,
      ...(parts as Partial<ApiKey> & Pick<ApiKey, 'owner' | 'state' | 'rank' | 'addedAtMillis'>),
    }),
  ),
);

describe('the order of keys', () => {
  it('holds every usable key once and no other', () =>
    fc.assert(
      fc.property(pools, (pool) => {
        const ids = usableKeys(pool, now).map(({ id }) => id);
        const expected = pool.filter((key) => isUsable(key, now)).map(({ id }) => id);
        expect([...ids].sort()).toEqual(expected.sort());
      }),
    ));

  it('is the same however the records come', () =>
    fc.assert(
      fc.property(
        pools.chain((pool) => fc.tuple(fc.constant(pool), fc.shuffledSubarray(pool, { minLength: pool.length }))),
        ([pool, shuffled]) => {
          expect(usableKeys(shuffled, now).map(({ id }) => id)).toEqual(usableKeys(pool, now).map(({ id }) => id));
        },
      ),
    ));

  it('keeps the keys of an owner together, so that no other partition is used in between', () =>
    fc.assert(
      fc.property(pools, (pool) => {
        const owners = usableKeys(pool, now).map(({ owner }) => owner);
        const changes = owners.filter((owner, index) => owner !== owners[index - 1]).length;
        expect(changes).toBe(new Set(owners).size);
      }),
    ));

  it('does not change the owner in use when one of its keys is put aside and another is usable', () =>
    fc.assert(
      fc.property(pools, (pool) => {
        const [first, second] = usableKeys(pool, now);
        fc.pre(first !== undefined && second?.owner === first.owner);
        const aside = pool.map(
          (key): ApiKey => (key === first ? { ...key, cooldown: { untilMillis: now + 1, reason: 401 } } : key),
        );
        expect(usableKeys(aside, now)[0]?.id).toBe(second?.id);
      }),
    ));
});

describe('a key', () => {
  const key: ApiKey = {
    upstream: 's',
    id: 'k',
    slot: 1,
    owner: 'o',
    state: 'active',
    rank: 0,
    addedAtMillis: 0,
    strikes: 0,
    sealed,
  };

  it.each([
    [{}, true],
    [{ state: 'retiring' }, true],
    [{ state: 'disabled' }, false],
    [{ expiresAtMillis: now }, false],
    [{ expiresAtMillis: now + 1 }, true],
    [{ cooldown: { untilMillis: now + 1, reason: 401 } }, false],
    [{ cooldown: { untilMillis: now, reason: 401 } }, true],
    [{ cooldown: { untilMillis: now + 1, reason: 429 } }, true],
  ] as const)('with %j is usable: %s', (parts, expected) => {
    expect(isUsable({ ...key, ...(parts as Partial<ApiKey>) }, now)).toBe(expected);
  });
});
