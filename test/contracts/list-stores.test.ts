/** The stores of lists and sources against the promises of their ports: in memory and on DynamoDB. */
import { randomBytes } from 'node:crypto';
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoCopies } from '../../shared/lists/adapters/dynamodb-copies.ts';
import { createDynamoDefinitions } from '../../shared/lists/adapters/dynamodb-definitions.ts';
import { createMemoryCopies, createMemoryDefinitions } from '../../shared/lists/adapters/memory.ts';
import type { CopyStore, Definition, DefinitionStore } from '../../shared/lists/definition.ts';
import { freshTable } from '../support/tables.ts';
import { isFull, sized } from '../support/test-size.ts';

const clock = { nowMillis: () => Date.parse('2026-06-01T08:00:00Z') };
const bytes = (first: number) => Uint8Array.of(first, 0, 255);
const common = (name: string) => ({
  ...{ name, version: 1, key: 'code', freshSeconds: 60, staleSeconds: 600, createdAtMillis: 5, changedAtMillis: 5 },
  caller: { name: 'x-secret', values: [{ salt: bytes(1), hash: bytes(2), sinceMillis: 5 }] },
  fields: [{ name: 'code', type: 'text' as const, isRequired: true }],
});
const sealed = { wrappedKey: bytes(3), nonce: bytes(4), ciphertext: bytes(5) };
const list = (name: string): Definition => ({
  ...common(name),
  kind: 'list',
  origin: { kind: 'url', url: 'https://sor.example.com/' },
  header: { name: 'x-key', origin: 'https://sor.example.com', sealed, setAtMillis: 5 },
});
const source = (name: string): Definition => ({
  ...common(name),
  kind: 'source',
  urls: { read: 'https://sor.example.com/{id}' },
});

const definitionStores: readonly (readonly [string, () => Promise<DefinitionStore>])[] = [
  ['memory', async () => createMemoryDefinitions()],
  [
    'DynamoDB',
    async () => {
      const { dynamo, tableName } = await freshTable();
      return createDynamoDefinitions(dynamo, tableName);
    },
  ],
];

describe.each(definitionStores)('DefinitionStore contract: %s', (_name, create) => {
  it('gives back what was written last, byte for byte', async () => {
    const store = await create();
    expect(await store.read('list', 'projects')).toBeUndefined();
    expect(await store.write(list('projects'), 0)).toBe(true);
    expect(await store.read('list', 'projects')).toEqual(list('projects'));
    const second = { ...list('projects'), version: 2, freshSeconds: 0, header: undefined };
    expect(await store.write(second, 1)).toBe(true);
    expect(await store.read('list', 'projects')).toEqual({ ...second, header: undefined });
  });

  it('keeps lists and sources of one name apart, and lists a kind in the order of names', async () => {
    const store = await create();
    for (const name of ['b', 'a', 'a-1']) await store.write(list(name), 0);
    await store.write(source('a'), 0);
    expect((await store.list('list')).map(({ name }) => name)).toEqual(['a', 'a-1', 'b']);
    expect(await store.list('source')).toEqual([source('a')]);
  });

  it('writes and removes only in place of the version that was read', async () => {
    const store = await create();
    await store.write(list('a'), 0);
    expect(await store.write(list('a'), 0)).toBe(false);
    expect(await store.write({ ...list('a'), version: 3 }, 2)).toBe(false);
    expect(await store.remove({ kind: 'list', name: 'a', version: 2 })).toBe(false);
    expect(await store.read('list', 'a')).toEqual(list('a'));
    expect(await store.remove({ kind: 'list', name: 'a', version: 1 })).toBe(true);
    expect(await store.read('list', 'a')).toBeUndefined();
    expect(await store.remove({ kind: 'list', name: 'a', version: 1 })).toBe(false);
  });

  it('keeps the last note of the removal of each list, apart from the lists', async () => {
    const store = await create();
    const note = { name: 'a', createdAtMillis: 5, notedAtMillis: 6 };
    const [again, other] = [
      { ...note, notedAtMillis: 7 },
      { ...note, createdAtMillis: 8 },
    ];
    for (const removal of [note, again, other]) await store.noteRemoval(removal);
    expect(await store.removals()).toEqual([again, other]);
    expect(await store.list('list')).toEqual([]);
    await store.forgetRemoval(again);
    expect(await store.removals()).toEqual([other]);
  });

  it('lets one of several concurrent writers win', async () => {
    const store = await create();
    const won = await Promise.all([1, 2, 3, 4].map((at) => store.write({ ...list('a'), changedAtMillis: at }, 0)));
    expect(won.filter(Boolean)).toHaveLength(1);
  });
});

const copyStores: readonly (readonly [string, () => Promise<CopyStore>])[] = [
  ['memory', async () => createMemoryCopies()],
  [
    'DynamoDB',
    async () => {
      const { dynamo, tableName } = await freshTable();
      return createDynamoCopies(dynamo, tableName, clock);
    },
  ],
];

/** Text that gzip makes no shorter than three quarters of it. */
const random = (characters: number): string => randomBytes(characters).toString('base64').slice(0, characters);

