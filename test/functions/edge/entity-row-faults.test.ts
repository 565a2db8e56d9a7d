/** Faults of rows of /v1/entities/{eid}/rows against the simulated tenant. */
import { describe, expect, it } from 'vitest';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { createTestCache } from '../../shared/cache/support.ts';
import { createLaboratory } from '../../support/laboratory.ts';
import { add, change, faultsOf, newRows, retry, rowsOf } from '../../support/table-rows.ts';

describe('faults', () => {
  it('of all cells of all rows are named at once, and nothing is written', async () => {
    const { post, simulator } = await createLaboratory();
    const wrong = {
      ...{ Colour: 1, Temperature: 'warm', Cycles: 1.5, Outcome: 'maybe', Tags: ['slow'], Approved: 'yes' },
      ...{
        'Measured at': 'yesterday',
        Mass: true,
        Record: 'nowhere',
        'Web page': 3,
        Departments: 'Chemistry',
        'no/such': 'x',
      },
    };
    const { status, document } = await post(
      rowsOf(demoIds.grid, retry),
      newRows({ cells: { Colour: 'fine' } }, { cells: wrong }),
    );
    const pointers = faultsOf(document).map(([pointer]) => pointer);
    const at = (name: string) => `/data/attributes/rows/1/cells/${name.replace('/', '~1')}`;
    expect([status, pointers.toSorted()]).toEqual([400, Object.keys(wrong).map(at).toSorted()]);
    expect(simulator.arrivals.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it.each([
    null,
    1,
    true,
    'text',
    [],
    {},
    [[]],
    { data: null },
    { data: [] },
    { data: { type: 'table-rows' } },
    newRows(),
  ])('of the body %j are a 400', async (document) => {
    const { post, simulator } = await createLaboratory();
    const { status } = await post(rowsOf(demoIds.grid, retry), document);
    expect([status, simulator.arrivals]).toEqual([400, []]);
  });

  it.each([[], {}, [1], { value: 1 }, { other: 'x' }, false, [['a']]])(
    'of the value %j in a cell are a 400',
    async (value) => {
      const { ask } = await createLaboratory();
      const answer = await ask('PATCH', `/v1/entities/${demoIds.grid}/rows/r1?${retry}`, {
        document: change({ Colour: value }),
      });
      expect([answer.status, answer.document.errors[0].code]).toEqual([400, 'REQUEST_INVALID']);
    },
  );

  it('include a cell that is given by its title and by its key, and a row above in a flat table', async () => {
    const { get, post } = await createLaboratory();
    const { key } = (await get(rowsOf(demoIds.grid))).document.meta.columns[0];
    const { document } = await post(
      rowsOf(demoIds.grid, retry),
      newRows({ cells: { Colour: 'a', [key]: 'b' }, parentRowId: 'r1' }),
    );
    expect(faultsOf(document)).toEqual([
      [`/data/attributes/rows/0/cells/${key}`, expect.stringContaining('by its title and by its key')],
      ['/data/attributes/rows/0/parentRowId', expect.stringContaining('hierarchical')],
    ]);
  });

  it('that rest on remembered columns are looked at again', async () => {
    const laboratory = await createLaboratory(5, { cache: createTestCache().cache });
    await laboratory.get(rowsOf(demoIds.grid));
    const table = laboratory.simulator.tenant.tables.get(demoIds.grid);
    table?.columns.push({ key: 'new-key', title: 'Brand new', type: 'text' });
    await add(laboratory, demoIds.grid, { 'Brand new': 'x' });
    expect(table?.rows.at(-1)?.cells.get('new-key')).toEqual({ value: 'x' });
  });
});
