/** What a creation in the inventory answers where the tenant refuses it: to the first request, and to its retries under a key. */
import { describe, expect, it } from 'vitest';
import { demoInventory } from '../../../packages/signals-simulator/src/demo/inventory.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import { containers, creationsIn, locations } from '../../support/inventory-bodies.ts';
import { createLaboratory } from '../../support/laboratory.ts';

const container = (changes: object = {}) => ({
  data: {
    type: 'inventory-container',
    attributes: { typeId: demoInventory.vialType, barcode: 'V-1', fields: { 'Cap Colour': 'Red' }, ...changes },
  },
});
const location = {
  data: {
    type: 'inventory-location',
    attributes: {
      ...{ typeId: demoInventory.plateType, name: 'Plate 2026-1', barcode: 'P-1', parentId: demoInventory.room },
      ...{ rows: 2, columns: 3, fields: { f5: 'Glass' } },
    },
  },
};
/** A barcode and a well that the demo tenant has given away. */
const taken = container({ barcode: 'C00001' });
const inTakenWell = container({ locationId: demoInventory.grid, position: 'A1' });
const creation = 'POST /inventory/containers';

describe('a creation under an idempotency key', () => {
  it.each([
    ['a barcode that is taken', taken, 409],
    ['a well that is taken', inTakenWell, 422],
  ])('with %s gets its first answer again', async (_what, document, status) => {
    const laboratory = await createLaboratory();
    const first = await laboratory.post(containers, document, { key: 'k' });
    const again = await laboratory.post(containers, document, { key: 'k' });
    expect(first.status).toBe(status);
    expect(again).toEqual({
      ...{ status, document: first.document, body: first.body },
      headers: { ...first.headers, 'idempotency-replayed': 'true', 'x-request-id': again.headers['x-request-id'] },
    });
    expect(creationsIn(laboratory)).toHaveLength(1);
  });

  it('that the tenant refused keeps the key for its own body', async () => {
    const { post } = await createLaboratory();
    await post(containers, inTakenWell, { key: 'k' });
    const { status, document } = await post(containers, container(), { key: 'k' });
    expect([status, document.errors[0].code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('that the tenant failed at gets its first answer again', async () => {
    const laboratory = await createLaboratory();
    await laboratory.fail({ kind: 'status', operation: creation, status: 500, times: 1 });
    const first = await laboratory.post(containers, container(), { key: 'k' });
    const again = await laboratory.post(containers, container(), { key: 'k' });
    expect([first.status, again.status, again.document]).toEqual([502, 502, first.document]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(creationsIn(laboratory)).toHaveLength(1);
  });

  it('is carried out after a limit of the tenant has refused it', async () => {
    const laboratory = await createLaboratory();
    // Longer than a request may wait.
    await laboratory.fail({ kind: 'status', operation: creation, status: 429, retryAfterSeconds: 7_200, times: 1 });
    const first = await laboratory.post(containers, container(), { key: 'k' });
    const second = await laboratory.post(containers, container(), { key: 'k' });
    expect([first.status, second.status]).toEqual([429, 201]);
  });

  it('is carried out after the facade has refused it', async () => {
    const laboratory = await createLaboratory();
    const wrong = await laboratory.post(containers, container({ typeId: 'nowhere' }), { key: 'k' });
    const right = await laboratory.post(containers, container(), { key: 'k' });
    expect([wrong.status, right.status]).toEqual([400, 201]);
  });
});

describe('a location with a barcode that is taken', () => {
  const app: Consumer = {
    ...{ id: 'app', scopes: ['*:*'], state: 'active' },
    ...{ actsAs: ['service', 'bearer'], userAttributed: ['entities:read'] },
  };

  it('is a 409 where the look-up needs a person', async () => {
    const laboratory = await createLaboratory();
    await laboratory.registry.save(app, hashKey('app-now'));
    const first = await laboratory.post(locations, location, { as: 'app-now' });
    const second = await laboratory.post(locations, location, { as: 'app-now', key: 'k' });
    const again = await laboratory.post(locations, location, { as: 'app-now', key: 'k' });
    expect([first, second, again].map(({ status }) => status)).toEqual([201, 409, 409]);
    expect([second.headers.location, second.headers['x-acting-as']]).toEqual([undefined, 'service']);
  });

  it('says as whom it was to be created, and not who looked', async () => {
    const laboratory = await createLaboratory(5, {
      quota: {
        admit: async ({ request }) => {
          if (request.path.endsWith('/search')) throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 7 });
        },
      },
    });
    await laboratory.registry.save({ ...app, userAttributed: ['inventory:write'] }, hashKey('app-now'));
    const person = { as: 'app-now', bearer: laboratory.simulator.tenant.tokens.issue('101', 'example.com') };
    expect((await laboratory.post(locations, location, person)).status).toBe(201);
    const { status, headers } = await laboratory.post(locations, location, person);
    expect([status, headers['x-acting-as']]).toEqual([429, 'bearer']);
  });
});
