/** Bodies of answers beside their items: what only the real stores can get wrong. */
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { openBody, sealBody } from '../../shared/cache/adapters/sealed-body.ts';
import { type BodySpill, createMemorySpill } from '../../shared/cache/adapters/spill.ts';
import { freshTable } from '../support/tables.ts';
import { entryWith } from './cache-store.contract.ts';
import { dynamoStore, s3Spill, stopped } from './cache-store-support.ts';

const noise = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)));
const largeBody = (): Uint8Array => Buffer.concat(Array.from({ length: 8 }, () => noise(65_536)));

describe('an answer that no item can hold', () => {
  const key = { partition: 'E#t#e1', id: 'a' };

  it('is absent while only its bytes are written, and stays as it was', async () => {
    const spill: BodySpill = { ...createMemorySpill(), get: async () => undefined };
    const store = await dynamoStore(spill);
    await store.put(key, entryWith({ body: largeBody() }));
    expect((await store.read(key, [])).entry).toBeUndefined();
  });

  it('leaves the answer before it readable when writing its bytes fails', async () => {
    const kept = createMemorySpill();
    let broken = false;
    const store = await dynamoStore({
      ...kept,
      put: async (name, bytes) => {
        if (broken) throw new Error('cut off');
        await kept.put(name, bytes);
      },
    });
    const body = largeBody();
    await store.put(key, entryWith({ body }));
    broken = true;
    await expect(store.put(key, entryWith({ body: largeBody(), fence: 2 }))).rejects.toMatchObject({
      code: 'CACHE_UNAVAILABLE',
      facts: { cause: expect.objectContaining({ message: 'cut off' }) },
    });
    expect(Buffer.from((await store.read(key, [])).entry?.body ?? [])).toEqual(Buffer.from(body));
  });

  it('is absent when its bytes are not those that were written', async () => {
    const store = await dynamoStore({ ...createMemorySpill(), get: async () => noise(1_000) });
    await store.put(key, entryWith({ body: largeBody() }));
    expect((await store.read(key, [])).entry).toBeUndefined();
  });

  it('never writes two answers to one object, and removes the one that is replaced', async () => {
    const { client, spill } = await s3Spill();
    const store = await dynamoStore(spill);
    const objects = async () => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'cache' }));
      return Contents.map(({ Key }) => Key);
    };
    await store.put(key, entryWith({ body: largeBody() }));
    const [first] = await objects();
    const body = largeBody();
    await store.put(key, entryWith({ body, fence: 2 }));
    await expect.poll(objects).toHaveLength(1);
    expect(await objects()).not.toContain(first);
    expect(Buffer.from((await store.read(key, [])).entry?.body ?? [])).toEqual(Buffer.from(body));
    await store.put(key, entryWith({ fence: 3 }));
    await expect.poll(objects).toEqual([]);
    expect(Buffer.from((await store.read(key, [])).entry?.body ?? []).toString()).toBe('{"data":1}');
  });
});

/** A spill that lets the tests see what lies in it. */
const seenSpill = () => {
  const objects = new Map<string, Uint8Array>();
  const fetched: string[] = [];
  const spill: BodySpill = {
    put: async (name, bytes) => void objects.set(name, bytes),
    get: async (name) => {
      fetched.push(name);
      return objects.get(name);
    },
    remove: async (name) => void objects.delete(name),
  };
  return { spill, objects, fetched };
};

