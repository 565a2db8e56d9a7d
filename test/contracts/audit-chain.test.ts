/** The ports of the chain of the audit log, by each adapter. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDynamoAuditLog } from '../../shared/audit/adapters/dynamodb.ts';
import { createMemoryAuditLog } from '../../shared/audit/adapters/memory.ts';
import { type AuditRecord, positionOf } from '../../shared/audit/record.ts';
import { createDynamoAuditChain } from '../../shared/audit-chain/adapters/dynamodb.ts';
import { createMemoryAuditChain, createMemoryStoredRecords } from '../../shared/audit-chain/adapters/memory.ts';
import { createDynamoStoredRecords } from '../../shared/audit-chain/adapters/stored-records.ts';
import type {
  AuditChainStore,
  Range,
  SegmentClaim,
  StoredRecord,
  StoredRecords,
} from '../../shared/audit-chain/stores.ts';
import { dayMillis } from '../../shared/time/units.ts';
import { intent, noon, outcome } from '../shared/audit/support.ts';
import { freshTable } from '../support/tables.ts';
import { sized } from '../support/test-size.ts';
import { freshAuditTable } from './audit-table.ts';

type Log = { readonly records: StoredRecords; readonly append: (record: AuditRecord) => Promise<void> };

const inMemory = async (): Promise<Log> => {
  const log = createMemoryAuditLog(() => noon);
  const items = () =>
    log.records.map((record) => ({ ...record, pk: 'DAY', sk: `${positionOf(record)}#${record.stage}` }));
  return { records: createMemoryStoredRecords(items), append: (record) => log.append(record) };
};

const inDynamo = async (): Promise<Log> => {
  const { client, dynamo, tableName } = await freshAuditTable();
  const log = createDynamoAuditLog(dynamo, tableName, () => noon);
  return { records: createDynamoStoredRecords(client, tableName), append: (record) => log.append(record) };
};

const readAll = async (records: StoredRecords, range: Range, most: number): Promise<StoredRecord[]> => {
  const found: StoredRecord[] = [];
  let after: string | undefined;
  let readMillis = range.fromMillis;
  do {
    const page = await records.page(range, after, most);
    // Nothing on this page is older than the page before said.
    for (const { startedMillis } of page.records) expect(startedMillis).toBeGreaterThanOrEqual(readMillis);
    found.push(...page.records);
    ({ next: after, readMillis } = page);
  } while (after !== undefined);
  expect(readMillis).toBe(range.untilMillis);
  return found;
};
const idsOf = (found: readonly StoredRecord[]): string[] =>
  found.map(({ line }) => JSON.parse(line)).map(({ id, stage }) => `${id} ${stage}`);
const always: Range = { fromMillis: noon - 200 * dayMillis, untilMillis: noon + 2 * dayMillis };
/** Each day is 16 queries: at the small size, most of them ask days without records. */
const near: Range = { ...always, fromMillis: noon - sized(200, 3) * dayMillis };

describe.each([
  ['memory', inMemory],
  ['DynamoDB', inDynamo],
])('StoredRecords contract: %s', (_name, create: () => Promise<Log>) => {
  it('reads records whole, the oldest first, and leaves out the end of the range', async () => {
    const { records, append } = await create();
    const kept = { asked: { share: 2, name: 'ü' } };
    await append(outcome({ id: 'b', startedMillis: noon + 1 }));
    await append(intent({ id: 'b', startedMillis: noon + 1, ...kept }));
    await append(intent({ id: 'a', startedMillis: noon }));
    await append(intent({ id: 'old', startedMillis: noon - 90 * dayMillis }));
    await append(intent({ id: 'last', startedMillis: noon + 5 }));
    const found = await readAll(records, always, 10);
    expect(idsOf(found)).toEqual(['old intent', 'a intent', 'b intent', 'b outcome', 'last intent']);
    expect(JSON.parse(found[2]?.line ?? '')).toMatchObject({
      ...intent({ id: 'b', startedMillis: noon + 1 }),
      ...kept,
    });
    const range = { fromMillis: noon, untilMillis: noon + 5 };
    expect(idsOf(await readAll(records, range, 10))).toEqual(['a intent', 'b intent', 'b outcome']);
    expect(idsOf(await readAll(records, { fromMillis: noon + 6, untilMillis: noon + 6 }, 10))).toEqual([]);
  });

  it('reads every record once, whatever the size of the pages', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ offset: fc.integer({ min: -2, max: 2 }), day: fc.integer({ min: -2, max: 1 }) }), {
          maxLength: 20,
        }),
        fc.integer({ min: 1, max: 7 }),
        async (begun, most) => {
          const { records, append } = await create();
          const midnight = noon + dayMillis / 2;
          const all = begun.map(({ offset, day }, index) =>
            intent({ id: `${index}`, startedMillis: midnight + day * dayMillis + offset }),
          );
          await Promise.all(all.map(append));
          const keys = all.map((record) => `${positionOf(record)}#intent`).sort();
          const found = (await readAll(records, near, most)).map(({ line }) => JSON.parse(line).sk);
          expect(found).toEqual(keys);
        },
      ),
      { numRuns: sized(60, 4) },
    ));
});

