/** client-shapes, sections 2 and 3: drawings and their stoichiometry. */
import { expect } from 'vitest';
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
