import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createMemorySpill } from '../../shared/cache/adapters/spill.ts';
import { freshTable } from '../support/tables.ts';
import { sized } from '../support/test-size.ts';
import { stopped } from './cache-store-support.ts';

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
      // Between the two answers the sweep purges, and then marks the tenant as swept.
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
