/** The stores of the pull, of its suspicions and of the hook's header, against the contracts of their ports. */
import { describe, expect, it } from 'vitest';
import { createDynamoHookHeaders, createMemoryHookHeaders } from '../../shared/notifications/adapters/hook-headers.ts';
import {
  createDynamoGapStore,
  createDynamoPullLease,
  createDynamoPullStore,
  createMemoryGapStore,
  createMemoryPullLease,
  createMemoryPullStore,
} from '../../shared/notifications/adapters/pull-stores.ts';
import { isFromTenant, withValue } from '../../shared/notifications/hook-header.ts';
import { noon } from '../shared/notifications/builders.ts';
import { freshTable } from '../support/tables.ts';

const clock = { nowMillis: () => noon };

const inMemory = async () => ({
  pull: createMemoryPullStore(),
  lease: createMemoryPullLease(clock),
  gaps: createMemoryGapStore(),
  headers: createMemoryHookHeaders(),
});
const onDynamo = async () => {
  const { dynamo, tableName } = await freshTable();
  return {
    pull: createDynamoPullStore(dynamo, tableName),
    lease: createDynamoPullLease(dynamo, tableName, clock),
    gaps: createDynamoGapStore(dynamo, tableName, clock),
    headers: createDynamoHookHeaders(dynamo, tableName),
  };
};

describe.each([
  ['memory', inMemory],
  ['DynamoDB on dynalite', onDynamo],
])('stores of notifications: %s', (_name, create) => {
  it('replace the state of the pull only from the version that was read', async () => {
    const { pull } = await create();
    expect(await pull.read()).toEqual({ version: 0 });
    expect(await pull.write({ version: 1, safeMillis: noon })).toBe(true);
    expect(await pull.write({ version: 1, safeMillis: noon + 1 })).toBe(false);
    expect(await pull.write({ version: 2, safeMillis: noon + 2 })).toBe(true);
    expect(await pull.read()).toEqual({ version: 2, safeMillis: noon + 2 });
  });

  it('give the lease of a pull to one at a time, until its end, and let nobody release that of another', async () => {
    const { lease } = await create();
    const taken = await Promise.all([1, 2, 3].map((one) => lease.take(noon + one)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const holder = noon + taken.indexOf(true) + 1;
    await lease.release(noon + 99);
    expect(await lease.take(noon + 50)).toBe(false);
    await lease.release(holder);
    expect(await lease.take(noon)).toBe(true);
    // It has ended by itself.
    expect(await lease.take(noon + 60)).toBe(true);
  });

  it('keep states of records, and suspicions once by record, kind and instant', async () => {
    const { gaps } = await create();
    expect([await gaps.readState('experiment:e1'), await gaps.suspicions()]).toEqual([undefined, []]);
    await gaps.writeState('experiment:e1', 'closed');
    await gaps.writeState('experiment:e2', 'open');
    expect(await gaps.readState('experiment:e1')).toBe('closed');
    const one = { eid: 'experiment:e1', kind: 'close', changedAtMillis: noon, notedAtMillis: noon, misses: 0 } as const;
    const other = { ...one, kind: 'create' } as const;
    const missed = { ...one, misses: 1, missedAtMillis: noon };
    for (const suspicion of [one, other, missed]) await gaps.suspect(suspicion);
    const byKind = (await gaps.suspicions()).toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
    expect(byKind).toEqual([missed, other]);
    await gaps.clear(one);
    expect(await gaps.suspicions()).toEqual([other]);
  });

  it('keep the header of the hook, by which a push is known afterwards', async () => {
    const { headers } = await create();
    expect(await headers.read()).toBeUndefined();
    const value = { name: 'X-Signals-Hook', value: 'secret', nowMillis: noon, endsOthers: false };
    await headers.write(withValue(await headers.read(), value));
    await headers.write(withValue(await headers.read(), { ...value, value: 'next' }));
    const kept = await headers.read();
    const isTaken = (given: string) => isFromTenant(kept, [['x-signals-hook', given]]);
    expect(['secret', 'next', 'other'].map(isTaken)).toEqual([true, true, false]);
  });
});
