/** client-shapes, section 4: admin-defined tables. */
import { expect } from 'vitest';
import { gridColumns } from '../../src/demo/definitions.ts';
import { demoIds } from '../../src/demo/ids.ts';
import { createChild, facts, itWrites } from './target.ts';

facts('client-shapes 4. admin-defined tables', (fixture) => {
  const clientTypes = [
    'number',
    'integer',
    'datetime',
    'text',
    'list',
    'multiSelect',
    'attributeList',
    'autotextList',
    'boolean',
    'unit',
    'link',
    'externalLink',
  ];

  itWrites('(S12) the default template has only the column types that clients know', async () => {
    const { data } = (await fixture.target.get(`/adt/${demoIds.grid}/_column`)).json;
    expect(data.attributes).toMatchObject({
      id: demoIds.grid,
      type: 'columnDefinitions',
      templateId: demoIds.gridTemplate,
    });
    const columns: { title: string; type: string }[] = data.attributes.columns;
    expect(new Set(columns.map(({ type }) => type))).toEqual(new Set(clientTypes));
    const byTitle = new Map(columns.map((column) => [column.title, column]));
    expect(byTitle.get('Mass')).toMatchObject({ measure: 'mass', defaultUnit: 'g' });
    expect(byTitle.get('Records')).toMatchObject({ type: 'link', multiSelect: true });
    expect(byTitle.get('Departments')).toMatchObject({ attributeListEid: 'attribute:2', multiSelect: true });
    expect(byTitle.get('Procedure')).toMatchObject({ autotextListId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(byTitle.get('Outcome')).toMatchObject({ options: ['pass', 'fail', 'repeat'] });
  });

  itWrites('(S12) the rare kinds are in a template of their own', async () => {
    const { columns } = (await fixture.target.get(`/adt/${demoIds.rareGridTemplate}/_column`)).json.data.attributes;
    expect(columns.map(({ type }: { type: string }) => type)).toEqual(['ontologyList', 'user', 'formula']);
  });

  itWrites('(S29) cells have the forms of value=normalized, several values both members', async () => {
    const { data } = (await fixture.target.get(`/adt/${demoIds.grid}?value=normalized`)).json;
    const [row] = data;
    expect(row).toMatchObject({ type: 'adtRow', attributes: { id: row.id, type: 'adtRow' } });
    expect(row.relationships).toMatchObject({ entity: { data: { id: demoIds.grid } } });
    const cells = new Map<string, { content: object }>(
      row.attributes.cells.map((cell: { name: string; content: object }) => [cell.name, cell]),
    );
    expect(cells.get('Tags')?.content).toEqual({ value: 'fast, pure', values: ['fast', 'pure'] });
    expect(cells.get('Departments')?.content).toEqual({
      value: 'Chemistry, Biology',
      values: ['Chemistry', 'Biology'],
    });
    expect(cells.get('Cycles')?.content).toEqual({ display: '0', value: 0 });
    expect(cells.get('Record')?.content).toEqual({ type: 'experiment', display: 'Run 7', value: demoIds.experiment });
    expect(cells.get('Mass')?.content).toMatchObject({ units: 'g', display: expect.stringMatching(/ g$/) });
  });

  itWrites('section 4: empty cells are left out, and units come as value with display', async () => {
    const grid = await createChild(fixture.target, 'grid', demoIds.experiment, { name: 'Sent' }, demoIds.gridTemplate);
    const key = gridColumns.find(({ title }) => title === 'Mass')?.key;
    const made = await fixture.target.patch(`/adt/${grid.id}?force=true&value=normalized`, {
      data: [
        {
          type: 'adtRow',
          attributes: { action: 'create', cells: [{ key, type: 'unit', content: { value: 3, display: '3 g' } }] },
        },
      ],
    });
    expect(made.json.data[0].attributes.cells).toEqual([
      { key, type: 'unit', name: 'Mass', content: { display: '3 g', value: 3, units: 'g' } },
    ]);
    expect((await fixture.target.patch(`/adt/${grid.id}`, { data: [] })).status).toBe(400);
  });

  itWrites('(S33) a row answers to its id without dashes', async () => {
    const grid = await createChild(
      fixture.target,
      'grid',
      demoIds.experiment,
      { name: 'Dashes' },
      demoIds.gridTemplate,
    );
    const row = { type: 'adtRow', attributes: { cells: [] } };
    const { id } = (await fixture.target.post(`/adt/${grid.id}?force=true`, { data: row })).json.data;
    const path = `/adt/${grid.id}/${id.replaceAll('-', '')}`;
    expect((await fixture.target.get(path)).json.data.id).toBe(id);
    expect((await fixture.target.remove(`${path}?force=true`)).status).toBe(204);
  });
});
