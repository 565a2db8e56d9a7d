/** What the cache remembers for /v1/materials and /v1/inventory: refreshed before the function ends, and no reason to refuse for good. */
import { describe, expect, it } from 'vitest';
import { demoInventory } from '../../../packages/signals-simulator/src/demo/inventory.ts';
import { createTestCache } from '../../shared/cache/support.ts';
import { createLaboratory } from '../../support/laboratory.ts';
import { turns } from '../../support/turns.ts';

const batch = '/v1/materials/Compounds/batches/0001-0001';
/** The cache serves an answer of this age, and refreshes it. */
const staleMillis = 50_000;
/** The cache serves an answer of this age only if the tenant fails. */
const oldMillis = 120_000;

const container = (changes: object) => ({
  data: {
    type: 'inventory-container',
    attributes: {
      ...{ typeId: demoInventory.vialType, barcode: 'V-1', fields: { 'Cap Colour': 'Red' } },
      ...{ locationId: demoInventory.grid, ...changes },
    },
  },
});

describe('a refresh of the cache', () => {
  it('ends before the function does, and counts for the request but not in its answer', async () => {
    const held = Promise.withResolvers<void>();
    let isHeld = false;
    const { cache, clock } = createTestCache();
    const admit = async () => (isHeld ? held.promise : undefined);
    const { get, answered, simulator } = await createLaboratory(5, { cache, quota: { admit } });
    await get(batch);
    clock.advance(staleMillis);
    isHeld = true;
    const second = get(batch);
    await turns();
    expect(answered).toHaveLength(1);
    held.resolve();
    expect((await second).document.meta).toEqual({ upstreamCalls: 0 });
    // The libraries and the batch, by both requests.
    expect(simulator.arrivals).toHaveLength(4);
    expect(answered.map(({ decision }) => decision.sends)).toEqual([
      [200, 200],
      [200, 200],
    ]);
  });
});

describe('what the cache remembers', () => {
  it('as gone refuses nothing, since it may be there again', async () => {
    const { get, fail } = await createLaboratory(5, { cache: createTestCache().cache });
    await fail({ kind: 'status', operation: 'GET /materials/{libraryName}/batches/id/{id}', status: 410, times: 1 });
    expect((await get(batch)).status).toBe(404);
    expect((await get(batch)).status).toBe(200);
  });

  it('as a location that is gone refuses nothing, since it may be there again', async () => {
    const { post, fail } = await createLaboratory(5, { cache: createTestCache().cache });
    await fail({ kind: 'status', operation: 'GET /inventory/locations/{locationId}', status: 410, times: 1 });
    expect((await post('/v1/inventory/containers', container({ position: 'H12' }))).status).toBe(400);
    expect((await post('/v1/inventory/containers', container({ position: 'H12' }))).status).toBe(201);
  });

  it('while the tenant fails is no reason to refuse for good', async () => {
    const { cache, clock } = createTestCache();
    const { post, fail } = await createLaboratory(5, { cache });
    expect((await post('/v1/inventory/containers', container({ position: 'I1' }))).status).toBe(400);
    clock.advance(oldMillis);
    await fail({ kind: 'status', operation: 'GET /inventory/locations/{locationId}', status: 500 });
    const { status, document } = await post('/v1/inventory/containers', container({ position: 'I1' }));
    expect([status, document.errors[0].code]).toEqual([502, 'TENANT_FAILED']);
  });
});
