/** Every audit log, on every engine there is, against the contract of its port. */
import { describe, expect, it } from 'vitest';
import { createDynamoAuditLog } from '../../shared/audit/adapters/dynamodb.ts';
import { createMemoryAuditLog } from '../../shared/audit/adapters/memory.ts';
import { intent, noon } from '../shared/audit/support.ts';
import { type Engine, engines } from '../support/tables.ts';
import { auditLogContract } from './audit-log.contract.ts';
import { freshAuditTable } from './audit-table.ts';

const onEngine = (engine: Engine) => async (nowMillis: () => number) => {
  const { dynamo, tableName } = await freshAuditTable(engine);
  return createDynamoAuditLog(dynamo, tableName, nowMillis);
};

auditLogContract('memory', async (nowMillis) => createMemoryAuditLog(nowMillis));
for (const engine of engines()) auditLogContract(`DynamoDB on ${engine}`, onEngine(engine));

describe('the DynamoDB audit log', () => {
  it('loses nothing where one part of a day breaks off before the others', async () => {
    const { dynamo, tableName } = await freshAuditTable();
    const log = createDynamoAuditLog(dynamo, tableName, () => noon);
    // A query ends after 1 MB: each part has more.
    const ids = Array.from({ length: 40 }, (_, index) => `a${index}`);
    const target = 'x'.repeat(300_000);
    for (const [index, id] of ids.entries()) await log.append(intent({ id, startedMillis: noon - index, target }));
    const read: string[] = [];
    let before: string | undefined;
    do {
      const slice = await log.read({ fromMillis: noon - 1_000, untilMillis: noon + 1, before }, 100);
      read.push(...slice.records.map(({ id }) => id));
      before = slice.next;
    } while (before !== undefined);
    expect(read).toEqual(ids);
  });

  it('looks through no more than a month at once, and says where to go on', async () => {
    const { dynamo, tableName } = await freshAuditTable();
    const log = createDynamoAuditLog(dynamo, tableName, () => noon);
    await log.append(intent({ startedMillis: noon - 40 * 86_400_000 }));
    const range = { fromMillis: noon - 100 * 86_400_000, untilMillis: noon };
    const first = await log.read(range, 10);
    expect(first).toMatchObject({ records: [], next: expect.stringMatching(/^2026-05-15T/) });
    const second = await log.read({ ...range, before: first.next }, 10);
    expect(second.records).toHaveLength(1);
  });
});