describe('the object of an answer', () => {
  const key = { partition: 'E#t#e1', id: 'a' };
  const tags = ['all', 'entity:e1'];
  const epochs = { all: { hard: 0, soft: 0 }, 'entity:e1': { hard: 0, soft: 0 } };
  const text = Buffer.from('a body that says something '.repeat(40));
  /** Cannot be compressed, and holds words that a reader of the bucket could find. */
  const telling = (): Uint8Array => Buffer.concat([largeBody(), text]);

  const start = async () => {
    let now = 6_000;
    const clock = { nowMillis: () => now };
    const { dynamo, tableName } = await freshTable();
    const seen = seenSpill();
    const create = () => createDynamoCacheStore(dynamo, { tableName, tenant: 't', spill: seen.spill, clock });
    const item = async () => (await dynamo.send(new ScanCommand({ TableName: tableName }))).Items?.find(isAnswer) ?? {};
    return { ...seen, store: create(), other: create(), item, setNow: (millis: number) => (now = millis) };
  };
  const isAnswer = ({ sk }: Record<string, unknown>): boolean => String(sk).startsWith('ANSWER#');

  it('cannot be read without the item of the answer', async () => {
    const { store, objects, item } = await start();
    await store.put(key, entryWith({ body: telling() }));
    const [sealed = new Uint8Array()] = objects.values();
    expect(Buffer.from(sealed).includes('says something')).toBe(false);
    const { objectKey, head, ...rest } = await item();
    expect(openBody({ sealed, key: objectKey as Uint8Array })?.byteLength).toBeGreaterThan(500_000);
    for (const other of [new Uint8Array(32), sealBody(text).key])
      expect(openBody({ sealed, key: other })).toBeUndefined();
    expect([typeof head, 'body' in rest]).toEqual(['string', false]);
  });

  it('is under another key and name each time, also for the same body', async () => {
    const { store, objects, item } = await start();
    const body = telling();
    await store.put(key, entryWith({ body }));
    const [before, ...names] = [await item(), ...objects.keys()];
    await store.put(key, entryWith({ body, fence: 2 }));
    expect((await item()).objectKey).not.toEqual(before.objectKey);
    expect([...objects.keys()]).not.toEqual(names);
  });

  it.each([
    ['a purge of its entity', 'entity:e1'],
    ['a purge of everything', 'all'],
  ])('is not fetched any more after %s, and is removed when that is seen', async (_what, tag) => {
    const { store, other, objects, fetched } = await start();
    await store.put(key, entryWith({ body: telling(), epochs }));
    await store.purge([tag], 'soft');
    expect((await other.read(key, tags)).entry).toBeDefined(); // to be validated
    await store.purge([tag], 'hard');
    fetched.length = 0;
    expect((await other.read(key, tags)).entry).toBeUndefined();
    expect([fetched, objects.size]).toEqual([[], 0]);
  });

  it('is not fetched any more once its answer is over, and is removed when that is seen', async () => {
    const { store, objects, fetched, setNow } = await start();
    await store.put(key, entryWith({ body: telling(), deleteAtMillis: 60_000 }));
    setNow(60_000);
    expect((await store.read(key, tags)).entry).toBeUndefined();
    expect([fetched, objects.size]).toEqual([[], 0]);
  });

  it('outlives no answer, and no answer outlives it: a day at most, whatever was stated', async () => {
    const { store, item, setNow } = await start();
    await store.put(key, entryWith({ body: telling() })); // asked for at 1 s, kept until 2100
    expect((await item()).deleteAtSeconds).toBe(86_401);
    setNow(86_400_999);
    expect((await store.read(key, tags)).entry).toBeDefined();
    setNow(86_401_000);
    expect((await store.read(key, tags)).entry).toBeUndefined();
  });

  it('is removed when a later flight has stored its answer first', async () => {
    const { store, objects } = await start();
    await store.put(key, entryWith({ body: telling(), fence: 3 }));
    const kept = [...objects.keys()];
    expect(await store.put(key, entryWith({ body: telling(), fence: 2 }))).toBe(false);
    expect([...objects.keys()]).toEqual(kept);
    expect((await store.read(key, tags)).entry?.fence).toBe(3);
  });

  it('of an answer that was stored without a key counts as absent', async () => {
    const { dynamo, tableName } = await freshTable();
    const spill = createMemorySpill();
    const store = createDynamoCacheStore(dynamo, { tableName, tenant: 't', spill, clock: stopped });
    await spill.put('old/object', largeBody());
    const { body: _body, ...head } = entryWith();
    const old = { pk: key.partition, sk: `ANSWER#${key.id}`, head: JSON.stringify(head), coding: 'identity' };
    const Item = { ...old, sha256: 'x', object: 'old/object', fence: 1, deleteAtSeconds: 4_102_444_800 };
    await dynamo.send(new PutCommand({ TableName: tableName, Item }));
    expect((await store.read(key, tags)).entry).toBeUndefined();
  });
});
