import { expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { demoInventory } from '../../src/demo/inventory.ts';
import { digestOf, facts, itWrites, type Target } from './target.ts';

const flagsOf = async (target: Target, eid: string) =>
  (await target.get(`/entities/${eid}`)).json.data.attributes.flags;

facts('edges of several topics', (fixture) => {
  itWrites('gives children of closed and of trashed experiments canEdit false', async () => {
    for (const parent of [demoIds.closedExperiment, demoIds.trashedWithChildren]) {
      const [child] = fixture.simulator.tenant.entities.childrenOf(parent);
      expect((await flagsOf(fixture.target, child?.id ?? '')).canEdit).toBe(false);
    }
    expect((await flagsOf(fixture.target, demoIds.text)).canEdit).toBe(true);
  });

  const container = (contents: object[], typeId: string = demoInventory.tubeType) =>
    fixture.target.post('/inventory/containers', {
      data: { type: 'inventoryContainer', attributes: { typeId, contents } },
    });
  const idOf = (type: string) => [...fixture.simulator.tenant.entities.ofType(type)][0]?.id;

  itWrites('takes batches into containers, but no asset that has batches, wherever it stands', async () => {
    const [asset, batch] = [{ entityId: idOf('asset') }, { entityId: idOf('batch') }];
    expect((await container([batch])).status).toBe(201);
    expect((await container([asset])).status).toBe(436);
    expect((await container([batch, asset])).status).toBe(436);
    expect((await container([{}])).status).toBe(436);
  });

  itWrites('tells a missing type of a container from an unknown one', async () => {
    expect((await container([], '')).status).toBe(400);
    expect((await container([], '00000000-0000-4000-b000-000000000000')).status).toBe(464);
  });

  itWrites('exports tables of samples as CSV, and tables of tasks as JSON in a text', async () => {
    const csv = await fixture.target.get(`/entities/${demoIds.samplesContainer}/export`);
    expect(csv.text.trim().split('\r\n')).toHaveLength(5);
    const tasks = await fixture.target.get(`/entities/${idOf('taskContainer')}/export`);
    expect(tasks.json.rows.length).toBeGreaterThan(0);
    expect((await fixture.target.get(`/entities/${idOf('taskContainer')}/export?format=csv`)).status).toBe(400);
  });

  itWrites.each(['5', '2', '-2', ''])('refuses a bulk export to depth "%s" with 400', async (depth) => {
    const path = `/entities/export/bulk?eid=${demoIds.experiment}&depth=${depth}`;
    expect((await fixture.target.send('POST', path)).status).toBe(400);
  });

  itWrites('counts ids of a materials export as sent', async () => {
    const send = (count: number) =>
      fixture.target.post('/materials/Compounds/bulkExport', {
        data: { type: 'materialBulkExportRequest', attributes: { ids: Array.from({ length: count }, () => '0001') } },
      });
    expect([(await send(5001)).status, (await send(5000)).status]).toEqual([400, 200]);
  });

  itWrites('refuses uploads to an unknown page, unknown table actions, and a second share', async () => {
    const upload = await fixture.target.post(
      `/entities/${demoIds.experiment}/children/a.txt?force=true&pageId=nowhere`,
      'x',
      { headers: { 'content-type': 'text/plain' } },
    );
    expect(upload.status).toBe(404);
    const digest = await digestOf(fixture.target, demoIds.grid);
    const rows = { data: [{ id: 'x', type: 'adtRow', attributes: { action: 'sing' } }] };
    expect((await fixture.target.patch(`/adt/${demoIds.grid}?digest=${digest}`, rows)).status).toBe(400);
    const share = { data: { type: 'share', attributes: { user: { userId: '104' } } } };
    const statuses = [];
    for (let i = 0; i < 2; i += 1)
      statuses.push((await fixture.target.post(`/entities/${demoIds.experiment}/shares`, share)).status);
    expect(statuses).toEqual([201, 409]);
  });

  itWrites('shows an empty multi-select as an empty list', async () => {
    const id = demoIds.experimentTemplate;
    const { fields } = (await fixture.target.get(`/entities/${id}`)).json.data.attributes;
    expect(fields.Techniques).toEqual({ values: [] });
    const { data } = (await fixture.target.get(`/entities/${id}/properties`)).json;
    const techniques = data.find(
      ({ attributes }: { attributes: { name: string } }) => attributes.name === 'Techniques',
    );
    expect(techniques.attributes).toEqual({ id: '16', name: 'Techniques', value: '', values: [] });
  });

  itWrites('holds samples that are registered outside, and some that changed since', async () => {
    const kinds = new Set<string>();
    for (const { id, isTemplate } of fixture.simulator.tenant.entities.ofType('sample')) {
      if (isTemplate) continue;
      const { data } = (await fixture.target.get(`/samples/${id}/properties`)).json;
      const read = (name: string) =>
        data.find((item: { id: string }) => item.id === `digests.${name}`).attributes.content.value ?? '';
      kinds.add(read('external') === '' ? 'new' : read('external') === read('self') ? 'registered' : 'drifted');
    }
    expect([...kinds].toSorted()).toEqual(['drifted', 'new', 'registered']);
  });
});