describe.each(copyStores)('CopyStore contract: %s', (_name, create) => {
  it('gives back what was written last', async () => {
    const copies = await create();
    expect(await copies.read('a')).toBeUndefined();
    await copies.write('a', { text: '{"data":["é\u2028"]}', storedAtMillis: 1 }, 60);
    await copies.write('a', { text: '{}', storedAtMillis: 2 }, undefined);
    await copies.write('b', { text: '[]', storedAtMillis: 3 }, 60);
    expect(await copies.read('a')).toEqual({ text: '{}', storedAtMillis: 2 });
    await copies.remove('a');
    expect([await copies.read('a'), await copies.read('b')]).toEqual([undefined, { text: '[]', storedAtMillis: 3 }]);
    await copies.remove('a');
  });

  it('takes copies larger than an item, replaces them, and removes them', async () => {
    const copies = await create();
    const [first, second] = [random(sized(6_000_000, 600_000)), random(500_001)];
    await copies.write('a', { text: first, storedAtMillis: 1 }, undefined);
    expect((await copies.read('a'))?.text === first).toBe(true);
    await copies.write('a', { text: second, storedAtMillis: 2 }, undefined);
    expect((await copies.read('a'))?.text === second).toBe(true);
    await copies.write('a', { text: 'small', storedAtMillis: 3 }, undefined);
    expect(await copies.read('a')).toEqual({ text: 'small', storedAtMillis: 3 });
    await copies.remove('a');
    expect(await copies.read('a')).toBeUndefined();
  });

  it('gives a reader one of the copies whole while others replace it', async () => {
    const copies = await create();
    const texts = ['a', 'b', 'c'].map((letter) => `${letter}${random(500_000)}`);
    await copies.write('a', { text: texts[0] ?? '', storedAtMillis: 1 }, undefined);
    const writing = texts.map((text, index) => copies.write('a', { text, storedAtMillis: index }, undefined));
    const read = await Promise.all(Array.from({ length: 6 }, () => copies.read('a')));
    await Promise.all(writing);
    expect(read.every((copy) => texts.includes(copy?.text ?? ''))).toBe(true);
  });
});

describe('the copies on DynamoDB', () => {
  /** Every item that has no end. */
  const lasting = async (dynamo: DynamoDBDocumentClient, tableName: string): Promise<unknown[]> => {
    const found: unknown[] = [];
    for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName: tableName }))
      found.push(...Items.flatMap(({ pk, deleteAtSeconds }) => (deleteAtSeconds === undefined ? [pk] : [])));
    return found;
  };
  /** A client whose process is killed before its request of this number, counted from 0. */
  const mortal = (dynamo: DynamoDBDocumentClient, most: number): DynamoDBDocumentClient => {
    let sent = 0;
    const send = (command: never): Promise<unknown> => {
      sent += 1;
      return sent > most ? Promise.reject(new Error('killed')) : dynamo.send(command);
    };
    return { send } as unknown as DynamoDBDocumentClient;
  };

  it('leave no part without an end after a write that was killed at any step, once the list is written or removed', async () => {
    // At the small size: killed between two parts, and before the end of the parts that were replaced.
    for (const life of isFull ? [0, 1, 2, 3, 4, 5, 6, 7, 8] : [2, 4]) {
      const { dynamo, tableName } = await freshTable();
      let millis = clock.nowMillis();
      const later = { nowMillis: () => millis };
      const first = { text: random(500_000), storedAtMillis: 1 };
      const copies = createDynamoCopies(dynamo, tableName, later);
      await copies.write('a', first, undefined);
      const second = { text: random(600_000), storedAtMillis: 2 };
      await createDynamoCopies(mortal(dynamo, life), tableName, later)
        .write('a', second, undefined)
        .catch(() => {});
      expect([first, second]).toContainEqual(await copies.read('a'));
      millis += 7_200_000;
      await copies.write('a', first, undefined);
      expect([life, await copies.read('a')]).toEqual([life, first]);
      const held = await lasting(dynamo, tableName);
      expect(new Set(held.filter((pk) => String(pk).startsWith('PARTS#'))).size).toBe(1);
      await copies.remove('a');
      expect([life, await lasting(dynamo, tableName)]).toEqual([life, []]);
    }
  });
});

describe('the stores on DynamoDB', () => {
  it('name a table that fails', async () => {
    const { dynamo } = await freshTable();
    const unavailable = { code: 'LISTS_UNAVAILABLE' };
    const definitions = createDynamoDefinitions(dynamo, 'no-such-table');
    const copies = createDynamoCopies(dynamo, 'no-such-table', clock);
    await expect(definitions.read('list', 'a')).rejects.toMatchObject(unavailable);
    await expect(definitions.list('list')).rejects.toMatchObject(unavailable);
    await expect(definitions.write(list('a'), 0)).rejects.toMatchObject(unavailable);
    await expect(copies.read('a')).rejects.toMatchObject(unavailable);
    await expect(copies.write('a', { text: '', storedAtMillis: 1 }, 1)).rejects.toMatchObject(unavailable);
  });
});
