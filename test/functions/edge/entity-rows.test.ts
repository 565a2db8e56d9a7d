/** /v1/entities/{eid}/rows against the simulated tenant: every type of table, and pages. */
import { describe, expect, it } from 'vitest';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { demoSpecials } from '../../../packages/signals-simulator/src/demo/special.ts';
import { createLaboratory } from '../../support/laboratory.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { add, added, change, newRows, retry, rowsOf } from '../../support/table-rows.ts';

/** Everything that the grid of the demo can hold, as a caller writes it and reads it. */
const fullRow = {
  Colour: 'dark red',
  Temperature: 21.5,
  Cycles: 3,
  Outcome: 'pass',
  Tags: ['fast', 'pure'],
  Approved: false,
  'Measured at': '2026-06-01T08:00:00.000Z',
  Mass: '2.5 g',
  Record: demoIds.experiment,
  'Web page': { value: 'https://example.com/a', display: 'A page' },
  Departments: ['Chemistry', 'Biology'],
};

const tables = [
  ['an admin-defined table', demoIds.grid, '', { Colour: 'red', Temperature: 2 }, { Colour: 'blue' }],
  ['a materials table', demoSpecials.materialsTable, '', { Structure: 'CCO', Amount: 2 }, { Structure: 'CO' }],
  [
    'a layer of a hierarchical table',
    demoSpecials.hierarchy,
    'part=steps',
    { Component: 'Cool', Amount: 2 },
    { Component: 'Wait' },
  ],
  [
    'the components of a variations table',
    demoSpecials.variations,
    '',
    { Component: 'Acid', Amount: 2 },
    { Component: 'Base' },
  ],
] as const;

