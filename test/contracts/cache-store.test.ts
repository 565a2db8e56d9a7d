/** Every place that answers can be kept in, against the contract of the ports; and what only the real ones can get wrong. */
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { startS3 } from '../../local/emulators/s3/server.ts';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createMemoryCacheStore } from '../../shared/cache/adapters/memory.ts';
import { createS3Spill } from '../../shared/cache/adapters/s3.ts';
import { openBody, sealBody } from '../../shared/cache/adapters/sealed-body.ts';
import { type BodySpill, createMemorySpill } from '../../shared/cache/adapters/spill.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { closedAfterTest, s3Client } from '../support/aws.ts';
import { freshTable } from '../support/tables.ts';
import { sized } from '../support/test-size.ts';
import { cacheStoreContract, entryWith } from './cache-store.contract.ts';

const stopped: Clock = { nowMillis: () => 6_000 };

const s3Spill = async () => {
  const client = s3Client((await closedAfterTest(startS3({}))).url);
  await client.send(new CreateBucketCommand({ Bucket: 'cache' }));
  return { client, spill: createS3Spill(client, 'cache') };
};

const dynamoStore = async (spill: BodySpill, clock = stopped) => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoCacheStore(dynamo, { tableName, tenant: 't', spill, clock });
};

cacheStoreContract('memory', async (clock = stopped) => createMemoryCacheStore(clock));
cacheStoreContract('DynamoDB', (clock) => dynamoStore(createMemorySpill(), clock));
cacheStoreContract('DynamoDB and S3', async (clock) => dynamoStore((await s3Spill()).spill, clock));

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

describe('marks of writers that died', () => {
  it.each(['entity:e1', 'class-search'])('of %s leave its record with the next purge', async (tag) => {
    let now = 6_000;
    const clock = { nowMillis: () => now };
    const { dynamo, tableName } = await freshTable();
    const store = createDynamoCacheStore(dynamo, { tableName, tenant: 't', spill: createMemorySpill(), clock });
    const marks = async () => {
      const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: tableName }));
      return Items.flatMap((item) => Object.keys(item)).filter((name) => name.startsWith('writer:'));
    };
    for (const writer of ['w1', 'w2']) await store.beginWrite([tag], writer, 7_000);
    await store.beginWrite([tag], 'w3', 9_000);
    now = 7_000;
    const { epochs } = await store.read(undefined, [tag]);
    await store.purge([tag], 'hard');
    expect(await marks()).toEqual(['writer:w3']);
    expect((await store.read(undefined, [tag])).epochs[tag]?.hard).toBe((epochs[tag]?.hard ?? 0) + 1);
  });
});

/** The client, as the tests want it: `before` sees each command and may answer it. */
const watched = (
  dynamo: DynamoDBDocumentClient,
  before: (command: unknown, send: () => Promise<unknown>) => Promise<unknown>,
): DynamoDBDocumentClient =>
  ({ send: (command: GetCommand) => before(command, () => dynamo.send(command)) }) as unknown as DynamoDBDocumentClient;

