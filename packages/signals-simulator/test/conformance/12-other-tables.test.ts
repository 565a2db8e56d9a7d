import { expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { demoSpecials } from '../../src/demo/special.ts';
import { predefinedLayers } from '../../src/tenant/plates.ts';
import { createChild, digestOf, facts, itWrites } from './target.ts';

const cells = (...pairs: [string, unknown][]) => pairs.map(([key, value]) => ({ key, content: { value } }));

facts('12. other tables, tasks, plates, drawings', (fixture) => {
  itWrites('adds rows to a materials table under its own row type', async () => {
    const path = `/materialsTable/${demoSpecials.materialsTable}`;
    const made = await fixture.target.post(`${path}?force=true`, {
      data: { type: 'materialsTableRow', attributes: { cells: cells(['m2', 'CCO']) } },
    });
    expect([made.status, made.json.data.type]).toEqual([201, 'materialsTableRow']);
    const registered = await fixture.target.send('POST', `${path}/${made.json.data.id}/register?force=true`);
    expect(registered.json.data.type).toBe('material');
  });

  itWrites('takes one action per request on variants, and at most 20 of them', async () => {
    const path = `/variationsTables/${demoSpecials.variations}?force=true`;
    const act = (...actions: string[]) =>
      fixture.target.patch(path, { data: actions.map((action) => ({ type: 'variant', attributes: { action } })) });
    expect((await act('create', 'delete')).status).toBe(400);
    expect((await act('create')).json.data.attributes.variants).toHaveLength(2);
    expect((await act(...Array(18).fill('create'))).status).toBe(200);
    expect((await act('create')).status).toBe(400);
  });

  itWrites('copies the parts of a table with its template', async () => {
    const made = await createChild(
      fixture.target,
      'hierarchicalGrid',
      demoIds.experiment,
      {},
      demoIds.hierarchicalTemplate,
    );
    const { data } = (await fixture.target.get(`/hierarchicalTables/${made.id}`)).json;
    expect(data.map(({ id }: { id: string }) => id)).toEqual(['steps', 'actions']);
  });

  itWrites('removes a row of a layer with the rows below it', async () => {
    const path = `/hierarchicalTables/${demoSpecials.hierarchy}/tables`;
    const [mix] = (await fixture.target.get(`${path}/steps`)).json.data;
    const below = await fixture.target.post(`${path}/actions/rows/search`, {
      data: { attributes: { parentRowIds: [mix.id] } },
    });
    expect(below.json.data).toHaveLength(2);
    expect((await fixture.target.remove(`${path}/steps/rows/${mix.id}?force=true`)).status).toBe(204);
    expect((await fixture.target.get(`${path}/actions`)).json.data).toHaveLength(1);
  });

  itWrites('reads and writes worksheet fields', async () => {
    const path = `/worksheet/${demoSpecials.worksheet}`;
    const answer = await fixture.target.patch(`${path}?force=true`, {
      data: { attributes: { fields: [{ id: '60', content: { value: 'Ada' } }] } },
    });
    expect(answer.json.data.attributes.fields[0].content.value).toBe('Ada');
  });

  itWrites("guards a task's fields with the digest of its container", async () => {
    const path = `/tasks/${demoSpecials.task}/properties/40`;
    const set = (digest: string) =>
      fixture.target.patch(`${path}?digest=${digest}`, { data: { attributes: { content: { value: 'x' } } } });
    expect((await set(await digestOf(fixture.target, demoSpecials.task))).status).toBe(428);
    expect((await set(await digestOf(fixture.target, demoSpecials.tasks))).status).toBe(200);
  });

  itWrites('refuses the task field Experiment Link, which the system keeps', async () => {
    const answer = await fixture.target.patch(`/tasks/${demoSpecials.task}/properties/8?force=true`, {
      data: { attributes: { content: { value: 'x' } } },
    });
    expect([answer.status, answer.json.errors[0].detail]).toEqual([400, expect.stringContaining('not editable')]);
  });

  itWrites('needs cells to assign, and does not assign the completed', async () => {
    const act = (list: string, type: string, action: string, more: object = {}) =>
      fixture.target.patch(`/tasks/${list}/rows?force=true`, {
        data: [{ type, id: demoSpecials.task, attributes: { action, ...more } }],
      });
    const todo = (action: string, more: object = {}) => act(`todo/${demoSpecials.todo}`, 'todoListRow', action, more);
    expect((await todo('assign')).status).toBe(400);
    expect((await todo('assign', { cells: [{ key: 'analyst', content: { value: '102' } }] })).status).toBe(200);
    expect((await todo('complete')).json.data[0].attributes.status).toBe('Completed');
    expect((await todo('assign', { cells: [{}] })).status).toBe(409);
  });

  itWrites('creates plates of 1 to 48 rows and columns without a name', async () => {
    const digest = await digestOf(fixture.target, demoIds.experiment);
    const create = (attributes: object) =>
      fixture.target.post(`/plates?digest=${digest}`, {
        data: {
          type: 'plateContainer',
          attributes,
          relationships: { ancestors: { data: [{ type: 'experiment', id: demoIds.experiment }] } },
        },
      });
    const size = { numberOfRows: 8, numberOfColumns: 12, numberOfPlates: 2 };
    expect((await create({ ...size, name: 'x' })).status).toBe(400);
    expect((await create({ ...size, numberOfRows: 49 })).status).toBe(400);
    const made = await create(size);
    expect(
      (await fixture.target.get(`/plates/${made.json.data.id}/plates`)).json.data.map(({ id }: { id: string }) => id),
    ).toEqual(['Plate-1', 'Plate-2']);
  });

  itWrites('fills one layer per call, with one unit per plate', async () => {
    const path = `/plates/${demoSpecials.plates}/plates/Plate-1?force=true`;
    const id = predefinedLayers[1]?.id ?? '';
    const send = (annotationLayers: object[]) =>
      fixture.target.patch(path, { data: { attributes: { annotationLayers } } });
    const fill = (wellId: string, units: string) =>
      send([{ id, wells: [{ wellId, content: { value: `5 ${units}` } }] }]);
    expect((await fill('A1', 'umolar')).status).toBe(200);
    expect((await fill('A2', 'mmolar')).status).toBe(400);
    expect((await fill('A2', 'lb')).status).toBe(400);
    expect((await fill('I1', 'umolar')).status).toBe(400);
    expect(
      (
        await send([
          { id, wells: [] },
          { id, wells: [] },
        ])
      ).status,
    ).toBe(400);
    const [first] = (await fixture.target.get(`/plates/${demoSpecials.plates}/summary`)).json.data;
    expect(first.attributes.cells[0].content.value).toBe('A1');
  });

  itWrites('gives a drawn structure a stoichiometry row, and refuses to remove it', async () => {
    const made = await fixture.target.post(`/chemicaldrawings/${demoIds.drawing}/reaction/reactants?force=true`, {
      data: { attributes: { dataType: 'smiles', data: 'CCO' } },
    });
    const row = (await fixture.target.get(`/stoichiometry/${demoIds.drawing}/${made.json.data.id}?value=normalized`))
      .json.data;
    expect(row.attributes.values.mw).toEqual({ value: 46.07, units: 'g/mol', display: '46.07 g/mol' });
    expect(
      (await fixture.target.remove(`/stoichiometry/${demoIds.drawing}/${made.json.data.id}?force=true`)).status,
    ).toBe(403);
  });

  itWrites('refuses changes of the empty stoichiometry of an uploaded reaction with 403', async () => {
    const made = await fixture.target.post(`/entities/${demoIds.experiment}/children/r.rxn?force=true`, '$RXN', {
      headers: { 'content-type': 'application/octet-stream' },
    });
    const path = `/stoichiometry/${made.json.data.id}`;
    expect((await fixture.target.get(`${path}/reactants`)).json.data).toEqual([]);
    expect((await fixture.target.post(`${path}/reactants?force=true`, { data: { attributes: {} } })).status).toBe(403);
  });

  itWrites('exports a drawing in other formats', async () => {
    const read = async (format: string) =>
      (await fixture.target.get(`/entities/${demoIds.drawing}/export?format=${format}`)).text;
    expect(await read('smiles')).toBe('c1ccccc1.CCO>>C1CCCCC1');
    expect(await read('mol')).toContain('M  END');
    expect(await read('svg')).toContain('<svg');
  });

  itWrites('answers strands that do not pair with 447', async () => {
    const body = { data: { attributes: { sense: 'ACGT', antisense: 'AC' } } };
    expect(
      (await fixture.target.post(`/chemistry/pairedSequence?eid=${demoIds.experiment}&force=true`, body)).status,
    ).toBe(447);
  });

  itWrites('enumerates sub-experiments in a job', async () => {
    fixture.simulator.tenant.behaviour.jobMillis = 0;
    const path = `/enumerator/${demoSpecials.enumerator}/enumerate`;
    const started = await fixture.target.send('POST', `${path}?force=true`);
    expect([started.status, started.json.data.attributes.status]).toEqual([202, 'IN_PROGRESS']);
    expect((await fixture.target.get(`${path}/${started.json.data.id}`)).json.data.attributes.status).toBe('COMPLETED');
    expect((await fixture.target.get(`/subexpSummary/${demoSpecials.subexpSummary}/rows`)).json.data).toHaveLength(10);
  });

  itWrites('retires a monomer and brings it back', async () => {
    const act = async (action: string) =>
      (await fixture.target.send('POST', `/monomers/${demoSpecials.monomer}/${action}?force=true`)).status;
    expect([await act('deprecate'), await act('deprecate'), await act('restore')]).toEqual([200, 409, 200]);
  });
});
