/** /v1/inventory against the simulated tenant. The numbers are those of the acceptance checks of the routes. */
import { describe, expect, it } from 'vitest';
import { demoInventory } from '../../../packages/signals-simulator/src/demo/inventory.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import { createTestCache } from '../../shared/cache/support.ts';
import {
  batch,
  container,
  containers,
  creationsIn,
  location,
  locations,
  plate,
  vial,
  withBarcode,
} from '../../support/inventory-bodies.ts';
import { createLaboratory, type Fault } from '../../support/laboratory.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { upstreamSecret } from '../../support/pipeline.ts';

const pointersOf = (document: { errors: Fault[] }) => document.errors.map(({ source }) => source?.pointer);

describe('check 2: what is wrong by itself is refused without a call', () => {
  it.each([
    [{ unit: 'lb' }, '/unit'],
    [{ unit: undefined }, '/unit'],
    [{ amount: undefined }, '/amount'],
    [{ amount: -1 }, '/amount'],
    [{ barcode: undefined }, '/barcode'],
    [{ barcode: 'V\n1' }, '/barcode'],
    [{ barcode: ' V1' }, '/barcode'],
    [{ barcode: '' }, '/barcode'],
    [{ position: 'A0' }, '/position'],
    [{ position: 'AW1' }, '/position'],
    [{ position: undefined, row: 1 }, '/column'],
    [{ row: 1, column: 1 }, '/position'],
    [{ locationId: undefined }, '/position'],
    [{ content: 'experiment:e1' }, '/content'],
    [{ typeId: '../x' }, '/typeId'],
    [{ container_name: 'mine' }, '/container_name'],
  ])('%o', async (changes, pointer) => {
    const laboratory = await createLaboratory();
    const { status, document } = await laboratory.post(containers, container(changes));
    expect([status, pointersOf(document)]).toEqual([400, [`/data/attributes${pointer}`]]);
    expect(laboratory.simulator.arrivals).toEqual([]);
  });

  it.each([
    [{ name: 'Plate\n1' }, '/name'],
    [{ name: 'Plate\u20281' }, '/name'],
    [{ rows: undefined }, '/rows'],
    [{ columns: 0 }, '/columns'],
    [{ isGrid: true }, '/isGrid'],
    [{ parentId: undefined, position: 'A1' }, '/position'],
  ])('a location with %o', async (changes, pointer) => {
    const laboratory = await createLaboratory();
    const { status, document } = await laboratory.post(locations, location(changes));
    expect([status, pointersOf(document)]).toEqual([400, [`/data/attributes${pointer}`]]);
    expect(laboratory.simulator.arrivals).toEqual([]);
  });

  it.each([
    ['kind=container&field=Barcode&value=x', 'field'],
    ['kind=container&field=fields.&value=x', 'field'],
    ['kind=container&field=fields.Barcode', 'value'],
    ['kind=container&value=x', 'field'],
    ['kind=sample', 'kind'],
    ['', 'kind'],
    ['kind=container&page[limit]=101', 'page[limit]'],
    ['kind=container&page[offset]=5001', 'page[offset]'],
  ])('a query %s', async (query, parameter) => {
    const { get, simulator } = await createLaboratory();
    const { status, document } = await get(`/v1/inventory/items?${query}`);
    expect([status, document.errors[0].source]).toEqual([400, { parameter }]);
    expect(simulator.arrivals).toEqual([]);
  });

  it.each([
    [containers, container, Object.keys({ ...vial, row: 0, column: 0, description: '' })],
    [locations, location, Object.keys({ ...plate, row: 0, column: 0, position: '', description: '' })],
  ])('every member of %s has one type', async (path, documentOf, members) => {
    const laboratory = await createLaboratory();
    for (const member of nonEmpty(members))
      for (const value of [null, {}, [], [[]], true, 'a\u0000', { value: 1 }, '1'.repeat(70_000)]) {
        const isFields = member === 'fields' && JSON.stringify(value) === '{}';
        const isText = member === 'description' && value === 'a\u0000';
        if (isFields || isText) continue;
        const { status } = await laboratory.post(path, documentOf({ [member]: value }));
        expect([member, value, status]).toEqual([
          member,
          value,
          typeof value === 'string' && value.length > 9 ? 413 : 400,
        ]);
      }
    expect(creationsIn(laboratory)).toEqual([]);
  });
});

