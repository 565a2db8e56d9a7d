/** Every store of the fan-out against the contracts of its ports. */
import { describe, expect, it } from 'vitest';
import { createDynamoPendingStore } from '../../shared/fan-out/adapters/dynamodb-pending.ts';
import { createDynamoLatestStore, createDynamoReplayStore } from '../../shared/fan-out/adapters/dynamodb-replays.ts';
import { createDynamoWakeStore } from '../../shared/fan-out/adapters/dynamodb-wakes.ts';
import {
  createMemoryLatestStore,
  createMemoryPendingStore,
  createMemoryReplayStore,
  createMemoryWakeStore,
} from '../../shared/fan-out/adapters/memory.ts';
import type { LatestMark } from '../../shared/fan-out/latest-store.ts';
import type { DeadLetter, PendingDelivery } from '../../shared/fan-out/pending.ts';
import type { Replay } from '../../shared/fan-out/replay-store.ts';
import { startMillis } from '../support/fan-out-world.ts';
import { freshTable } from '../support/tables.ts';

const inMemory = async () => ({
  pending: createMemoryPendingStore(),
  latest: createMemoryLatestStore(),
  replays: createMemoryReplayStore(),
  wakes: createMemoryWakeStore(),
});
const onDynamo = async () => {
  const { dynamo, tableName } = await freshTable();
  return {
    pending: createDynamoPendingStore(dynamo, tableName, () => startMillis),
    latest: createDynamoLatestStore(dynamo, tableName),
    replays: createDynamoReplayStore(dynamo, tableName),
    wakes: createDynamoWakeStore(dynamo, tableName),
  };
};

const pendingOf = (facts: Partial<PendingDelivery> = {}): PendingDelivery => ({
  ...{ subscriptionId: 'sub-a', entity: 'experiment:1', sequence: 1, eventId: 'n1', kind: 'live' },
  ...{ firstMillis: startMillis, attempts: 1, refusals: 0, nextAttemptMillis: startMillis + 30_000, reason: 'broken' },
  ...facts,
});
const letterOf = (facts: Partial<DeadLetter> = {}): DeadLetter => ({
  ...{ subscriptionId: 'sub-a', entity: 'experiment:1', sequence: 1, eventId: 'n1', reason: 'poison' },
  atMillis: startMillis,
  ...facts,
});
const markOf = (facts: Partial<LatestMark> = {}): LatestMark => ({
  ...{ subscriptionId: 'sub-a', entity: 'experiment:1', dueMillis: startMillis, eventId: 'n1', sequence: 1, count: 2 },
  ...facts,
});
const replayOf = (facts: Partial<Replay> = {}): Replay => ({
  ...{ id: 'rep-1', kind: 'replay', subscriptionId: 'sub-a', consumerId: 'app' },
  ...{ fromMillis: 1, untilMillis: 2, isDryRun: false, state: 'counting', matching: 0, sent: 0, refused: 0 },
  ...{ doneInPage: [3, 4], createdAtMillis: startMillis, updatedAtMillis: startMillis, version: 1 },
  ...facts,
});
/** Ids that would be the beginning of others, or no key at all. */
const oddEntities = ['a', 'a#b', 'a b', 'a~', 'ü\uffff', 'x'.repeat(900), `${'x'.repeat(900)}y`, '%'];