describe('StoredRecords in DynamoDB', () => {
  it('has one line for whatever an item holds, with numbers as they are', async () => {
    const { client, tableName } = await freshAuditTable();
    const at = '2026-06-15T12:00:00.000Z';
    const put = (sk: string, more: object) =>
      client.send(
        new PutItemCommand({ TableName: tableName, Item: { pk: { S: 'DAY#2026-06-15#3' }, sk: { S: sk }, ...more } }),
      );
    await put(`${at}#a`, {
      n: { N: '123456789012345678901234567890.5' },
      m: { M: { z: { BOOL: true }, a: { NULL: true } } },
      l: { L: [{ S: 'x\n' }, { B: Buffer.from('hi') }] },
      s: { SS: ['b', 'a'] },
      ns: { NS: ['2', '1'] },
      bs: { BS: [Buffer.from('hi')] },
    });
    await put('2026-06-15T12:xx', {});
    const records = createDynamoStoredRecords(client, tableName);
    expect(await readAll(records, { fromMillis: noon - dayMillis, untilMillis: noon + dayMillis }, 10)).toEqual([
      {
        startedMillis: noon,
        line: `{"bs":["aGk="],"l":["x\\n","aGk="],"m":{"a":null,"z":true},"n":123456789012345678901234567890.5,"ns":[1,2],"pk":"DAY#2026-06-15#3","s":["a","b"],"sk":"${at}#a"}`,
      },
      { startedMillis: Date.parse('2026-06-15T00:00:00Z'), line: '{"pk":"DAY#2026-06-15#3","sk":"2026-06-15T12:xx"}' },
    ]);
  });
});

const claimOf = (number: number): SegmentClaim => ({
  ...{ number, segmentSha256: String(number), untilMillis: 1, content: Uint8Array.of(1, number) },
  ...{ lockMode: 'GOVERNANCE', retainUntil: null },
});

describe.each([
  ['memory', async () => createMemoryAuditChain()],
  [
    'DynamoDB',
    async () => {
      const { dynamo, tableName } = await freshTable();
      return createDynamoAuditChain(dynamo, tableName);
    },
  ],
])('AuditChainStore contract: %s', (_name, create: () => Promise<AuditChainStore>) => {
  it('gives each number to one claim, and finds the last one', async () => {
    const store = await create();
    expect(await store.lastClaim()).toBeUndefined();
    for (const number of [1, 2, 10]) expect(await store.putClaim(claimOf(number))).toBe(true);
    expect(await store.putClaim({ ...claimOf(2), segmentSha256: 'another' })).toBe(false);
    expect(await store.readClaim(2)).toEqual(claimOf(2));
    expect(await store.readClaim(3)).toBeUndefined();
    expect(await store.lastClaim()).toEqual(claimOf(10));
  });

  it('puts a state in place of the version before it', async () => {
    const store = await create();
    const state = await store.readState();
    expect(state).toMatchObject({ version: 0, written: 0, signed: 0 });
    const after = { ...state, version: 1, written: 3, deepMillis: 7 };
    expect([await store.writeState(after), await store.writeState(after)]).toEqual([true, false]);
    expect(await store.readState()).toEqual(after);
  });
});
