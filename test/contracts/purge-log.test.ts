import { describe, expect, it } from 'vitest';
import { createDynamoPurgeLog, createMemoryPurgeLog } from '../../shared/cache/adapters/purge-log.ts';
import type { PurgeLog } from '../../shared/cache/purge-limit.ts';
import { freshTable } from '../support/tables.ts';

const purgeLogContract = (name: string, create: () => Promise<PurgeLog>) =>
  describe(`PurgeLog contract: ${name}`, () => {
    it('has nothing before the first write, and then what was written, by name', async () => {
      const log = await create();
      expect(await log.read('wide')).toEqual({ instants: [], version: 0 });
      expect(await log.replace('wide', [1, 2], 0)).toBe(true);
      expect(await log.replace('entity app', [3], 0)).toBe(true);
      expect(await log.read('wide')).toEqual({ instants: [1, 2], version: 1 });
      expect(await log.replace('wide', [2], 1)).toBe(true);
      expect(await log.read('wide')).toEqual({ instants: [2], version: 2 });
      expect(await log.read('entity app')).toEqual({ instants: [3], version: 1 });
    });

    it('lets exactly one of many write over the same version', async () => {
      const log = await create();
      const tries = Array.from({ length: 10 }, (_, index) => log.replace('wide', [index], 0));
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    });
  });

purgeLogContract('memory', async () => createMemoryPurgeLog());
purgeLogContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoPurgeLog(dynamo, tableName, 't');
});