describe('rows', () => {
  it.each(tables)('of %s are added, changed, listed and deleted', async (_name, eid, part, cells, changes) => {
    const laboratory = await createLaboratory();
    const { ask, get } = laboratory;
    const before = (await get(rowsOf(eid, part))).document.meta.total;
    const query = [part, retry].filter(Boolean).join('&');
    const row = await add(laboratory, eid, cells, query);
    expect(row.attributes.cells).toEqual(cells);

    const one = `/v1/entities/${eid}/rows/${row.id}?${query}`;
    const changed = await ask('PATCH', one, { document: change(changes) });
    expect([changed.status, changed.document.data.attributes.cells]).toEqual([200, { ...cells, ...changes }]);
    const listed = await get(rowsOf(eid, part));
    expect(listed.document.meta.total).toBe(before + 1);
    expect(listed.document.data.at(-1)).toEqual(changed.document.data);
    expect(listed.headers.etag).toBe(changed.headers.etag);

    expect((await ask('DELETE', one)).status).toBe(204);
    const gone = await ask('DELETE', one);
    expect([gone.status, gone.document.errors[0].code]).toEqual([404, 'ENTITY_UNKNOWN']);
    expect((await get(rowsOf(eid, part))).document.meta.total).toBe(before);
  });

  it('have every type of cell in the same form in both directions', async () => {
    const laboratory = await createLaboratory();
    const row = await add(laboratory, demoIds.grid, fullRow);
    expect(row.attributes.cells).toEqual(fullRow);
    const emptied = await laboratory.ask('PATCH', `/v1/entities/${demoIds.grid}/rows/${row.id}?${retry}`, {
      document: change({ Colour: null, Tags: null, Mass: null }),
    });
    const { Colour: _c, Tags: _t, Mass: _m, ...others } = fullRow;
    expect(emptied.document.data.attributes.cells).toEqual(others);
  });

  it('are added many at once in one call, all or none', async () => {
    const { post, simulator } = await createLaboratory();
    const colours = ['a', 'b', 'c'].map((Colour) => ({ cells: { Colour } }));
    const { status, document } = await post(rowsOf(demoIds.grid, retry), newRows(...colours));
    expect([status, document.data.map((row: { attributes: object }) => row.attributes)]).toEqual([201, colours]);
    const writes = simulator.arrivals.filter(({ method }) => method !== 'GET');
    expect(writes.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      `PATCH /api/rest/v1.0/adt/${encodeURIComponent(demoIds.grid)}`,
    ]);
  });

  it('of samples are changed, and not made', async () => {
    const { ask, get, post } = await createLaboratory();
    const { document } = await get(rowsOf(demoIds.samplesContainer));
    const [sample] = nonEmpty(document.data as { id: string; attributes: { name: string } }[]);
    expect(sample?.attributes.name).toEqual(expect.any(String));
    const text = document.meta.columns.find(
      ({ type, isReadOnly }: { type: string; isReadOnly: boolean }) => type === 'text' && !isReadOnly,
    );
    const changed = await ask('PATCH', `/v1/entities/${demoIds.samplesContainer}/rows/${sample?.id}?${retry}`, {
      document: change({ [text.name]: 'changed here' }),
    });
    expect([changed.status, changed.document.data.attributes.cells[text.name]]).toEqual([200, 'changed here']);
    const refused = await post(rowsOf(demoIds.samplesContainer, retry), added({ [text.name]: 'x' }));
    expect([refused.status, refused.document.errors[0].code]).toEqual([422, 'TABLE_REFUSED']);
    expect(refused.document.errors[0].detail).toContain('POST /entities');
  });

  it('of a variant are changed only', async () => {
    const { ask, get, post } = await createLaboratory();
    const { document } = await get(rowsOf(demoSpecials.variations, 'part=v1'));
    const [row] = nonEmpty(document.data as { id: string }[]);
    const one = `/v1/entities/${demoSpecials.variations}/rows/${row?.id}?part=v1&${retry}`;
    const changed = await ask('PATCH', one, { document: change({ Amount: 7 }) });
    expect([changed.status, changed.document.data.attributes.cells.Amount]).toEqual([200, 7]);
    const refused = await Promise.all([
      ask('DELETE', one),
      post(rowsOf(demoSpecials.variations, `part=v1&${retry}`), added({ Amount: 1 })),
    ]);
    expect(refused.map(({ document: { errors } }) => errors[0].code)).toEqual(['TABLE_REFUSED', 'TABLE_REFUSED']);
  });

  it('of a hierarchical table need a layer, and the refusal names them', async () => {
    const { get } = await createLaboratory();
    const { status, document } = await get(rowsOf(demoSpecials.hierarchy));
    expect([status, document.errors[0].source]).toEqual([400, { parameter: 'part' }]);
    expect(document.errors[0].detail).toContain('steps (Steps), actions (Actions)');
    const unknown = await get(rowsOf(demoSpecials.hierarchy, 'part=none'));
    expect([unknown.status, unknown.document.errors[0].code]).toEqual([404, 'ENTITY_UNKNOWN']);
    const actions = await get(rowsOf(demoSpecials.hierarchy, 'part=actions'));
    expect(actions.document.data[0].attributes.parentRowId).toEqual(expect.any(String));
  });

  it.each([
    [demoIds.text, 422, 'TABLE_REFUSED'],
    [demoSpecials.plates, 422, 'TABLE_REFUSED'],
    ['constructor:00000000-0000-4000-a000-000000000999', 404, 'ENTITY_UNKNOWN'],
    ['grid:00000000-0000-4000-a000-000000000999', 404, 'ENTITY_UNKNOWN'],
  ])('of %s are refused with %i', async (eid, status, code) => {
    const { get, post } = await createLaboratory();
    for (const answer of [await get(rowsOf(eid)), await post(rowsOf(eid, retry), added({ Colour: 'x' }))])
      expect([answer.status, answer.document.errors[0].code]).toEqual([status, code]);
  });

  it('come in pages that hold each row once, also when rows are added and deleted meanwhile', async () => {
    const laboratory = await createLaboratory();
    const { ask, get, post } = laboratory;
    await post(
      rowsOf(demoIds.grid, retry),
      newRows(...Array.from({ length: 7 }, (_, index) => ({ cells: { Cycles: index } }))),
    );
    const whole: { id: string }[] = (await get(rowsOf(demoIds.grid))).document.data;
    const seen: string[] = [];
    let next: string | undefined = rowsOf(demoIds.grid, 'page[limit]=3');
    while (next !== undefined) {
      const { document }: { document: { data: { id: string }[]; links: { next?: string } } } = await get(next);
      seen.push(...document.data.map(({ id }) => id));
      next = document.links.next;
      if (seen.length === 3) {
        await ask('DELETE', `/v1/entities/${demoIds.grid}/rows/${seen[0]}?${retry}`);
        await add(laboratory, demoIds.grid, { Colour: 'late' });
      }
    }
    expect(seen).toHaveLength(whole.length + 1);
    expect(seen.slice(0, whole.length)).toEqual(whole.map(({ id }) => id));
    const lost = await get(rowsOf(demoIds.grid, 'page[cursor]=4~gone'));
    expect([lost.status, lost.document.errors[0].source]).toEqual([400, { parameter: 'page[cursor]' }]);
  });
});
