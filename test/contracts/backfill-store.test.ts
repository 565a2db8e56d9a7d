/** BackfillStore: the promises of the port, by each adapter. */
import { describe, expect, it } from 'vitest';
import { createDynamoBackfillStore } from '../../shared/archive/adapters/dynamodb-backfills.ts';
import { createMemoryBackfillStore } from '../../shared/archive/adapters/memory-backfills.ts';
import { type Backfill, type BackfillStore, noCounts } from '../../shared/archive/backfills/backfill-record.ts';
import { freshTable } from '../support/tables.ts';

const backfill = (id: number, version = 1, more: Partial<Backfill> = {}): Backfill => ({
  ...{ id, version, state: 'running', requestedBy: 'admin', requestedAtMillis: 1, page: 1, attempt: 1 },
  ...{ cursor: { createdAt: '2026-11-27T09:00:00.000Z', seen: ['experiment:a'], offset: 25 }, counts: noCounts },
  ...more,
});

describe.each([
  ['memory', async (): Promise<BackfillStore> => createMemoryBackfillStore()],
  [
    'DynamoDB',
    async (): Promise<BackfillStore> => {
      const { dynamo, tableName } = await freshTable();
      return createDynamoBackfillStore(dynamo, tableName);
    },
  ],
] as const)('BackfillStore contract: %s', (_name, create) => {
  it('gives back what was written last, and refuses what follows another record', async () => {
    const store = await create();
    expect(await store.readBackfill(1)).toBeUndefined();
    const first = backfill(1);
    expect([await store.writeBackfill(first), await store.writeBackfill(first)]).toEqual([true, false]);
    const second = backfill(1, 2, { state: 'paused', executionArn: 'arn', total: 5 });
    expect([await store.writeBackfill(second), await store.readBackfill(1)]).toEqual([true, second]);
    expect(await store.writeBackfill(backfill(1, 4))).toBe(false);
  });

  it('lists the newest first', async () => {
    const store = await create();
    for (const id of [1, 2, 10]) await store.writeBackfill(backfill(id));
    expect((await store.listBackfills(2)).map(({ id }) => id)).toEqual([10, 2]);
    expect(await store.listBackfills(9)).toHaveLength(3);
  });
});
