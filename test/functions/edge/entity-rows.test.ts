/** /v1/entities/{eid}/rows against the simulated tenant. */
import { describe, expect, it } from 'vitest';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { demoSpecials } from '../../../packages/signals-simulator/src/demo/special.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createTestCache } from '../../shared/cache/support.ts';
import { createLaboratory, type Fault, type Laboratory } from '../../support/laboratory.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const retry = 'onConflict=retry';
const rowsOf = (eid: string, query = '') => `/v1/entities/${eid}/rows${query === '' ? '' : `?${query}`}`;
const newRows = (...rows: readonly object[]) => ({ data: { type: 'table-rows', attributes: { rows } } });
const added = (cells: object) => newRows({ cells });
const change = (cells: object, more: object = {}) => ({ data: { type: 'table-row', attributes: { cells, ...more } } });
const faultsOf = ({ errors }: { errors: readonly Fault[] }) =>
  errors.map(({ source, detail }) => [source?.pointer, detail]);

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

const add = async ({ post }: Laboratory, eid: string, cells: object, query = retry) => {
  const { status, document } = await post(rowsOf(eid, query), added(cells));
  expect([status, document.errors]).toEqual([201, undefined]);
  return document.data[0] as { readonly id: string; readonly attributes: { readonly cells: object } };
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

describe('versions', () => {
  it('are needed, and one way to name them', async () => {
    const { ask, post } = await createLaboratory();
    const one = `/v1/entities/${demoIds.grid}/rows/r1`;
    const missing = await Promise.all([
      post(rowsOf(demoIds.grid), added({ Colour: 'x' })),
      ask('PATCH', one, { document: change({ Colour: 'x' }) }),
      ask('DELETE', one),
    ]);
    expect(missing.map(({ status, document }) => [status, document.errors[0].code])).toEqual(
      missing.map(() => [428, 'VERSION_MISSING']),
    );
    const both = await post(rowsOf(demoIds.grid, retry), added({ Colour: 'x' }), { headers: { 'if-match': '"1"' } });
    expect([both.status, both.document.errors[0].source]).toEqual([400, { parameter: 'onConflict' }]);
    const any = await post(rowsOf(demoIds.grid), added({ Colour: 'x' }), { headers: { 'if-match': '*' } });
    expect([any.status, any.document.errors[0].source]).toEqual([400, { header: 'If-Match' }]);
  });

  it.each([428, 409])(
    'that are outdated are refused with 412, and nothing is written, where the tenant says %i',
    async (said) => {
      const laboratory = await createLaboratory();
      const { ask, get, post, simulator } = laboratory;
      const { headers } = await get(rowsOf(demoIds.grid));
      const fresh = { 'if-match': String(headers.etag) };
      const first = await post(rowsOf(demoIds.grid), added({ Colour: 'first' }), { headers: fresh });
      expect(first.status).toBe(201);
      const rows = simulator.tenant.tables.get(demoIds.grid)?.rows.length;
      if (said === 409) await laboratory.fail({ kind: 'status', operation: 'POST /adt/{eid}', status: 409, times: 1 });
      const late = await post(rowsOf(demoIds.grid), added({ Colour: 'late' }), { headers: fresh });
      expect([late.status, late.document.errors[0].code]).toEqual([412, 'ENTITY_CHANGED']);
      expect(simulator.tenant.tables.get(demoIds.grid)?.rows.length).toBe(rows);
      const again = await ask('PATCH', `/v1/entities/${demoIds.grid}/rows/${first.document.data[0].id}`, {
        document: change({ Colour: 'second' }),
        headers: { 'if-match': String(first.headers.etag) },
      });
      expect(again.status).toBe(200);
    },
  );

  it('are never passed over: no call of these routes forces', async () => {
    const laboratory = await createLaboratory();
    await add(laboratory, demoIds.grid, { Colour: 'x' });
    expect(laboratory.simulator.arrivals.filter(({ path }) => /force/.test(path))).toEqual([]);
    expect(laboratory.simulator.arrivals.filter(({ path }) => /digest=/.test(path))).toHaveLength(1);
  });

  it('are given up on after eight tries, and the caller learns that nothing was written', async () => {
    const { fail, post, simulator } = await createLaboratory();
    await fail({ kind: 'status', operation: 'POST /adt/{eid}', status: 428, times: 100 });
    const { status, document } = await post(rowsOf(demoIds.grid, retry), added({ Colour: 'x' }));
    expect([status, document.errors[0].code]).toEqual([409, 'ENTITY_CONTENDED']);
    expect(simulator.arrivals.filter(({ method }) => method === 'POST')).toHaveLength(8);
  });
});

describe('a write', () => {
  it('is carried out once under an idempotency key', async () => {
    const { post, simulator } = await createLaboratory();
    const body = added({ Colour: 'once' });
    const first = await post(rowsOf(demoIds.grid, retry), body, { key: 'k1' });
    const second = await post(rowsOf(demoIds.grid, retry), body, { key: 'k1' });
    expect([first.status, second.status, second.document]).toEqual([201, 201, first.document]);
    expect(simulator.arrivals.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([
    [demoIds.grid, '', 'adt', { Colour: 'x' }],
    [demoSpecials.materialsTable, '', 'materials', { Amount: 2 }],
    [demoSpecials.hierarchy, 'part=steps&', 'hierarchical-tables', { Amount: 2 }],
    [demoSpecials.variations, '', 'adt', { Amount: 2 }],
  ])('of the service account to %s is not replayed to who must be a person', async (eid, part, scope, cells) => {
    const { post, registry, simulator } = await createLaboratory();
    const url = rowsOf(eid, `${part}${retry}`);
    expect((await post(url, added(cells), { key: 'k' })).headers['x-acting-as']).toBe('service');
    const writes = () => simulator.arrivals.filter(({ method }) => method !== 'GET').length;
    const before = writes();
    await registry.save(
      {
        ...{ id: 'app', scopes: ['*:*'], state: 'active' },
        ...{ actsAs: ['service', 'bearer'], userAttributed: [`${scope}:write`] },
      },
      hashKey('app-now'),
    );
    const again = await post(url, added(cells), { as: 'app-now', key: 'k' });
    expect([again.status, again.document.errors?.[0].code, writes()]).toEqual([403, 'USER_TOKEN_NEEDED', before]);
  });

  it('is not replayed to a consumer that has lost the scope of the native operation', async () => {
    const { post, registry } = await createLaboratory();
    const rows = rowsOf(demoIds.grid, retry);
    expect((await post(rows, added({ Colour: 'x' }), { key: 'k' })).status).toBe(201);
    await registry.save({ id: 'app', scopes: ['entities:*'], state: 'active' }, hashKey('app-now'));
    const again = await post(rows, added({ Colour: 'x' }), { as: 'app-now', key: 'k' });
    expect([again.status, again.document.errors?.[0].code]).toEqual([403, 'SCOPE_MISSING']);
  });

  it('needs the scope of the native operation too', async () => {
    const { ask, get, post, registry } = await createLaboratory();
    await registry.save(
      { id: 'limited', scopes: ['entities:*', 'adt:read', 'adt:write'], state: 'active' },
      hashKey('limited'),
    );
    const body = added({ Structure: 'C' });
    const refused = await post(rowsOf(demoSpecials.materialsTable, retry), body, { as: 'limited' });
    expect([refused.status, refused.document.errors[0].code]).toEqual([403, 'SCOPE_MISSING']);
    const row = (await post(rowsOf(demoIds.grid, retry), added({ Colour: 'x' }), { as: 'limited' })).document.data[0];
    const gone = await ask('DELETE', `/v1/entities/${demoIds.grid}/rows/${row.id}?${retry}`, { as: 'limited' });
    expect([gone.status, gone.document.errors[0].code]).toEqual([403, 'SCOPE_MISSING']);
    expect((await get(rowsOf(demoIds.grid))).document.data.map(({ id }: { id: string }) => id)).toContain(row.id);
  });

  it('carries the reason for the change where one is given', async () => {
    const laboratory = await createLaboratory();
    const { ask, simulator } = laboratory;
    const row = await add(laboratory, demoIds.grid, { Colour: 'x' });
    const one = `/v1/entities/${demoIds.grid}/rows/${row.id}?${retry}`;
    await ask('PATCH', one, { document: change({ Colour: 'y' }, { reasonId: '7', comment: 'a typo' }) });
    await ask('DELETE', `${one}&reasonId=7`);
    const sent = simulator.arrivals.filter(({ method }) => method === 'PATCH');
    expect(sent).toHaveLength(2);
    expect(simulator.tenant.tables.get(demoIds.grid)?.rows.some(({ id }) => id === row.id)).toBe(false);
  });
});
