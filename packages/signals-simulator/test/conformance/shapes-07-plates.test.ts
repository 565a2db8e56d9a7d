/** client-shapes, sections 7 and 8: parallel experiments and plates. */
import { expect } from 'vitest';
import { demoSpecials } from '../../src/demo/special.ts';
import { predefinedLayers } from '../../src/tenant/plates.ts';
import { facts, itWrites, uuidForm } from './target.ts';

facts('client-shapes 7 and 8. parallel experiments and plates', (fixture) => {
  const summary = `/subexpSummary/${demoSpecials.subexpSummary}`;
  const rows = async () => (await fixture.target.get(`${summary}/rows`)).json;

  itWrites('(S23) a row of the summary has the id of the drawing, and columns as a list', async () => {
    const { data, included } = await rows();
    expect(data[0].type).toBe('subexpSummaryRow');
    expect(data[0].id).toMatch(/^chemicalDrawing:/);
    expect((await fixture.target.get(`/entities/${data[0].id}`)).status).toBe(200);
    const [name] = data[0].attributes.columns;
    expect(name).toEqual({
      key: '2',
      value: expect.stringMatching(/^parasubexp:/),
      display: 'Sub 1',
      linkedEntityType: 'parasubexp',
    });
    expect(included[0].type).toBe('columnDefinition');
    expect(data[0].relationships.columnDefinition.data.id).toBe(included[0].id);
    expect(included[0].attributes.cols[1]).toMatchObject({
      key: 'r1:sm',
      type: 'unit',
      measure: 'mass',
      section: 'REACTANTS',
      isUserDefined: false,
    });
  });

  itWrites('(S24) an update of many is a job that ends in SUCCESS, or in FAILED without a change', async () => {
    const [row] = (await rows()).data;
    const send = (id: string, value: string) =>
      fixture.target.patch(`${summary}/bulkUpdate?force=true`, {
        data: [{ id, type: 'subexpSummaryRow', attributes: { columns: { 'p1:name': { content: { value } } } } }],
      });
    const started = await send(row.id, 'Amide 1');
    expect(started.json.data).toMatchObject({
      type: 'bulkUpdateParagrid',
      id: demoSpecials.subexpSummary,
      attributes: { subexpSummaryId: demoSpecials.subexpSummary, bulkUpdateId: expect.any(Number) },
      relationships: { status: { data: { type: 'subexpSummaryBulkUpdateReport' } } },
    });
    const poll = async (bulkUpdateId: number) =>
      (await fixture.target.get(`${summary}/bulkUpdate/${bulkUpdateId}`)).json.data.attributes;
    const { bulkUpdateId } = started.json.data.attributes;
    expect(await poll(bulkUpdateId)).toMatchObject({ jobType: 'ASYNC_TASK', jobStatus: 'READY', state: 'IN_PROGRESS' });
    fixture.simulator.tenant.behaviour.jobMillis = 0;
    expect(await poll((await send(row.id, 'Amide 1')).json.data.attributes.bulkUpdateId)).toMatchObject({
      jobStatus: 'SUCCESS',
      state: 'SCHEDULED',
    });
    const failed = await send('chemicalDrawing:nowhere', 'x');
    expect((await poll(failed.json.data.attributes.bulkUpdateId)).jobStatus).toBe('FAILED');
    const columns = (await rows()).data[0].attributes.columns;
    expect(columns.at(-1)).toMatchObject({ key: 'p1:name', value: 'Amide 1' });
  });

  const plates = `/plates/${demoSpecials.plates}`;
  const concentration = predefinedLayers[1]?.id ?? '';
  const fill = (wells: object[]) =>
    fixture.target.patch(`${plates}/plates/Plate-1?force=true`, {
      data: { type: 'plate', id: 'Plate-1', attributes: { annotationLayers: [{ id: concentration, wells }] } },
    });

  itWrites('(S15) a well is filled through its layer, and cleared with null', async () => {
    const layers = (await fixture.target.get(`${plates}/settings/annotationLayers`)).json.data;
    expect(layers.map(({ attributes }: { attributes: { name: string } }) => attributes.name)).toEqual([
      'Well Format',
      'Concentration',
      'Material',
      'Amount',
      'Replicate',
      'Deviation',
    ]);
    const filled = await fill([{ wellId: 'A1', content: { value: '5 umolar' } }]);
    const layerOf = (answer: typeof filled) =>
      answer.json.data.attributes.annotationLayers.find(({ id }: { id: string }) => id === concentration);
    expect(filled.json.data.attributes).toMatchObject({ id: 'Plate-1', type: 'plate', numberOfRows: 8 });
    expect(layerOf(filled)).toMatchObject({
      name: 'Concentration',
      dataType: 'DECIMAL',
      wells: [{ wellId: 'A1', content: { user: '5 umolar', value: 5 } }],
    });
    expect(layerOf(await fill([{ wellId: 'A1', content: null }])).wells).toEqual([]);
  });

  itWrites('(S25) the summary has a row for each well of each plate, with upper-case types', async () => {
    await fill([{ wellId: 'A1', content: { value: '5 umolar' } }]);
    const { data } = (await fixture.target.get(`${plates}/summary`)).json;
    expect(data).toHaveLength(2 * 96);
    const [first] = data;
    expect([first.type, first.attributes.type]).toEqual(['plateRow', 'plateRow']);
    expect(first.id).toMatch(uuidForm);
    const cells: { name: string; type: string; key: string; content: object }[] = first.attributes.cells;
    expect(cells.map(({ name, type }) => [name, type])).toEqual([
      ['Well ID', 'TEXT'],
      ['Row', 'TEXT'],
      ['Column', 'INTEGER'],
      ['Plate', 'TEXT'],
      ['Order', 'INTEGER'],
      ['Plate ID', 'TEXT'],
      ['Concentration', 'UNIT'],
    ]);
    expect(cells[5]?.content).toEqual({});
    expect(cells[6]).toMatchObject({ measure: 'concentration', content: { user: '5 umolar', units: 'umolar' } });
    for (const { key } of cells) expect(key).toMatch(uuidForm);
  });

  itWrites('section 8: a container is exported as its document, and as CSV', async () => {
    const native = await fixture.target.get(`/entities/${demoSpecials.plates}/export`);
    expect(native.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(native.headers.get('content-disposition')).toBe('attachment; filename=Plates');
    expect(native.json).toMatchObject({ eid: demoSpecials.plates, numberOfRows: 8, numberOfColumns: 12, fields: [] });
    expect(native.json.plates[0]).toMatchObject({ eid: expect.stringMatching(/^plate:/), isTemplate: false });
    expect(native.json.annotationLayers.map(({ order }: { order: number }) => order)).toEqual([0, 1, 2, 3, 4, 5]);
    const csv = await fixture.target.get(`/entities/${demoSpecials.plates}/export?format=csv`);
    const [titles, ...lines] = csv.text.trim().split('\r\n');
    expect(titles).toMatch(/^Well ID,Row,Column,Plate,Plate ID,Well Format,Concentration,/);
    expect(lines).toHaveLength(2 * 96);
  });
});
