import { expect } from 'vitest';
import { gridColumns } from '../../src/demo/definitions.ts';
import { demoIds } from '../../src/demo/ids.ts';
import { createChild, facts, itWrites } from './target.ts';

const keyOf = (title: string) => gridColumns.find((column) => column.title === title)?.key ?? '';
const row = (cells: object[], more: object = {}) => ({ type: 'adtRow', attributes: { cells, ...more } });

facts('12. admin-defined tables', (fixture) => {
  const makeGrid = async (name: string) =>
    (await createChild(fixture.target, 'grid', demoIds.experiment, { name }, demoIds.gridTemplate)).id as string;
  const cell = (title: string, content: unknown) => ({ key: keyOf(title), content });

  itWrites('gives the whole table with column definitions and the grid with its digest', async () => {
    const { json } = await fixture.target.get(`/adt/${demoIds.grid}`);
    expect(json.data).toHaveLength(5);
    expect(json.data[0].type).toBe('adtRow');
    expect(json.included.map(({ type }: { type: string }) => type)).toEqual(['columnDefinitions', 'entity']);
    expect(json.included[0].attributes.columns).toHaveLength(gridColumns.length);
  });

  itWrites('appends a row with 201, changes it with 200, removes it with 204', async () => {
    const eid = await makeGrid('One row');
    const made = await fixture.target.post(`/adt/${eid}?force=true`, { data: row([cell('Colour', { value: 'red' })]) });
    expect(made.status).toBe(201);
    const path = `/adt/${eid}/${made.json.data.id}?force=true`;
    const changed = await fixture.target.patch(path, { data: row([cell('Colour', { value: 'blue' })]) });
    expect(changed.json.data.attributes.cells[0].content.value).toBe('blue');
    expect((await fixture.target.remove(path)).status).toBe(204);
    expect((await fixture.target.get(`/adt/${eid}`)).json.data).toEqual([]);
  });

  itWrites('works off a mixed batch, each item with its action', async () => {
    const eid = await makeGrid('Batch');
    const add = (value: string) => row([cell('Colour', { value })], { action: 'create' });
    const made = await fixture.target.patch(`/adt/${eid}?force=true`, { data: [add('a'), add('b'), add('c')] });
    const [first, second] = made.json.data;
    const mixed = await fixture.target.patch(`/adt/${eid}?force=true`, {
      data: [
        { id: first.id, ...row([cell('Colour', { value: 'A' })], { action: 'update' }) },
        { id: second.id, type: 'adtRow', attributes: { action: 'delete' } },
        add('d'),
      ],
    });
    expect(mixed.status).toBe(200);
    const { data } = (await fixture.target.get(`/adt/${eid}`)).json;
    expect(
      data.map(
        (item: { attributes: { cells: { content: { value: string } }[] } }) => item.attributes.cells[0]?.content.value,
      ),
    ).toEqual(['A', 'c', 'd']);
  });

  itWrites('leaves the table alone when one item of a batch is wrong', async () => {
    const eid = await makeGrid('All or nothing');
    const data = [row([cell('Colour', { value: 'a' })], { action: 'create' }), row([], { action: 'sing' })];
    expect((await fixture.target.patch(`/adt/${eid}?force=true`, { data })).status).toBeGreaterThanOrEqual(400);
    expect((await fixture.target.get(`/adt/${eid}`)).json.data).toEqual([]);
  });

  itWrites('addresses cells by key, not by title', async () => {
    const answer = await fixture.target.post(`/adt/${demoIds.grid}?force=true`, {
      data: row([{ key: 'Colour', content: { value: 'x' } }]),
    });
    expect(answer.status).toBe(400);
  });

  itWrites('clears a cell with content null', async () => {
    const eid = await makeGrid('Clear');
    const made = await fixture.target.post(`/adt/${eid}?force=true`, { data: row([cell('Colour', { value: 'red' })]) });
    const after = await fixture.target.patch(`/adt/${eid}/${made.json.data.id}?force=true`, {
      data: row([cell('Colour', null)]),
    });
    expect(after.json.data.attributes.cells).toEqual([]);
  });

  itWrites('takes units in display, reads a bare value in the base unit, and shows them as value= asks', async () => {
    const eid = await makeGrid('Units');
    await fixture.target.post(`/adt/${eid}?force=true`, { data: row([cell('Mass', { display: '2.5 mg' })]) });
    await fixture.target.post(`/adt/${eid}?force=true`, { data: row([cell('Mass', { value: 3 })]) });
    const contents = async (query: string) =>
      (await fixture.target.get(`/adt/${eid}${query}`)).json.data.map(
        (item: { attributes: { cells: { content: object }[] } }) => item.attributes.cells[0]?.content,
      );
    expect(await contents('')).toEqual([
      { value: '2.5', display: '2.5 mg' },
      { value: '3', display: '3 g' },
    ]);
    expect((await contents('?value=normalized'))[0]).toEqual({ value: 0.0025, units: 'g', display: '2.5 mg' });
  });

  itWrites.each([
    ['Temperature', { value: 'warm' }],
    ['Outcome', { value: 'maybe' }],
    ['Mass', { display: '3 lb' }],
    ['Tags', { value: 'fast' }],
  ])('refuses a wrong value in %s with 400', async (title, content) => {
    const answer = await fixture.target.post(`/adt/${demoIds.grid}?force=true`, { data: row([cell(title, content)]) });
    expect(answer.status).toBe(400);
  });

  itWrites('hides and shows columns, and nothing else, through _column', async () => {
    const eid = await makeGrid('Columns');
    const act = (action: string) =>
      fixture.target.patch(`/adt/${eid}/_column?force=true`, {
        data: { type: 'updateTableColumnRequest', attributes: { action, columns: [{ key: keyOf('Colour') }] } },
      });
    expect((await act('hide')).status).toBe(200);
    expect((await fixture.target.get(`/adt/${eid}/_column`)).json.data.attributes.columns[0].isHidden).toBe(true);
    expect((await act('create')).status).toBe(400);
  });
});