describe('a creation', () => {
  it('puts the container into the well, with its contents and its fields', async () => {
    const laboratory = await createLaboratory();
    const { status, document } = await laboratory.post(containers, container());
    expect([status, document.data.attributes]).toEqual([
      201,
      expect.objectContaining({
        ...{ barcode: 'V-1', amount: 2.5, unit: 'mg', locationId: demoInventory.grid, typeName: 'Vial' },
        ...{ row: 7, column: 11, position: 'H12', status: 'AVAILABLE' },
      }),
    ]);
    const [made] = withBarcode(laboratory, 'V-1');
    expect(made).toMatchObject({ contentId: batch, coordinateX: 11, coordinateY: 7 });
    expect(made?.fields.get('f1')).toBe('Red');
    // The types, the grid, the container.
    expect(laboratory.simulator.arrivals).toHaveLength(3);
  });

  it('makes a grid in a room, which then takes containers', async () => {
    const { post } = await createLaboratory();
    const made = await post(locations, location());
    expect(made.document.data.attributes).toMatchObject({ name: 'Plate 2026-1', rows: 2, columns: 3 });
    const locationId = made.document.data.id;
    const inside = await post(containers, container({ locationId, position: undefined, row: 1, column: 2 }));
    expect([inside.status, inside.document.data.attributes.position]).toEqual([201, 'B3']);
    const outside = await post(containers, container({ locationId, barcode: 'V-2', position: 'C1' }));
    expect([outside.status, pointersOf(outside.document)]).toEqual([400, ['/data/attributes/position']]);
  });

  it.each([
    [{ typeId: 'nowhere' }, '/typeId'],
    [{ typeId: demoInventory.roomType }, '/typeId'],
    [{ fields: {} }, '/fields/Cap Colour'],
    [{ fields: undefined }, '/fields/Cap Colour'],
    [{ fields: { 'Cap Colour': '' } }, '/fields/Cap Colour'],
    [{ fields: { 'Cap Colour': 'Green' } }, '/fields/Cap Colour'],
    [{ fields: { 'Cap Colour': ['Red'] } }, '/fields/Cap Colour'],
    [{ fields: { 'Cap Colour': 3 } }, '/fields/Cap Colour'],
    [{ fields: { 'Cap Colour': 'Red', f1: 'Blue' } }, '/fields/f1'],
    [{ fields: { 'Cap Colour': 'Red', 'No/such': 'x' } }, '/fields/No~1such'],
    [{ fields: { 'Cap Colour': 'Red', PE_INV_SYSTEM_Status: 'DISPOSED' } }, '/fields/PE_INV_SYSTEM_Status'],
    [{ fields: { 'Cap Colour': 'Red', Opened: 'yesterday' } }, '/fields/Opened'],
    [{ position: 'I1' }, '/position'],
    [{ position: 'A13' }, '/position'],
    [{ position: undefined, row: 8, column: 0 }, '/row'],
    [{ locationId: demoInventory.room }, '/position'],
    [{ locationId: 'nowhere' }, '/locationId'],
  ])('is refused by its type or its grid: %o', async (changes, pointer) => {
    const laboratory = await createLaboratory();
    const { status, document } = await laboratory.post(containers, container(changes));
    expect([status, pointersOf(document)]).toEqual([400, [`/data/attributes${pointer}`]]);
    expect(creationsIn(laboratory)).toEqual([]);
  });

  it('is refused by the tenant where the well is taken', async () => {
    const { post } = await createLaboratory();
    const { status, document } = await post(containers, container({ position: 'A1' }));
    expect([status, document.errors[0].code]).toEqual([422, 'TENANT_REFUSED']);
    expect(document.errors[0].detail).toContain('457');
  });

  it('keeps line breaks in a description', async () => {
    const laboratory = await createLaboratory();
    await laboratory.post(containers, container({ description: 'one\ntwo' }));
    expect(withBarcode(laboratory, 'V-1')[0]?.description).toBe('one\ntwo');
  });
});

describe('a limit', () => {
  it.each([1, 2, 3, 4, 5])('that refuses call %i refuses the request, or leaves no trace in it', async (refused) => {
    let asked = 0;
    const laboratory = await createLaboratory(5, {
      quota: {
        admit: async () => {
          asked += 1;
          if (asked === refused) throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 7, limit: 'tenant' });
        },
      },
    });
    // The types, the grid, the container, and the look-up.
    const { status } = await laboratory.post(containers, container({ barcode: 'C00001' }));
    const limit = laboratory.answered[0]?.decision.refusal?.limit;
    expect([status, limit]).toEqual(refused < 5 ? [429, 'tenant'] : [409, undefined]);
  });

  it.each(['GET /inventory/types', 'POST /inventory/containers'])(
    'of the tenant at %s says how long',
    async (operation) => {
      const laboratory = await createLaboratory();
      // Longer than a request may wait.
      await laboratory.fail({ kind: 'status', operation, status: 429, retryAfterSeconds: 7_200 });
      const { status, headers, document } = await laboratory.post(containers, container());
      expect([status, headers['retry-after'], document.errors[0].code]).toEqual([429, '7200', 'TOO_MANY_REQUESTS']);
    },
  );
});

