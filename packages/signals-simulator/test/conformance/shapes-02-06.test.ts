/** client-shapes, sections 2 to 6: drawings, stoichiometry, admin-defined tables, samples, tasks. */
import { expect } from 'vitest';
import { gridColumns } from '../../src/demo/definitions.ts';
import { demoIds } from '../../src/demo/ids.ts';
import { demoSpecials } from '../../src/demo/special.ts';
import { type Answer, createChild, facts, itWrites, newEntity } from './target.ts';

facts('client-shapes 2. drawings', (fixture) => {
  /** A blank drawing, as a sub-experiment has one. */
  const blankDrawing = async (): Promise<string> => {
    const body = newEntity('parasubexp', {}, { parent: demoSpecials.paraexp });
    const made = await fixture.target.post('/entities?force=true', body);
    const { data } = (await fixture.target.get(`/entities/${made.json.data.id}/children`)).json;
    return data[0].id;
  };
  const draw = (eid: string, side: string, data: string, dataType = 'smiles') =>
    fixture.target.post(`/chemicaldrawings/${eid}/reaction/${side}?force=true`, {
      data: { attributes: { dataType, data } },
    });
  const exportOf = (eid: string, format: string): Promise<Answer> =>
    fixture.target.get(`/entities/${eid}/export${format === '' ? '' : `?format=${format}`}`);

  itWrites('(S13) parts are typed by their side and have the id of their row', async () => {
    const eid = await blankDrawing();
    for (const [side, type] of [
      ['reactants', 'reactant'],
      ['reagents', 'reagent'],
      ['products', 'product'],
    ] as const) {
      const { status, json } = await draw(eid, side, 'CO');
      const capital = `reaction${type.charAt(0).toUpperCase()}${type.slice(1)}`;
      expect([status, json.data.type]).toEqual([201, capital]);
      expect(json.data.attributes).toMatchObject({
        type,
        id: json.data.id,
        inchi: 'InChI=1S/CH4O/c1-2/h2H,1H3',
        formula: { value: 'CH<sub>4</sub>O' },
        mw: { display: '32.04 g/mol', value: 32.04, units: 'g/mol' },
        em: { display: '32.02623', value: 32.02623 },
      });
      expect(json.data.relationships.stoichiometry.data.id).toBe(json.data.id);
      const list = (await fixture.target.get(`/chemicaldrawings/${eid}/reaction/${side}`)).json.data;
      expect(list.map(({ id }: { id: string }) => id)).toEqual([json.data.id]);
      expect((await fixture.target.get(`/stoichiometry/${eid}/${json.data.id}`)).json.data.id).toBe(json.data.id);
    }
  });

  itWrites.each([
    ['inchi', 'InChI=1S/C2H4O2/c1-2(3)4/h1H3,(H,3,4)'],
    ['smiles', 'CC(=O)O'],
  ])('(S13) a part given as %s can be copied as inchi and as cdxml', async (dataType, data) => {
    const eid = await blankDrawing();
    const { attributes } = (await draw(eid, 'reactants', data, dataType)).json.data;
    expect(attributes.formula.value).toBe('C<sub>2</sub>H<sub>4</sub>O<sub>2</sub>');
    if (dataType === 'inchi') expect(attributes.inchi).toBe(data);
    for (const copied of ['inchi', 'cdxml']) {
      const copy = (await draw(eid, 'products', attributes[copied], copied)).json.data.attributes;
      expect(copy.formula).toEqual(attributes.formula);
    }
  });

  itWrites('(S1) an export shows the whole drawn reaction', async () => {
    const eid = await blankDrawing();
    for (const [side, data] of [
      ['reactants', 'CCO'],
      ['reactants', 'CC(=O)O'],
      ['products', 'CCOC(C)=O'],
    ] as const)
      await draw(eid, side, data);
    const type = async (format: string) => (await exportOf(eid, format)).headers.get('content-type');
    expect((await exportOf(eid, 'smiles')).text).toBe('CCO.CC(=O)O>>CCOC(C)=O');
    const svg = (await exportOf(eid, 'svg')).text;
    expect(svg.match(/\[I+\]/g)).toEqual(['[I]', '[II]', '[III]']);
    expect(svg).toContain('class="arrow"');
    const [title, , , counts = ''] = (await exportOf(eid, 'mol')).text.split('\n');
    expect([title, counts.slice(0, 6), counts.includes('V2000')]).toEqual(['', ' 13 10', true]);
    const cdxml = (await exportOf(eid, '')).text;
    expect([cdxml.includes('<!DOCTYPE CDXML'), cdxml.match(/<fragment/g)?.length]).toEqual([true, 3]);
    expect([await type('smiles'), await type('svg'), await type('mol'), await type('')]).toEqual([
      'chemical/x-daylight-smiles',
      'image/svg+xml',
      'chemical/x-mdl-molfile',
      'chemical/x-cdxml',
    ]);
  });

  itWrites('(S1) a blank drawing is exported without shapes, an upload as its own bytes', async () => {
    const eid = await blankDrawing();
    expect((await exportOf(eid, '')).text).toBe('<CDXML />');
    expect((await exportOf(eid, 'svg')).text).toMatch(/^<svg [^>]*><\/svg>$/);
    expect([(await exportOf(eid, 'smiles')).status, (await exportOf(eid, 'smiles')).text]).toEqual([200, '']);
    expect((await exportOf(eid, 'mol')).text).toContain('  0  0  0');
    const bytes = '<?xml version="1.0"?><CDXML><page/></CDXML>';
    const made = await fixture.target.post(`/entities/${demoIds.experiment}/children/own.cdxml?force=true`, bytes, {
      headers: { 'content-type': 'chemical/x-cdxml' },
    });
    expect((await exportOf(made.json.data.id, '')).text).toBe(bytes);
  });

  itWrites('(S20) the stoichiometry of a record is a list, empty without drawings', async () => {
    const list = (await fixture.target.get(`/stoichiometry/${demoIds.experiment}`)).json.data;
    expect(list.map(({ id, type }: { id: string; type: string }) => [type, id])).toContainEqual([
      'stoichiometry',
      demoIds.drawing,
    ]);
    const bare = await createChild(fixture.target, 'experiment', demoIds.notebook, { name: 'No drawings' });
    const none = await fixture.target.get(`/stoichiometry/${bare.id}?fields=reactants, products&value=normalized`);
    expect([none.status, none.json.data]).toEqual([200, []]);
  });

  itWrites('(S2) rows are flat, in four lists, with texts by default and objects when normalized', async () => {
    const eid = await blankDrawing();
    await draw(eid, 'reactants', 'CO');
    await draw(eid, 'products', 'C=O');
    const read = async (query: string) =>
      (await fixture.target.get(`/stoichiometry/${eid}${query}`)).json.data.attributes;
    const plain = await read('?fields=reactants, products, solvents, conditions');
    expect(Object.keys(plain)).toEqual(['reactants', 'products', 'solvents', 'conditions']);
    expect([plain.solvents, plain.conditions]).toEqual([[], []]);
    expect(plain.reactants[0]).toMatchObject({ rxnid: 'I', mw: '32.04 g/mol', limit: true, eq: '1', smiles: 'CO' });
    expect(plain.reactants[0].id).toBeUndefined();
    const full = await read('?value=normalized');
    expect(full.reactants[0]).toMatchObject({
      row_id: expect.stringMatching(/^\d+$/),
      rxnid: { value: 'I' },
      formula: { value: 'CH<sub>4</sub>O' },
      mf: { display: '32.04 g/mol', value: 32.04, units: 'g/mol' },
      em: { value: 32.02623 },
      IUPACName: { value: expect.any(String) },
      limit: { value: true },
      eq: { display: '1', value: 1 },
      smiles: 'CO',
      inchi: 'InChI=1S/CH4O/c1-2/h2H,1H3',
      hash: expect.stringMatching(/^[0-9a-f]+$/),
    });
    expect(full.products[0]).toMatchObject({ rxnid: { value: 'II' }, productId: { value: 'P1' } });
  });

  itWrites('(S3) a mass makes the moles and the other masses, equivalents those of their row', async () => {
    const eid = await blankDrawing();
    const [one, two] = [await draw(eid, 'reactants', 'CO'), await draw(eid, 'reactants', 'CCO')];
    await draw(eid, 'products', 'C=O');
    const patch = (id: string, values: object) =>
      fixture.target.patch(`/stoichiometry/${eid}/${id}?force=true`, { data: { attributes: { values } } });
    const written = await patch(one.json.data.id, { sm: '3.204 g', limit: { value: true } });
    expect(written.json.data).toMatchObject({
      type: 'reactant',
      id: one.json.data.id,
      attributes: { id: one.json.data.id, grid: 'reactants', values: { row_id: one.json.data.id, moles: '0.1 mol' } },
      relationships: { chemicalDrawing: { data: { id: eid } } },
    });
    const other = await patch(two.json.data.id, { eq: '1.5' });
    expect(other.json.data.attributes.values).toMatchObject({ moles: '0.15 mol', sm: '6.9105 g' });
    const { products } = (await fixture.target.get(`/stoichiometry/${eid}`)).json.data.attributes;
    expect(products[0]).toMatchObject({ theoMol: '0.1 mol' });
    const bare = await fixture.target.patch(`/stoichiometry/${eid}/${one.json.data.id}?force=true`, {
      values: { sm: '6408 mg' },
    });
    expect(bare.json.data.attributes.values.moles).toBe('0.2 mol');
  });

  itWrites('(S3) solvents and conditions are added with 201, a missing ratio is filled', async () => {
    const eid = await blankDrawing();
    const add = (grid: string, values: object) =>
      fixture.target.post(`/stoichiometry/${eid}/${grid}?force=true&value=normalized`, {
        data: { attributes: { values } },
      });
    const solvent = await add('solvents', { solvent: 'Water', volume: '5 mL' });
    expect([solvent.status, solvent.json.data.type]).toEqual([201, 'solvent']);
    expect(solvent.json.data.attributes.values).toMatchObject({
      solvent: { value: 'Water' },
      ratio: { display: '1', value: 1 },
      volume: { display: '5 mL', value: 5, units: 'mL' },
    });
    const condition = await add('conditions', { temperature: '60 °C' });
    expect([condition.status, condition.json.data.type]).toEqual([201, 'condition']);
    const structure = await fixture.target.get(`/stoichiometry/${eid}/${solvent.json.data.id}/structure?format=svg`);
    expect([structure.status, structure.bytes.byteLength]).toEqual([200, 0]);
  });

  itWrites('section 3: the structure of a drawn row is a file named by the row', async () => {
    const answer = await fixture.target.get(`/stoichiometry/${demoIds.drawing}/12/structure?format=svg`);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename=structure-12.svg');
  });

  itWrites('(S21) columns are keyed by the name of the grid', async () => {
    const { data } = (await fixture.target.get(`/stoichiometry/${demoIds.drawing}/columns/reactants`)).json;
    expect([data.type, data.id, data.attributes.id]).toEqual(['columnDefinitions', demoIds.drawing, demoIds.drawing]);
    const types = new Map(
      data.attributes.reactants.map((column: { key: string; type: string }) => [column.key, column.type]),
    );
    const wanted = ['rxnid', 'formula', 'mw', 'limit', 'materialId'].map((key) => types.get(key));
    expect(wanted).toEqual(['html', 'html', 'unit', 'boolean', 'link']);
  });
});

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

