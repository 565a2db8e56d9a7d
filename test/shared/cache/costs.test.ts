/** What a request costs on DynamoDB, in requests and in units. A hit reads once and writes nothing. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoCacheStore } from '../../../shared/cache/adapters/dynamodb.ts';
import { createMemorySpill } from '../../../shared/cache/adapters/spill.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Forward } from '../../../shared/exchange/exchange.ts';
import { freshTable } from '../../support/tables.ts';
import { createManualClock, exchangeOf, jsonAnswer, textOf } from './support.ts';

const reads = new Set(['BatchGetCommand', 'GetCommand', 'QueryCommand']);

type Capacity = { readonly CapacityUnits?: number };
type Sent = { readonly ConsumedCapacity?: Capacity | readonly Capacity[] };

/** Counts requests, and the units that DynamoDB says they took. */
const countingClient = (dynamo: DynamoDBDocumentClient) => {
  const counts = { reads: 0, writes: 0, readUnits: 0, writeUnits: 0 };
  const send = async (command: { readonly input: object }) => {
    const isRead = reads.has(command.constructor.name);
    counts[isRead ? 'reads' : 'writes'] += 1;
    Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
    const sent = await (dynamo.send as (command: object) => Promise<Sent>)(command);
    const units = [sent.ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
    counts[isRead ? 'readUnits' : 'writeUnits'] += units;
    return sent;
  };
  return { counts, client: { send } as unknown as DynamoDBDocumentClient };
};

const setUp = async (memoryBytes: number) => {
  const { dynamo, tableName } = await freshTable();
  const { client, counts } = countingClient(dynamo);
  const clock = createManualClock();
  const store = createDynamoCacheStore(client, { tableName, tenant: 't', spill: createMemorySpill(), clock });
  const cache = createAnswerCache({ store, clock, plan: createNativePlanner(store), memoryBytes });
  const cost = async (parts = {}, data = {}, status: number | 'not sent' = 200) => {
    const before = { ...counts };
    const forward: Forward = async (changes) => {
      if (status === 'not sent') throw new AppError('TOO_MANY_REQUESTS', { sent: false });
      await changes?.beforeSend?.();
      return jsonAnswer({ data }, status);
    };
    const outcome = await cache.answer(exchangeOf(parts), forward).catch(() => undefined);
    if (outcome) await textOf(outcome);
    return {
      reads: counts.reads - before.reads,
      writes: counts.writes - before.writes,
      readUnits: counts.readUnits - before.readUnits,
      writeUnits: counts.writeUnits - before.writeUnits,
      status: outcome?.cacheStatus,
    };
  };
  return { cost, clock };
};

describe.each([
  // The tags alone: one item of the tenant, one of the entity.
  ['with a copy in memory', 1_000_000, 2],
  // And the answer.
  ['without one', 0, 3],
])('a read %s', (_title, memoryBytes, hitUnits) => {
  it('costs two reads and two writes when it misses, and one read when it hits', async () => {
    const { cost } = await setUp(memoryBytes);
    expect(await cost()).toMatchObject({ reads: 2, writes: 2 });
    expect(await cost()).toMatchObject({ reads: 1, readUnits: hitUnits, writes: 0, status: 'hit; ttl=44' });
    expect(await cost({ path: '/entities/experiment:e1/children' })).toMatchObject({ reads: 2, writes: 2 });
  });

  it('costs two reads and two writes when the copy is stale', async () => {
    const { cost, clock } = await setUp(memoryBytes);
    await cost();
    clock.advance(60_000);
    expect(await cost()).toMatchObject({ reads: 2, writes: 2 });
  });
});

describe('a hit of a listing', () => {
  it('costs one unit from memory, and two from the table', async () => {
    for (const [memoryBytes, readUnits] of [
      [1_000_000, 1],
      [0, 2],
    ] as const) {
      const { cost } = await setUp(memoryBytes);
      await cost({ path: '/entities' });
      expect(await cost({ path: '/entities' })).toMatchObject({ reads: 1, readUnits, writes: 0 });
    }
  });
});

describe('a write', () => {
  const patch = { method: 'PATCH', path: '/entities/experiment:e1/properties' };

  it('costs two writes for its entity and one for all wide tags', async () => {
    const { cost } = await setUp(0);
    expect(await cost(patch)).toMatchObject({ reads: 1, writes: 3 });
  });

  it('costs two writes when the tenant refuses it, and none when it is not sent', async () => {
    const { cost } = await setUp(0);
    expect(await cost(patch, {}, 404)).toMatchObject({ reads: 0, writes: 2 });
    expect(await cost(patch, {}, 'not sent')).toMatchObject({ reads: 0, writes: 0 });
  });

  it('costs one more read and a write for each ancestor where its place is known', async () => {
    const { cost } = await setUp(0);
    await cost({}, { relationships: { ancestors: { data: [{ id: 'journal:j1' }] } } });
    expect(await cost(patch)).toMatchObject({ reads: 2, writes: 4 });
  });

  it('costs two writes without an entity', async () => {
    const { cost } = await setUp(0);
    expect(await cost({ method: 'POST', path: '/users' })).toMatchObject({ reads: 0, writes: 2 });
    expect(await cost({ path: '/materials/bulkImport/jobs/1' })).toMatchObject({ reads: 0, writes: 1 });
  });
});

describe('what is not cached', () => {
  it('costs nothing', async () => {
    const { cost } = await setUp(0);
    expect(await cost({ path: '/profiles/me' })).toMatchObject({ reads: 0, writes: 0 });
  });
});
