/** For which answers the change sweep vouches, and for how long at most. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultPolicy, termsOf } from '../../../shared/cache/policy.ts';
import { createCountingUpstream, createTestCache, exchangeOf, jsonAnswer, upstream } from './support.ts';

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
  await store.markSwept({ sweptUntilMillis: clock.nowMillis(), types: ['experiment', 'sample'], resumeAtMillis: 0 });
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
    await store.markSwept({ sweptUntilMillis: clock.nowMillis(), types: ['experiment'], resumeAtMillis: 0 });
    await cache.answer(exchangeOf(parts), forward);
    expect(calls()).toBe(2);
  });

  it('leaves every class that the sweep does not see at the short bound', () => {
    const long = upstream.catalogue.operations.filter(
      (operation) => (termsOf(defaultPolicy, operation, 'experiment:e1', 200)?.mostMillis ?? 0) > 55_000,
    );
    expect(long.map(({ path }) => path)).toEqual([
      '/entities/{eid}',
      '/entities/{eid}/properties',
      '/cro/entities/{eid}',
      '/cro/entities/{eid}/properties',
    ]);
  });
});