facts('client-shapes 5 and 6. samples and tasks', (fixture) => {
  const sample = `/samples/${demoIds.sample}/properties`;

  itWrites('section 5: ID, Template and digests come first, then the fields with numbers', async () => {
    const { data } = (await fixture.target.get(`${sample}?value=normalized`)).json;
    expect(data.map(({ attributes }: { attributes: { name: string } }) => attributes.name)).toEqual([
      'ID',
      'Template',
      'digests.self',
      'digests.external',
      'Created Date',
      'Description',
      'Comments',
      'Amount',
      'Sample Name',
      'Storage',
      'Purity',
      'Received',
      'Attached Docs',
    ]);
    for (const item of data.slice(0, 2)) expect(item.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    for (const item of data) expect(item.meta.definition).toMatchObject({ key: item.id, type: expect.any(String) });
    const content = new Map(
      data.map((item: { id: string; attributes: { content: object } }) => [item.id, item.attributes.content]),
    );
    expect(content.get('1')).toEqual({ value: expect.stringMatching(/\.\d{9}Z$/) });
    expect([content.get('3'), content.get('9')]).toEqual([{}, {}]);
    expect(data[1].attributes.content.eid).toBe(demoIds.sampleTemplate);
  });

  itWrites('section 5: the Description of the template is writable, by id and by name', async () => {
    const item = {
      id: '2',
      type: 'property',
      attributes: { content: { value: 'by id', name: 'x', eid: demoIds.sample } },
    };
    const body = { data: { attributes: { data: [item] } } };
    expect((await fixture.target.patch(`${sample}?force=true&value=normalized`, body)).status).toBe(200);
    const read = async () => (await fixture.target.get(`/entities/${demoIds.sample}`)).json.data.attributes;
    expect([(await read()).description, (await read()).fields.Description]).toEqual(['by id', { value: 'by id' }]);
    const named = { data: [{ attributes: { name: 'Description', value: 'by name' } }] };
    expect((await fixture.target.patch(`/entities/${demoIds.sample}/properties?force=true`, named)).status).toBe(200);
    expect((await fixture.target.get(`${sample}/2`)).json.data.attributes.content).toEqual({ value: 'by name' });
    expect(
      (await fixture.target.patch(`${sample}/1?force=true`, { data: { attributes: { content: { value: 'x' } } } }))
        .status,
    ).toBe(400);
  });

  itWrites.each([
    ['experiment', demoIds.experiment],
    ['samplesContainer', demoIds.samplesContainer],
  ])('section 5: the ancestor of a new sample may be the %s', async (_type, parent) => {
    const made = await createChild(fixture.target, 'sample', parent, {}, demoIds.sampleTemplate);
    expect(made.relationships.ancestors.data[0].id).toBe(demoIds.samplesContainer);
  });

  const task = `/tasks/${demoSpecials.task}/properties`;

  itWrites('section 6: fields 1 to 13 of a task have their ids and forms', async () => {
    const { data } = (await fixture.target.get(`${task}?value=normalized`)).json;
    expect(data.slice(0, 13).map(({ id }: { id: string }) => id)).toEqual(
      Array.from({ length: 13 }, (_, index) => String(index + 1)),
    );
    const content = new Map(
      data.map((item: { attributes: { name: string; content: object } }) => [
        item.attributes.name,
        item.attributes.content,
      ]),
    );
    expect(content.get('Task ID')).toEqual({ type: 'task', display: 'Task-1', value: demoSpecials.task });
    expect(content.get('Reference ID')).toEqual({ value: '', values: [] });
    expect(content.get('Requestor Comment')).toEqual({});
    expect(content.get('Experiment Link')).toMatchObject({ type: 'experiment', value: demoSpecials.experiment });
    expect(content.get('Creator')).toMatchObject({
      userInfo: { data: { type: 'user' }, links: { self: expect.any(String) } },
      value: { userId: expect.any(String), email: expect.any(String), picture: {} },
    });
    expect(content.get('Status')).toEqual({ display: 'Open', value: 'Open' });
  });

  itWrites('section 6: a task field takes the whole content back', async () => {
    const content = { display: 'urgent', value: 'urgent', name: 'x', eid: demoSpecials.task, values: undefined };
    const item = { id: '4', type: 'property', attributes: { content } };
    const body = { data: { attributes: { data: [item] } } };
    expect((await fixture.target.patch(`${task}?force=true&value=normalized`, body)).status).toBe(200);
    expect((await fixture.target.get(`${task}/4`)).json.data.attributes.content).toEqual({
      display: 'urgent',
      value: 'urgent',
    });
    const analyst = { data: { attributes: { content: { value: { userId: '102' } } } } };
    expect(
      (await fixture.target.patch(`${task}/7?force=true`, analyst)).json.data.attributes.content.value.userId,
    ).toBe('102');
  });

  itWrites.each([
    ['taskContainer', demoSpecials.tasks],
    ['linkedTaskContainer', demoSpecials.todo],
  ])('(S19) a %s is exported as JSON in a text, whose eids resolve', async (_type, eid) => {
    const answer = await fixture.target.get(`/entities/${eid}/export`);
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(answer.headers.get('content-disposition')).toMatch(/\.txt$/);
    const { cols, rows } = JSON.parse(answer.text);
    expect(cols[0]).toEqual({
      key: '1',
      title: 'Task ID',
      type: 'link',
      isEditableInRequest: false,
      isEditableInExperiment: false,
      isTaskIdField: true,
    });
    expect(rows[0]).toMatchObject({
      sourceEid: demoIds.taskTemplate,
      '1': { auto: 'Task-1', value: demoSpecials.task, type: 'task' },
      status: 'new',
      validStateTransitions: ['delete', 'submit'],
      requestTaskContainerEid: demoSpecials.tasks,
    });
    for (const row of rows) expect((await fixture.target.get(`/entities/${row.eid}`)).status).toBe(200);
  });
});