describe('a record of purges', () => {
  /** What DynamoDB refuses, and the embedded engine does not. */
  const mostExpressionBytes = 4_096;

  it.each([
    [
      'open writes of wide tags',
      sized(1_000, 120),
      ['class-listing', 'class-search', 'class-loose', 'below-2'],
      { pk: 'T#t', sk: 'TENANT' },
    ],
    ['open writes of one entity', sized(1_000, 120), ['entity:e1'], { pk: 'T#t#entity:e1', sk: 'TAG' }],
  ])('stays small under many %s, and is tidy after', async (_title, writes, tags, key) => {
    let now = 6_000;
    const { dynamo, tableName } = await freshTable();
    let longestBytes = 0;
    const failures: string[] = [];
    const strict = watched(dynamo, (command, send) => {
      if (command instanceof UpdateCommand) {
        const bytes = Buffer.byteLength(command.input.UpdateExpression ?? '');
        longestBytes = Math.max(longestBytes, bytes);
        if (bytes > mostExpressionBytes) return Promise.reject(new Error('ValidationException: expression too long'));
      }
      return send();
    });
    const store = createDynamoCacheStore(strict, {
      tableName,
      tenant: 't',
      spill: createMemorySpill(),
      clock: { nowMillis: () => now },
      onFailure: (what) => failures.push(what),
    });
    const item = async () => (await dynamo.send(new GetCommand({ TableName: tableName, Key: key }))).Item ?? {};
    const bytesOf = async (): Promise<number> =>
      Buffer.byteLength(JSON.stringify(await item(), (_name, value) => (value instanceof Set ? [...value] : value)));
    const writer = (index: number): string => `0b5c1d2e-0000-4000-8000-${String(index).padStart(12, '0')}`;

    // A whole minute of them, some with the longest deadline, and some end: an outage at the full budget.
    let mostBytes = 0;
    for (let index = 0; index < writes; index += 25) {
      now += 1_500_000 / writes;
      const some = Array.from({ length: 25 }, (_, one) => index + one);
      await Promise.all(
        some.map((one) => store.beginWrite(tags, writer(one), now + (one % 25 === 0 ? 1_025_000 : 155_000))),
      );
      await store.endWrite(tags, writer(index + 1), tags);
      if (index % 125 === 0) mostBytes = Math.max(mostBytes, await bytesOf());
    }
    expect(mostBytes).toBeLessThan(16_000);

    const before = (await store.read(undefined, tags)).epochs[tags[0] ?? '']?.hard ?? Number.NaN;
    now += 1_040_000;
    const lapsed = (await store.read(undefined, tags)).epochs[tags[0] ?? '']?.hard ?? Number.NaN;
    expect(lapsed).toBeGreaterThan(before);
    for (let purges = 0; purges < 3; purges += 1) await store.purge(tags, 'hard');
    expect((await store.read(undefined, tags)).epochs[tags[0] ?? '']?.hard).toBe(lapsed + 3);
    expect(Object.keys(await item()).filter((name) => /^(writer|marks):/.test(name))).toEqual([]);
    expect(longestBytes).toBeLessThan(mostExpressionBytes);
    expect(failures).toEqual([]);
  });

  it('with hundreds of lapsed marks from before is tidied bit by bit', async () => {
    const { dynamo, tableName } = await freshTable();
    const sent: number[] = [];
    const counting = watched(dynamo, (command, send) => {
      if (command instanceof UpdateCommand) sent.push(Buffer.byteLength(command.input.UpdateExpression ?? ''));
      return send();
    });
    const marks = Array.from({ length: 700 }, (_, index) => [
      `writer:0b5c1d2e-${index}`,
      { untilMillis: 5_000, tags: ['class-search'] },
    ]);
    const Item = { pk: 'T#t', sk: 'TENANT', ...Object.fromEntries(marks) };
    await dynamo.send(new PutCommand({ TableName: tableName, Item }));
    const store = createDynamoCacheStore(counting, {
      tableName,
      tenant: 't',
      spill: createMemorySpill(),
      clock: stopped,
    });
    const { epochs } = await store.read(undefined, ['class-search']);
    for (let purges = 0; purges < 7; purges += 1) await store.purge(['class-search'], 'soft');
    const left = (await dynamo.send(new GetCommand({ TableName: tableName, Key: { pk: 'T#t', sk: 'TENANT' } }))).Item;
    expect(Object.keys(left ?? {}).filter((name) => name.startsWith('writer:'))).toEqual([]);
    expect((await store.read(undefined, ['class-search'])).epochs['class-search']?.hard).toBe(
      epochs['class-search']?.hard,
    );
    expect(Math.max(...sent)).toBeLessThan(mostExpressionBytes);
  });

  it('is told of when it could not be tidied', async () => {
    const { dynamo, tableName } = await freshTable();
    const failing = watched(dynamo, (command, send) =>
      command instanceof UpdateCommand && command.input.UpdateExpression?.includes('REMOVE')
        ? Promise.reject(new Error('throttled'))
        : send(),
    );
    const failures: string[] = [];
    const options = { tableName, tenant: 't', spill: createMemorySpill(), clock: stopped };
    const store = createDynamoCacheStore(failing, { ...options, onFailure: (what) => failures.push(what) });
    await store.beginWrite(['class-search'], 'w1', 5_000);
    expect(failures).toEqual(['tidying of marks']);
  });
});

describe('a look-up that DynamoDB answers in parts', () => {
  it('takes purges and the sweep from one answer', async () => {
    const { dynamo, tableName } = await freshTable();
    const options = { tableName, tenant: 't', spill: createMemorySpill(), clock: stopped };
    const plainStore = createDynamoCacheStore(dynamo, options);
    const sweep = { sweptUntilMillis: 5_000, types: ['experiment'], resumeAtMillis: 0 };
    let isFirst = true;
    const inParts = watched(dynamo, async (command, send) => {
      if (!(command instanceof BatchGetCommand) || !isFirst) return send();
      isFirst = false;
      const left = { pk: 'T#t', sk: 'TENANT' };
      const answer = (await send()) as { Responses: Record<string, { sk: string }[]> };
      // Between the two answers the sweep purges, and then vouches.
      await plainStore.purge(['entity:e1'], 'soft');
      await plainStore.markSwept(sweep);
      const came = (answer.Responses[tableName] ?? []).filter(({ sk }) => sk !== left.sk);
      return { Responses: { [tableName]: came }, UnprocessedKeys: { [tableName]: { Keys: [left] } } };
    });
    const snapshot = await createDynamoCacheStore(inParts, options).read(undefined, ['entity:e1', 'all']);
    expect(snapshot.sweep).toMatchObject(sweep);
    expect(snapshot.epochs['entity:e1']).toEqual({ hard: 0, soft: 1 });
  });
});
