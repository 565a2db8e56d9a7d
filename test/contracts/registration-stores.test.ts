/** Every store of registrations against the contracts of its ports. */
import { describe, expect, it } from 'vitest';
import { driftIndex } from '../../shared/config/names.ts';
import { createDynamoCheckStore, createDynamoRegistrationStore } from '../../shared/registration/adapters/dynamodb.ts';
import { createMemoryCheckStore, createMemoryRegistrationStore } from '../../shared/registration/adapters/memory.ts';
import {
  type CheckStore,
  placeOfSuspicion,
  type Registration,
  type RegistrationStore,
  type Suspicion,
} from '../../shared/registration/registration.ts';
import { freshTable } from '../support/tables.ts';

type Stores = { readonly store: RegistrationStore; readonly checks: CheckStore };

const onDynamo = async (): Promise<Stores> => {
  const { dynamo, tableName } = await freshTable([driftIndex]);
  return {
    store: createDynamoRegistrationStore(dynamo, tableName),
    checks: createDynamoCheckStore(dynamo, tableName),
  };
};
const inMemory = async (): Promise<Stores> => ({
  store: createMemoryRegistrationStore(),
  checks: createMemoryCheckStore(),
});

const idOf = (number: number): string => `sample:00000000-0000-4000-a000-${String(number).padStart(12, '0')}`;

const recordOf = (number: number, facts: Partial<Registration> = {}): Registration => ({
  ...{ sampleId: idOf(number), version: 1, self: 'b', external: 'a', seenAtMillis: 5 },
  ...facts,
});
const suspicionOf = (number: number, facts: Partial<Suspicion> = {}): Suspicion => ({
  ...{ sampleId: idOf(number), reason: 'change', notedAtMillis: 1, dueAtMillis: 1, tries: 0 },
  ...facts,
});
const driftedOf = (number: number, sinceMillis: number): Registration =>
  recordOf(number, { drift: { sinceMillis, isTold: false } });

describe.each([
  ['memory', inMemory],
  ['DynamoDB on dynalite', onDynamo],
])('registrations: %s', (_name, create) => {
  it('gives back what was written, with all its members', async () => {
    const { store } = await create();
    const mark = { digest: 'a', atMillis: 4, consumerId: 'app', incarnation: 'i', externalId: 'ü', note: 'n\n' };
    const written = recordOf(1, {
      mark,
      drift: { sinceMillis: 5, isTold: true },
      absentSinceMillis: 9,
      missedAtMillis: 10,
    });
    expect(await store.write(written, 0)).toBe(true);
    expect(await store.read(idOf(1))).toEqual(written);
    expect(await store.read(idOf(2))).toBeUndefined();
  });

  it('writes and removes in place of the named version only', async () => {
    const { store } = await create();
    expect(await store.write(recordOf(1, { version: 7 }), 3)).toBe(false);
    expect(await store.write(recordOf(1, { version: 7 }), 0)).toBe(true);
    expect(await store.write(recordOf(1, { version: 8, self: 'c' }), 0)).toBe(false);
    expect(await store.remove(idOf(1), 6)).toBe(false);
    expect(await store.read(idOf(1))).toEqual(recordOf(1, { version: 7 }));
    expect(await store.write(recordOf(1, { version: 8 }), 7)).toBe(true);
    expect(await store.remove(idOf(1), 8)).toBe(true);
    expect(await store.read(idOf(1))).toBeUndefined();
  });

  it('lets one of several writers of a version win', async () => {
    const { store } = await create();
    const tries = Array.from({ length: 10 }, (_, self) => store.write(recordOf(1, { self: String(self) }), 0));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });

  it('knows those that exist among more ids than one batch takes', async () => {
    const { store } = await create();
    for (const number of [3, 120]) await store.write(recordOf(number), 0);
    const asked = Array.from({ length: 250 }, (_, number) => idOf(number % 125));
    const known = await store.known(asked);
    expect(known.map(({ sampleId }) => sampleId).toSorted()).toEqual([idOf(3), idOf(120)]);
    expect(await store.known([])).toEqual([]);
  });

  it('walks over all in the order of their ids', async () => {
    const { store, checks } = await create();
    for (const number of [4, 1, 3, 2]) await store.write(recordOf(number), 0);
    await checks.suspect(suspicionOf(9));
    const walked = async (after: string) => (await store.walk(after, 3)).map(({ sampleId }) => sampleId);
    expect(await walked('')).toEqual([idOf(1), idOf(2), idOf(3)]);
    expect(await walked(idOf(3))).toEqual([idOf(4)]);
    expect(await walked(idOf(4))).toEqual([]);
  });

  it('lists drifted ones page after page, the longest drift first, and no others', async () => {
    const { store } = await create();
    const drifted = [driftedOf(5, 100), driftedOf(2, 900), driftedOf(1, 1_700_000_000_000)];
    for (const record of [...drifted.toReversed(), recordOf(7)]) await store.write(record, 0);
    await store.write(driftedOf(8, 50), 0);
    await store.write(recordOf(8, { version: 2 }), 1);
    const found: Registration[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.drifted(1, cursor);
      found.push(...page.registrations);
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(drifted);
  });

  it('keeps the latest suspicion of each sample and reason, until it is cleared', async () => {
    const { checks } = await create();
    const first = suspicionOf(1);
    const again = suspicionOf(1, { notedAtMillis: 2, tries: 1 });
    const other = suspicionOf(2);
    for (const suspicion of [first, other, again]) await checks.suspect(suspicion);
    expect(await checks.suspicions(1)).toEqual([again]);
    expect(await checks.suspicions(9)).toEqual([again, other]);
    await checks.clear(first);
    expect(await checks.suspicions(9)).toEqual([again, other]);
    await checks.clear(again);
    await checks.clear(again);
    expect(await checks.suspicions(9)).toEqual([other]);
    const ofMark = suspicionOf(2, { reason: 'mark', dueAtMillis: 9 });
    await checks.suspect(ofMark);
    expect(await checks.suspicions(9)).toEqual([other, ofMark]);
    await checks.clear(other);
    expect(await checks.suspicions(9)).toEqual([ofMark]);
  });

  it('lists suspicions behind a place', async () => {
    const { checks } = await create();
    const all = [1, 2, 3].map((number) => suspicionOf(number));
    for (const suspicion of all.toReversed()) await checks.suspect(suspicion);
    expect(await checks.suspicions(9, placeOfSuspicion(suspicionOf(1)))).toEqual(all.slice(1));
    expect(await checks.suspicions(1, '')).toEqual(all.slice(0, 1));
  });

  it('postpones a suspicion, but none that was noted anew or cleared', async () => {
    const { checks } = await create();
    const later = suspicionOf(1, { dueAtMillis: 60, tries: 1 });
    await checks.postpone(later);
    expect(await checks.suspicions(9)).toEqual([]);
    await checks.suspect(suspicionOf(1));
    await checks.postpone(later);
    expect(await checks.suspicions(9)).toEqual([later]);
    const anew = suspicionOf(1, { notedAtMillis: 2 });
    await checks.suspect(anew);
    await checks.postpone(later);
    expect(await checks.suspicions(9)).toEqual([anew]);
  });

  it('remembers the position of each walk', async () => {
    const { checks } = await create();
    for (const position of [idOf(3), '']) {
      await checks.writePosition('records', position);
      await checks.writePosition('suspicions', 'elsewhere');
      expect(await checks.readPosition('records')).toBe(position);
    }
    const { checks: unused } = await create();
    expect(await unused.readPosition('records')).toBe('');
  });
});
