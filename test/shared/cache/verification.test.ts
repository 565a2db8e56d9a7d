/** Which answers the change sweep verifies, and for how long at most. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultPolicy, termsOf } from '../../../shared/cache/policy.ts';
import { createSweeper } from '../../../shared/cache/sweep/sweep.ts';
import { signalsCacheRules } from '../../../shared/signals/cache/rules.ts';
import { createCountingUpstream, createTestCache, exchangeOf, jsonAnswer, sweptUntil, upstream } from './support.ts';

const member = (type: string, id: string) => ({ type, id });
const document = (parts: { ancestors?: string[]; included?: unknown[] } = {}) => ({
  data: {
    type: 'entity',
    id: 'experiment:e1',
    attributes: { state: 'open' },
    relationships: { ancestors: { data: (parts.ancestors ?? ['journal:j1']).map((id) => member('entity', id)) } },
  },
  ...(parts.included ? { included: parts.included } : {}),
});

/** Whether an answer is still served two minutes later, when the sweep has just found no change. */
const isVouchedFor = async (path: string, given: unknown, headers: readonly (readonly [string, string])[] = []) => {
  const { cache, clock, store } = createTestCache();
  const { forward, calls } = createCountingUpstream(() =>
    headers.length > 0
      ? {
          status: 200,
          headers: [['content-type', 'application/json'], ...headers],
          body: gzipSync(JSON.stringify(given)),
        }
      : jsonAnswer(given),
  );
  await cache.answer(exchangeOf({ path }), forward);
  clock.advance(120_000);
  await store.markSwept(sweptUntil(clock.nowMillis(), ['experiment', 'sample']));
  await cache.answer(exchangeOf({ path }), forward);
  return calls() === 1;
};
const entity = '/entities/experiment:e1';

describe('the sweep vouches for', () => {
  it.each([
    ['a record', entity, document()],
    [
      'a record and its people',
      entity,
      document({ included: [member('user', '101'), member('entity', 'experiment:e1')] }),
    ],
    ['a record below nothing', entity, document({ ancestors: [] })],
    ['a record as a partner sees it', '/cro/entities/experiment:e1', document()],
    ['its header fields', `${entity}/properties`, { data: [{ type: 'property', id: '1' }] }],
  ])('%s', async (_title, path, given) => {
    expect(await isVouchedFor(path, given)).toBe(true);
  });

  it('a compressed record', async () => {
    expect(await isVouchedFor(entity, document(), [['content-encoding', 'gzip']])).toBe(true);
  });
});

describe('the sweep does not vouch for', () => {
  it.each([
    ['included children', entity, document({ included: [member('entity', 'text:t1')] })],
    ['an included template', entity, document({ included: [member('user', '1'), member('entity', 'experiment:t9')] })],
    ['ancestors that can be moved by themselves', entity, document({ ancestors: ['experiment:e0', 'journal:j1'] })],
    ['an ancestor that stands below others itself', entity, document({ ancestors: ['request:r1'] })],
    ['a record of a type that is not swept', '/entities/experiment:i1', { data: { id: 'idea:i1', attributes: {} } }],
    ['a record without an id', entity, { data: { attributes: {} } }],
    ['what is no document of one record', entity, { errors: [] }],
    ['stoichiometry', '/stoichiometry/experiment:e1', document()],
    ['rows of a table', '/adt/experiment:e1', document()],
    ['a worksheet', '/worksheet/experiment:e1', document()],
    ['a materials table', '/materialsTable/experiment:e1', document()],
    ['fields of a sample', '/samples/sample:s1/properties', document()],
    ['comments', `${entity}/comments/1`, document()],
    ['an export', `${entity}/export`, document()],
  ])('%s', async (_title, path, given) => {
    expect(await isVouchedFor(path, given)).toBe(false);
  });

  it('a record in a coding that it cannot read', async () => {
    expect(await isVouchedFor(entity, document(), [['content-encoding', 'br']])).toBe(false);
  });
});