describe.each([
  ['memory', inMemory],
  ['DynamoDB on dynalite', onDynamo],
])('stores of the fan-out: %s', (_name, create) => {
  it('gives the pending deliveries of one entity in their order, as they were put last', async () => {
    const { pending } = await create();
    const all = [
      pendingOf({ sequence: 0, eventId: 'late', kind: 'late' }),
      pendingOf({ sequence: 2, eventId: 'n2', coalescedCount: 4, kind: 'latest', unknownSinceMillis: 5 }),
      pendingOf({ sequence: 10, eventId: 'n10', attempts: 7 }),
      pendingOf({ sequence: 10, eventId: 'n10', copy: 'red-1', kind: 'redrive' }),
    ];
    for (const one of [...all].reverse()) await pending.put(one);
    await pending.put(pendingOf({ entity: 'experiment:2' }));
    await pending.put(pendingOf({ subscriptionId: 'sub-b' }));
    expect(await pending.list('sub-a', 'experiment:1', 10)).toEqual(all);
    expect(await pending.list('sub-a', 'experiment:1', 2)).toEqual(all.slice(0, 2));
    const changed = pendingOf({ sequence: 10, eventId: 'n10', attempts: 8, reason: 'still broken' });
    await pending.put(changed);
    await pending.remove(pendingOf({ sequence: 2, eventId: 'n2' }));
    expect(await pending.list('sub-a', 'experiment:1', 10)).toEqual([all[0], changed, all[3]]);
  });

  it('keeps entities apart whatever their ids, and pages through all of them once', async () => {
    const { pending } = await create();
    for (const entity of oddEntities) await pending.put(pendingOf({ entity }));
    for (const entity of oddEntities) expect(await pending.list('sub-a', entity, 10)).toEqual([pendingOf({ entity })]);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await pending.page('sub-a', 3, cursor);
      found.push(...page.items.map(({ entity }) => entity));
      cursor = page.cursor;
    } while (cursor !== undefined && found.length < 100);
    expect(found.toSorted()).toEqual(oddEntities.toSorted());
    const behind = await pending.behind('sub-a', found[2] as string, 10);
    expect(behind.map(({ entity }) => entity)).toEqual(found.slice(3));
  });

  it('keeps each dead letter once until it is unburied', async () => {
    const { pending } = await create();
    const letters = [letterOf(), letterOf({ sequence: 2, eventId: 'n2' }), letterOf({ entity: 'experiment:2' })];
    for (const letter of [...letters, ...letters]) await pending.bury(letter);
    expect((await pending.dead('sub-a', 10)).items).toEqual(letters);
    const { items, cursor } = await pending.dead('sub-a', 2);
    expect(items).toHaveLength(2);
    expect((await pending.dead('sub-a', 2, cursor)).items).toEqual(letters.slice(2));
    await pending.unbury(letterOf({ reason: 'another' }));
    expect((await pending.dead('sub-a', 10)).items).toEqual(letters.slice(1));
  });

  it('keeps one mark for each entity of a latest-only subscription', async () => {
    const { latest } = await create();
    await latest.write(markOf());
    await latest.write(markOf({ count: 3, eventId: 'n3' }));
    await latest.write(markOf({ entity: 'ü\uffff' }));
    expect(await latest.read('sub-a', 'experiment:1')).toEqual(markOf({ count: 3, eventId: 'n3' }));
    expect((await latest.list('sub-a', 10)).items).toHaveLength(2);
    await latest.remove('sub-a', 'experiment:1');
    expect(await latest.read('sub-a', 'experiment:1')).toBeUndefined();
    expect(await latest.read('sub-a', 'ü\uffff')).toEqual(markOf({ entity: 'ü\uffff' }));
  });

  it('replaces a replay at its version only, and names those under way', async () => {
    const { replays } = await create();
    expect(await replays.write(replayOf())).toBe(true);
    expect(await replays.write(replayOf())).toBe(false);
    const next = replayOf({ version: 2, state: 'sending', cursor: 'c', failingSinceMillis: 5, reason: 'broken' });
    expect(await replays.write(next)).toBe(true);
    expect(await replays.write({ ...next, sent: 9 })).toBe(false);
    await replays.write(replayOf({ id: 'rep-2', subscriptionId: 'sub-b', createdAtMillis: startMillis + 1 }));
    await replays.write(replayOf({ id: 'rep-3', createdAtMillis: startMillis + 1 }));
    expect(await replays.read('sub-a', 'rep-1')).toEqual(next);
    expect((await replays.list('sub-a')).map(({ id }) => id)).toEqual(['rep-3', 'rep-1']);
    expect((await replays.underWay()).map(({ id }) => id).toSorted()).toEqual(['rep-1', 'rep-2', 'rep-3']);
    expect(await replays.write({ ...next, state: 'done', version: 3 })).toBe(true);
    expect((await replays.underWay()).map(({ id }) => id).toSorted()).toEqual(['rep-2', 'rep-3']);
  });

  it('remembers how far the wake-up has searched, and where it has ended in long lists', async () => {
    const { wakes } = await create();
    expect(await wakes.readSearched()).toBeUndefined();
    await wakes.writeSearched({ untilMillis: 1, left: ['n1', 'n2'] });
    await wakes.writeSearched({ untilMillis: 2, left: ['n2'] });
    expect(await wakes.readSearched()).toEqual({ untilMillis: 2, left: ['n2'] });
    expect(await wakes.readCursors()).toEqual(new Map());
    await wakes.writeCursor('pending#sub-a', 'one');
    await wakes.writeCursor('pending#sub-a', 'two');
    await wakes.writeCursor('latest#sub-a', 'three');
    await wakes.writeCursor('latest#sub-a', undefined);
    expect(await wakes.readCursors()).toEqual(new Map([['pending#sub-a', 'two']]));
  });
});
