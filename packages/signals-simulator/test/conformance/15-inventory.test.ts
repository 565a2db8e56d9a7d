import { expect } from 'vitest';
import { demoInventory } from '../../src/demo/inventory.ts';
import { facts, itWrites } from './target.ts';

facts(
  '15. inventory',
  (fixture) => {
    const vial = {
      typeId: demoInventory.vialType,
      amount: 2,
      unit: 'g',
      fields: [{ id: 'f1', content: { value: 'Red' } }],
    };
    const create = (attributes: object) =>
      fixture.target.post('/inventory/containers', {
        data: { type: 'inventoryContainer', attributes: { ...vial, ...attributes } },
      });
    const createLocation = (attributes: object) =>
      fixture.target.post('/inventory/locations', {
        data: { type: 'inventoryLocation', attributes: { typeId: demoInventory.roomType, ...attributes } },
      });

    itWrites('needs entityType to list types', async () => {
      expect((await fixture.target.get('/inventory/types')).status).toBe(400);
      const { data } = (await fixture.target.get('/inventory/types?entityType=container')).json;
      expect(data.map(({ attributes }: { attributes: { name: string } }) => attributes.name)).toEqual(['Vial', 'Tube']);
    });

    itWrites('answers a single create with a list of one, the name given by the server', async () => {
      const answer = await create({ barcode: 'ONE', location: { id: demoInventory.room } });
      expect([answer.status, answer.json.data.length, answer.json.data[0].attributes.name]).toEqual([
        201,
        1,
        'Container-0121',
      ]);
    });

    itWrites('names the first missing required field with 400', async () => {
      const answer = await create({ fields: [] });
      expect([answer.status, answer.json.errors[0].detail]).toEqual([400, '"Cap Colour" is required.']);
    });

    itWrites.each([
      [456, { barcode: 'C00001' }],
      [463, { location: { id: demoInventory.room }, coordinateX: 0, coordinateY: 0 }],
      [457, { location: { id: demoInventory.grid }, coordinateX: 12, coordinateY: 0 }],
      [457, { location: { id: demoInventory.grid }, coordinateX: 0, coordinateY: 0 }],
      [442, { location: { id: 'nowhere' } }],
      [464, { typeId: demoInventory.roomType }],
      [436, { unit: 'lb' }],
    ])('refuses with %i: %j', async (status, attributes) => {
      expect((await create(attributes)).status).toBe(status);
    });

    itWrites('creates several, all or none', async () => {
      const item = (barcode: string) => ({ type: 'inventoryContainer', attributes: { ...vial, barcode } });
      const bulk = (data: object[]) => fixture.target.post('/inventory/containers/bulk', { data });
      expect((await bulk([item('B1'), item('C00001')])).status).toBe(456);
      expect((await bulk([item('B1'), item('B2')])).json.data).toHaveLength(2);
    });

    itWrites('keeps names and barcodes of locations unique (458, 456)', async () => {
      expect(
        (await createLocation({ name: 'Plate 12', barcode: 'B12', ancestors: [{ id: demoInventory.room }] })).status,
      ).toBe(201);
      expect((await createLocation({ name: 'Plate 12' })).status).toBe(458);
      expect((await createLocation({ name: 'Plate 13', barcode: 'B12' })).status).toBe(456);
    });

    itWrites('shows rows, columns and gridLayout of a grid', async () => {
      const { attributes } = (await fixture.target.get(`/inventory/locations/${demoInventory.grid}`)).json.data;
      expect([attributes.rows, attributes.columns, attributes.gridLayout.split('/')[0]]).toEqual([
        8,
        12,
        'XXXXXXXXXXXX',
      ]);
    });

    itWrites('sets the amount as text with a unit; a number is 400', async () => {
      const path = `/inventory/containers/${demoInventory.container}/amount?force=true`;
      const set = (amount: unknown) =>
        fixture.target.patch(path, { data: { type: 'inventoryContainer', attributes: { amount } } });
      expect((await set(4)).status).toBe(400);
      expect((await set('4 mg')).json.data.attributes.displayAmount).toBe('4 mg');
    });

    itWrites('walks the states, under a uuid digest', async () => {
      const made = (await create({})).json.data[0];
      const act = (action: string, digest = 'force=true') =>
        fixture.target.send('POST', `/inventory/containers/${made.id}/status/${action}?${digest}`);
      expect((await act('checkout', 'digest=x')).status).toBe(428);
      const states = [];
      for (const action of ['checkout', 'checkin', 'dispose', 'restore', 'dispose', 'finalDispose'])
        states.push((await act(action)).json.data.attributes.status);
      expect(states).toEqual(['IN_USE', 'AVAILABLE', 'DISPOSED', 'AVAILABLE', 'DISPOSED', 'FINAL_DISPOSED']);
      expect((await act('restore')).status).toBe(466);
      expect((await act('sing')).status).toBe(441);
    });

    itWrites('finds by barcode, leaving the unknown and disposed out, at most 100', async () => {
      const find = (barcodes: string[], type = 'application/vnd.api+json') =>
        fixture.target.post(
          '/inventory/containers/search',
          { data: { type: 'containerSearch', attributes: { barcodes } } },
          { headers: { 'content-type': type } },
        );
      expect((await find(['C00001', 'nowhere'])).json.data).toHaveLength(1);
      expect((await find(Array(101).fill('C00001'))).status).toBe(479);
      expect((await find(['C00001'], 'application/json')).status).toBe(415);
    });

    itWrites('answers an unknown container with 437', async () => {
      expect((await fixture.target.get('/inventory/containers/nowhere')).status).toBe(437);
    });

    const search = (isTemplate: boolean | undefined) =>
      fixture.target.post('/entities/search?source=IVT&page[limit]=100', {
        query: {
          $and: [
            { $match: { field: 'type', value: 'container', mode: 'keyword' } },
            ...(isTemplate === undefined ? [] : [{ $match: { field: 'isTemplate', value: isTemplate } }]),
          ],
        },
      });

    itWrites('is searched in IVT, where the types come too unless isTemplate is false', async () => {
      const [all, items] = [await search(undefined), await search(false)];
      expect(all.json.meta.total).toBe(items.json.meta.total + 2);
      expect(items.json.data[0].id).toMatch(/^container:[0-9a-f-]+:ivt$/);
      const tags = {
        $match: { field: 'container.Container Type', value: 'Tube', in: 'tags', as: 'text', mode: 'keyword' },
      };
      const tubes = await fixture.target.post('/entities/search?source=IVT', { query: tags });
      expect(tubes.json.meta.total).toBe(60);
    });

    itWrites('changes the status of many in a job with counters and a CSV report', async () => {
      const made = (await create({})).json.data[0];
      const started = await fixture.target.post('/inventory/containers/bulkUpdateStatus/jobs', {
        data: { attributes: { action: 'dispose', containerIds: [made.id] } },
      });
      expect(started.status).toBe(200);
      const path = `/inventory/containers/bulkUpdateStatus/jobs/${started.json.data.attributes.jobId}`;
      expect((await fixture.target.get(`${path}/status`)).json.data.attributes).toEqual(
        expect.objectContaining({ status: 'COMPLETED', pendingCount: 0, successCount: 1 }),
      );
      expect((await fixture.target.get(`${path}/report`)).text).toContain(`${made.id},SUCCESS`);
    });

    itWrites('answers 400 to a report while the job is pending', async () => {
      fixture.simulator.tenant.behaviour.jobMillis = 60_000;
      const started = await fixture.target.post('/inventory/containers/bulkExport?fileType=CSV', {});
      const report = await fixture.target.get(
        `/inventory/containers/bulkExport/jobs/${started.json.data.attributes.jobId}/report`,
      );
      fixture.simulator.tenant.behaviour.jobMillis = 0;
      expect(report.status).toBe(400);
    });
  },
  { behaviour: { jobMillis: 0 } },
);