describe('the sweep, which sees what its principal may see,', () => {
  it.each([
    ['the same principal', 'service:signals', 1],
    ['a person', 'user:signals:ann', 2],
    ['a caller with a token of its own', 'bearer:abc', 2],
    ['a key of another owner', 'service:signals:other', 2],
  ])('vouches, or not, for answers to %s', async (_title, principal, expected) => {
    const { cache, clock, store } = createTestCache();
    const { forward, calls } = createCountingUpstream(() => jsonAnswer(document()));
    await cache.answer(exchangeOf({ principal }), forward);
    clock.advance(120_000);
    await store.markSwept(sweptUntil(clock.nowMillis()));
    await cache.answer(exchangeOf({ principal }), forward);
    expect(calls()).toBe(expected);
  });

  it('vouches for nobody when it is not known as whom it asked', async () => {
    const { cache, clock, store } = createTestCache();
    const { forward, calls } = createCountingUpstream(() => jsonAnswer(document()));
    await cache.answer(exchangeOf(), forward);
    clock.advance(120_000);
    await store.markSwept({ ...sweptUntil(clock.nowMillis()), principal: undefined });
    await cache.answer(exchangeOf(), forward);
    expect(calls()).toBe(2);
  });
});

describe('a change of the notebook above', () => {
  const verdictAfter = async (changed: string, parts: Parameters<typeof document>[0] = {}) => {
    const { cache, clock, store } = createTestCache();
    const { forward, calls } = createCountingUpstream(() => jsonAnswer(document(parts)));
    let listed: string[] = [];
    const lastPage = { nextOffset: undefined, principal: 'service:signals', tenantMillis: undefined };
    const sweeper = createSweeper(
      store,
      { list: async () => ({ ...lastPage, eids: listed }) },
      clock,
      signalsCacheRules,
    );
    await sweeper.run();
    clock.advance(10_000);
    await cache.answer(exchangeOf(), forward);
    clock.advance(60_000);
    listed = [changed]; // trashed, say: the experiment cannot be edited any more
    await sweeper.run();
    clock.advance(28_000);
    listed = [];
    await sweeper.run();
    await cache.answer(exchangeOf(), forward);
    const callsAfter = calls();
    clock.advance(60_000);
    await sweeper.run();
    await cache.answer(exchangeOf(), forward);
    return [callsAfter, calls()];
  };

  it('ends what the sweep says of the records below, and not of those that are asked for later', async () => {
    expect(await verdictAfter('journal:j1')).toEqual([2, 2]);
  });

  it('spares records below other notebooks and below none', async () => {
    expect(await verdictAfter('journal:j2')).toEqual([1, 1]);
    expect(await verdictAfter('journal:j1', { ancestors: [] })).toEqual([1, 1]);
  });
});

describe('rights and erasure, which no sweep sees', () => {
  it('show after a quarter of an hour at the latest, and an hour for a closed record', () => {
    expect(defaultPolicy).toMatchObject({ mostMillis: 900_000, mostImmutableMillis: 3_600_000 });
  });

  it.each([
    ['a caller that takes any age', { headers: [['cache-control', 'max-stale']] as const }],
    ['a caller that asks for nothing special', {}],
  ])('are not hidden longer from %s', async (_title, parts) => {
    const { cache, clock, store } = createTestCache();
    const { forward, calls } = createCountingUpstream(() => jsonAnswer(document(), 200, [['etag', '"1"']]));
    await cache.answer(exchangeOf(), forward);
    clock.advance(900_000);
    await store.markSwept(sweptUntil(clock.nowMillis()));
    await cache.answer(exchangeOf(parts), forward);
    expect(calls()).toBe(2);
  });

  it('leaves every class that the sweep does not see at the short bound', () => {
    const long = upstream.catalogue.operations.filter((operation) => {
      const parameters = { [operation.entity ?? '']: 'experiment:e1' };
      const type = signalsCacheRules.changes.typeOf({ operation, parameters }, 200);
      return (termsOf(defaultPolicy, operation, { type, principal: 'p' }, 200)?.mostMillis ?? 0) > 55_000;
    });
    expect(long.map(({ path }) => path)).toEqual([
      '/entities/{eid}',
      '/entities/{eid}/properties',
      '/cro/entities/{eid}',
      '/cro/entities/{eid}/properties',
    ]);
  });
});