describe('X-Acting-As', () => {
  const app: Consumer = {
    ...{ id: 'app', scopes: ['*:*'], state: 'active' },
    ...{ actsAs: ['service', 'bearer'], userAttributed: ['inventory:write'] },
  };

  it('names the person who created, though the service account has read, also under a key', async () => {
    const laboratory = await createLaboratory();
    await laboratory.registry.save(app, hashKey('app-now'));
    const person = { as: 'app-now', bearer: laboratory.simulator.tenant.tokens.issue('101', 'example.com') };
    const first = await laboratory.post(containers, container(), { ...person, key: 'k' });
    const again = await laboratory.post(containers, container(), { ...person, key: 'k' });
    const clash = await laboratory.post(containers, container(), person);
    const read = await laboratory.get('/v1/inventory/items?kind=container', person);
    expect([first, again, clash, read].map(({ status, headers }) => [status, headers['x-acting-as']])).toEqual([
      [201, 'bearer'],
      [201, 'bearer'],
      [409, 'bearer'],
      [200, 'service'],
    ]);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('is on failures before the creation', async () => {
    const laboratory = await createLaboratory();
    await laboratory.fail({ kind: 'status', operation: 'GET /inventory/types', status: 403 });
    const { status, headers } = await laboratory.post(containers, container());
    expect([status, headers['x-acting-as']]).toEqual([422, 'service']);
  });

  it('of the first answer decides who may have it again', async () => {
    const laboratory = await createLaboratory();
    expect((await laboratory.post(containers, container(), { key: 'k' })).headers['x-acting-as']).toBe('service');
    await laboratory.registry.save(app, hashKey('app-now'));
    const { status, document } = await laboratory.post(containers, container(), { as: 'app-now', key: 'k' });
    expect([status, document.errors[0].code]).toEqual([403, 'USER_TOKEN_NEEDED']);
    expect(creationsIn(laboratory)).toHaveLength(1);
  });
});

describe('what the cache remembers', () => {
  it('of a grid refuses nothing, since the grid may have grown', async () => {
    const { post, simulator } = await createLaboratory(5, { cache: createTestCache().cache });
    expect((await post(containers, container({ position: 'I1' }))).status).toBe(400);
    const asked = simulator.arrivals.length;
    Object.assign(simulator.tenant.inventory.locations.get(demoInventory.grid) ?? {}, { rows: 20 });
    expect((await post(containers, container({ position: 'I1' }))).status).toBe(201);
    // The grid and the container, since the types are remembered.
    expect(simulator.arrivals).toHaveLength(asked + 2);
  });

  it('of a search does not hide the location that has the barcode', async () => {
    const { get, post, simulator } = await createLaboratory(5, { cache: createTestCache().cache });
    const search = '/v1/inventory/items?kind=location&field=fields.Barcode&value=P-1&page[limit]=1';
    expect((await get(search)).document.data).toEqual([]);
    const made = await fetch(`${simulator.url}/api/rest/v1.0/inventory/locations`, {
      method: 'POST',
      headers: { 'x-api-key': upstreamSecret, 'content-type': 'application/vnd.api+json' },
      body: JSON.stringify({
        data: {
          type: 'inventoryLocation',
          attributes: {
            typeId: plate.typeId,
            name: 'Other',
            barcode: 'P-1',
            fields: [{ id: 'f5', content: { value: 'Glass' } }],
          },
        },
      }),
    });
    expect(made.status).toBe(201);
    const { status, headers } = await post(locations, location());
    expect([status, headers.location]).toEqual([409, expect.stringContaining('/inventory/locations/')]);
  });
});

describe('items', () => {
  it('are found by type and field in one call, without the types themselves', async () => {
    const { get, simulator } = await createLaboratory();
    const { document } = await get('/v1/inventory/items?kind=container&type=Vial&field=fields.Barcode&value=C00001');
    expect(document.meta).toEqual({ total: 1, isTruncated: false, upstreamCalls: 1 });
    expect(document.data[0]).toMatchObject({
      ...{ type: 'inventory-container', id: demoInventory.container },
      attributes: { name: 'Container-0001', typeName: 'Vial', fields: { Barcode: 'C00001', 'Cap Colour': 'Red' } },
    });
    expect(simulator.arrivals).toHaveLength(1);
    const all = await get('/v1/inventory/items?kind=container');
    expect([all.document.meta.total, all.document.data.length]).toEqual([120, 100]);
    const rest = await get(all.document.links.next);
    expect([rest.document.data.length, rest.document.links]).toEqual([20, {}]);
    for (const { path } of simulator.arrivals) expect(path).toContain('&sort=createdAt%2Cname&');
  });

  it('are locations, too', async () => {
    const { get } = await createLaboratory();
    const { document } = await get('/v1/inventory/items?kind=location&type=Plate');
    expect(document.data.map(({ id }: { id: string }) => id)).toEqual([demoInventory.grid]);
  });

  it('are none where no value is equal as a whole', async () => {
    const { get } = await createLaboratory();
    const { document } = await get('/v1/inventory/items?kind=container&field=fields.Barcode&value=C0000');
    expect([document.data, document.meta.total]).toEqual([[], 0]);
  });
});
