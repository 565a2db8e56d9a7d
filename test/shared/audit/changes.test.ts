import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, changesOfRecords, toAsked } from '../../../shared/audit/changes.ts';
import { recordChanges } from '../../../shared/consumers/changes.ts';
import { createKey, hashKey } from '../../../shared/consumers/consumer.ts';
import type { ConsumerRecord } from '../../../shared/consumers/store.ts';
import type { ApiKey } from '../../../shared/credentials/key.ts';
import { poolChanges } from '../../../shared/credentials/key-changes.ts';
import { Consumer } from '../../../shared/exchange/consumer.ts';
import { tokenChanges } from '../../../shared/tokens/token-changes.ts';
import { tokenOf } from '../tokens/builders.ts';

describe('changesBetween', () => {
  it('gives old and new of every field that differs, and no other', () => {
    const before = { scopes: ['*:read'], state: 'active', contact: 'lab@example.com' };
    const after = { scopes: ['*:read', 'entities:write'], state: 'active', quota: { weight: 2 } };
    expect(changesBetween(before, after)).toEqual([
      { field: 'contact', old: 'lab@example.com' },
      { field: 'quota', new: { weight: 2 } },
      { field: 'scopes', old: ['*:read'], new: ['*:read', 'entities:write'] },
    ]);
  });

  it('gives all of what was made, and all of what was removed', () => {
    expect(changesBetween(undefined, { id: 1 }, 'x')).toEqual([{ of: 'x', field: 'id', new: 1 }]);
    expect(changesBetween({ id: 1 }, undefined)).toEqual([{ field: 'id', old: 1 }]);
    expect(changesBetween(undefined, undefined)).toEqual([]);
  });

  const facts = fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 });

  it('is empty for what is equal, and says the opposite for the way back', () =>
    fc.assert(
      fc.property(facts, facts, (before, after) => {
        expect(changesBetween(before, structuredClone(before))).toEqual([]);
        const swapped = changesBetween(after, before).map(({ old, new: now, ...rest }) => ({
          ...rest,
          ...(now === undefined ? {} : { old: now }),
          ...(old === undefined ? {} : { new: old }),
        }));
        expect(changesBetween(before, after)).toEqual(swapped);
      }),
    ));

  it('cuts values that are too long for an entry, and leaves out what is no value', () => {
    const [change] = changesBetween({ contact: 'x' }, { contact: 'y'.repeat(500_000), nothing: undefined });
    expect(JSON.stringify(change).length).toBeLessThan(5_000);
    expect(toAsked({ a: undefined, b: null, c: 'y'.repeat(500_000) })).toEqual({
      b: null,
      c: expect.stringMatching(/^"y{100,3999}…$/),
    });
  });

  it('names each record', () => {
    expect(changesOfRecords({ a: { rank: 1 }, b: { rank: 1 } }, { a: { rank: 2 }, c: { rank: 3 } })).toEqual([
      { of: 'a', field: 'rank', old: 1, new: 2 },
      { of: 'b', field: 'rank', old: 1 },
      { of: 'c', field: 'rank', new: 3 },
    ]);
  });
});

describe('what an act changed', () => {
  const key = createKey();
  const record = (parts: Partial<ConsumerRecord> = {}): ConsumerRecord => ({
    consumer: { id: 'lab', scopes: ['*:read'], state: 'active', incarnation: 'c_secret-incarnation' },
    keys: [{ id: 'key-1', hash: hashKey(key), createdAtMillis: 0 }],
    version: 1,
    createdAtMillis: 0,
    changedAtMillis: 0,
    ...parts,
  });

  it('on a consumer is told with the defaults, its keys by their ids', () => {
    const after = record({
      consumer: { ...record().consumer, actsAs: ['user', 'service'], withoutLink: 'service' },
      keys: [],
    });
    expect(recordChanges(record(), after)).toEqual([
      { field: 'actsAs', old: ['service'], new: ['user', 'service'] },
      { field: 'withoutLink', old: 'refuse', new: 'service' },
      { of: 'key-1', field: 'createdAt', old: '1970-01-01T00:00:00.000Z' },
    ]);
  });

  it('holds every attribute that a consumer has, those of tomorrow too, and neither hash nor incarnation', () => {
    const told = recordChanges(undefined, {
      ...record(),
      consumer: Consumer.parse({
        ...record().consumer,
        contact: 'lab@example.com',
        displayName: 'Lab dashboard',
        returnUrls: ['https://lab.example.com/linked'],
        quota: { priority: 'background', weight: 1, caps: [] },
        actsAs: ['user', 'service'],
        withoutLink: 'service',
        userAttributed: ['entities:write'],
        oidc: { issuer: 'https://login.example.com', clientId: 'c1' },
      }),
    });
    const fields = told.filter(({ of }) => of === undefined).map(({ field }) => field);
    const attributes = Object.keys(Consumer.shape).filter((name) => name !== 'id' && name !== 'incarnation');
    expect(fields).toEqual(attributes.sort());
    expect(JSON.stringify(told)).not.toMatch(new RegExp(`${hashKey(key)}|${key}|secret-incarnation`));
  });

  it('on a key of the tenant says what happened to the others of its owner, and nothing of its value', () => {
    const apiKey = (id: string, parts: Partial<ApiKey> = {}): ApiKey => ({
      ...{ upstream: 'signals', id, slot: 1, owner: 'svc', state: 'active', rank: 1, addedAtMillis: 0, strikes: 0 },
      sealed: {
        wrappedKey: Buffer.from('wrapped'),
        nonce: Buffer.from('nonce'),
        ciphertext: Buffer.from('the-secret'),
      },
      ...parts,
    });
    const other = apiKey('z', { owner: 'other' });
    const told = poolChanges(
      [apiKey('a'), other],
      [apiKey('a', { state: 'retiring', lastUsedAtMillis: 5 }), apiKey('b', { rank: 2 }), { ...other, rank: 9 }],
      'svc',
    );
    expect(told[0]).toEqual({ of: 'a', field: 'state', old: 'active', new: 'retiring' });
    expect(told.slice(1).map(({ of, field }) => [of, field])).toEqual(
      ['addedAt', 'owner', 'rank', 'state', 'strikes', 'upstream'].map((field) => ['b', field]),
    );
    expect(JSON.stringify(told)).not.toMatch(/the-secret|wrapped|nonce|sealed/);
  });

  it('on a token says whose it was and is', () => {
    const now = tokenOf({ version: 'v2', person: { id: '101', email: 'anna@example.com' } });
    const told = tokenChanges(tokenOf({ state: 'dead' }), now);
    expect(told).toEqual([
      { field: 'state', old: 'dead', new: 'living' },
      { field: 'tokenId', old: 'v1', new: 'v2' },
    ]);
    expect(JSON.stringify(tokenChanges(undefined, now))).not.toContain('@');
  });
});
