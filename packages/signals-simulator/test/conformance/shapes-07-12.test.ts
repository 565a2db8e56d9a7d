/** client-shapes, sections 7 to 12: parallel experiments, plates, materials, inventory, attributes, people. */
import { expect } from 'vitest';
import { zipBytes } from '../../src/demo/documents.ts';
import { demoInventory } from '../../src/demo/inventory.ts';
import { demoSpecials } from '../../src/demo/special.ts';
import { materialFieldId } from '../../src/tenant/materials.ts';
import { predefinedLayers } from '../../src/tenant/plates.ts';
import { facts, itWrites } from './target.ts';

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

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

facts(
  'client-shapes 9. materials',
  (fixture) => {
    itWrites('(S4) the list of libraries is data alone, each an assetType with a bare id', async () => {
      const { json } = await fixture.target.get('/materials/libraries?name=Compounds');
      expect(Object.keys(json)).toEqual(['data']);
      const [library] = json.data;
      const { attributes } = library;
      expect([library.type, library.id, attributes.id]).toEqual(['assetType', attributes.id, attributes.id]);
      expect(attributes.id).toMatch(/^[0-9a-f]{24}$/);
      expect(attributes).toMatchObject({
        name: 'Compounds',
        digest: expect.stringMatching(/^\d+:\d+$/),
        created: { at: expect.stringMatching(/\.\d{9}Z$/), by: { links: { self: expect.any(String) } } },
        edited: { at: expect.stringMatching(/\.\d{9}Z$/) },
        assets: { displayName: expect.any(String), numbering: { format: expect.stringContaining('{####}') } },
        displayTable: { content: expect.any(String) },
      });
      const fields: { id: string; name: string; dataType: string; collection?: string }[] = attributes.assets.fields;
      for (const { id } of fields) expect(id).toMatch(/^[0-9a-f]{24}$/);
      expect(fields.map(({ id }) => id)).toContain(attributes.assets.assetNameFieldId);
      expect(fields.find(({ name }) => name === 'Stock Class')).toMatchObject({ dataType: 'TEXT', collection: 'LIST' });
      expect(fields.find(({ name }) => name === 'Structure')?.collection).toBeUndefined();
      expect((await fixture.target.get('/materials/libraries?name=Nothing')).json).toEqual({ data: [] });
    });

    const assetOf = async (name: string) =>
      (await fixture.target.get(`/materials/Compounds/assets/id/${name}`)).json.data;

    itWrites('(S5) an asset has its id with the prefix, those of library and asset bare', async () => {
      const { id } = await assetOf('0003');
      const { data } = (await fixture.target.get(`/materials/${id}`)).json;
      expect([data.type, data.id]).toEqual(['material', id]);
      expect(data.attributes).toMatchObject({ id, eid: id, type: 'asset', assetId: id.slice(6), library: 'Compounds' });
      expect(data.attributes.assetTypeId).toMatch(/^[0-9a-f]{24}$/);
      const library = await fixture.target.get(`/materials/assetType:${data.attributes.assetTypeId}`);
      expect(library.json.data).toMatchObject({
        type: 'material',
        attributes: {
          assetTypeId: data.attributes.assetTypeId,
          library: 'Compounds',
          type: 'assetType',
          name: 'Compounds',
        },
      });
    });

    itWrites('section 9: several values are a list, and an attribute is named by its field', async () => {
      const [library] = (await fixture.target.get('/materials/libraries?name=Cell%20Lines')).json.data;
      const fields: { name: string }[] = library.attributes.assets.fields;
      expect(fields.find(({ name }) => name === 'Markers')).toMatchObject({
        dataType: 'TEXT',
        collection: 'MULTI_SELECT',
      });
      expect(fields.find(({ name }) => name === 'Department')).toMatchObject({
        dataType: 'ATTRIBUTE',
        attribute: 'attribute:2',
        multiSelect: false,
      });
      const markers = (value: unknown) =>
        fixture.target.post('/materials/Cell%20Lines/assets', {
          data: {
            type: 'asset',
            attributes: {
              fields: [
                { id: materialFieldId('a1'), value: 'Human' },
                { id: materialFieldId('a8'), value },
              ],
            },
          },
        });
      expect((await markers(['CD4', 'CD8'])).json.data.attributes.fields.Markers).toEqual({ value: ['CD4', 'CD8'] });
      expect((await markers([])).json.data.attributes.fields.Markers).toEqual({ value: [] });
      expect((await markers('CD4')).status).toBe(434);
    });

    itWrites('section 9: a mass is one text with its unit', async () => {
      const { included } = (await fixture.target.get(`/materials/${(await assetOf('0003')).id}`)).json;
      const batch = included.find(({ id }: { id: string }) => id.startsWith('batch:'));
      expect(batch.attributes.fields.Amount.value).toMatch(/^\d+ g$/);
    });

    itWrites('(S27) an asset names its batches and its library, on create and on read', async () => {
      const made = await fixture.target.post('/materials/Compounds/assets', {
        data: {
          type: 'asset',
          attributes: { fields: [{ id: materialFieldId('a1'), value: 'Made' }] },
          relationships: { batch: { data: { type: 'batch', attributes: { fields: [] } } } },
        },
      });
      for (const { relationships } of [
        made.json.data,
        (await fixture.target.get(`/materials/${made.json.data.id}`)).json.data,
      ]) {
        const [batch] = relationships.batches.data;
        expect(batch).toEqual({
          type: 'material',
          id: expect.stringMatching(/^batch:[0-9a-f]{24}$/),
          meta: { links: { self: expect.stringContaining('/materials/batch:') } },
        });
        expect(relationships.ancestors.data[0]).toMatchObject({
          type: 'material',
          id: expect.stringMatching(/^assetType:/),
        });
        expect(relationships.chemicalDrawing.data.type).toBe('materialDrawing');
      }
    });

    itWrites('(S18) drawings, pictures, sequences and files have names', async () => {
      const { id } = await assetOf('0003');
      const nameOf = async (path: string) => (await fixture.target.get(path)).headers.get('content-disposition');
      expect(await nameOf(`/materials/${id}/drawing?format=svg`)).toBe('attachment; filename=0003.svg');
      const png = { headers: { 'content-type': 'image/png' } };
      await fixture.target.patch(`/materials/${id}/image?force=true`, Buffer.from('x'), png);
      expect(await nameOf(`/materials/${id}/image`)).toBe('attachment; filename=0003.png');
      const file = { filename: 'my certificate.txt', base64: Buffer.from('certified').toString('base64') };
      const cells = await fixture.target.post('/materials/Cell%20Lines/assets', {
        data: {
          type: 'asset',
          attributes: {
            fields: [
              { id: materialFieldId('a1'), value: 'Human' },
              { id: materialFieldId('a6'), value: 'MKV' },
              { id: materialFieldId('a7'), value: file },
            ],
          },
        },
      });
      const made = `/materials/${cells.json.data.id}`;
      expect(await nameOf(`${made}/bioSequence`)).toMatch(/^attachment; filename=\S+\.fa$/);
      const attachment = await fixture.target.get(`${made}/attachments/${materialFieldId('a7')}`);
      expect([attachment.text, attachment.headers.get('content-disposition')]).toEqual([
        'certified',
        'attachment; filename=my+certificate.txt',
      ]);
    });

    itWrites('(S6) an export answers fileId and reportId alone, in this order, and names its file', async () => {
      const { data } = (await fixture.target.send('POST', '/materials/Compounds/bulkExport')).json;
      expect(Object.keys(data.attributes)).toEqual(['fileId', 'reportId']);
      const report = await fixture.target.get(`/materials/bulkExport/reports/${data.attributes.reportId}`);
      expect(report.json.data).toMatchObject({
        type: 'materialBulkExportReport',
        attributes: { libraryName: 'Compounds', status: 'COMPLETED', fileId: data.attributes.fileId },
      });
      const file = await fixture.target.get(`/materials/bulkExport/download/${data.attributes.fileId}`);
      expect(file.headers.get('content-disposition')).toContain('filename=');
    });

    const record = (value: string, id = materialFieldId('a1')) => ({
      data: {
        type: 'asset',
        attributes: { fields: [{ id, value }] },
        relationships: { batch: { data: { type: 'batch', attributes: { fields: [] } } } },
      },
    });

    itWrites('(S7) an import takes a bare list, and counts inside report', async () => {
      const path = '/materials/Compounds/bulkImport?rule=TREAT_AS_UNIQUE&importType=json';
      const started = await fixture.target.post(path, [record('Listed'), record('x', 'unknown')]);
      const { data } = (await fixture.target.get(`/materials/bulkImport/jobs/${started.json.data.id}`)).json;
      expect(data).toMatchObject({
        type: 'assetBulkImportReport',
        id: started.json.data.id,
        attributes: {
          assetType: { id: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'Compounds', type: expect.any(String) },
          report: { filename: expect.any(String), succeeded: 1, duplicated: 0, failed: 1 },
          rule: 'TREAT_AS_UNIQUE',
          status: 'COMPLETED',
          zoneId: expect.any(String),
        },
      });
      const failures = await fixture.target.get(
        `/materials/bulkImport/jobs/${data.id}/failures?filename=failures.json`,
      );
      expect(failures.headers.get('content-disposition')).toContain('failures.json');
    });

    itWrites.each([
      ['summary.csv', 'Chemical Name,Stock Class\r\nZipped,A\r\n'],
      ['summary.sdf', '\n\n\n  0  0\nM  END\n> <Chemical_Name>\nZipped\n\n$$$$\n'],
    ])('(S7) an import takes a zip that holds %s', async (name, text) => {
      const path = '/materials/Compounds/bulkImport?rule=TREAT_AS_UNIQUE&importType=zip';
      const started = await fixture.target.post(path, zipBytes({ [name]: text }), {
        headers: { 'content-type': 'application/octet-stream' },
      });
      const { attributes } = (await fixture.target.get(`/materials/bulkImport/jobs/${started.json.data.id}`)).json.data;
      expect(attributes.report).toMatchObject({ succeeded: 1, failed: 0 });
    });
  },
  { behaviour: { jobMillis: 0 } },
);

facts('client-shapes 10 to 12. inventory, attributes, people', (fixture) => {
  itWrites('(S14) a type has its fields as definitions, those of the system first', async () => {
    const { json } = await fixture.target.get('/inventory/types?entityType=container');
    expect(json.links.first).toContain('/inventory/types');
    const [vial] = json.data;
    expect(vial.attributes).toMatchObject({
      entityType: 'container',
      inUse: true,
      digest: expect.stringMatching(uuidForm),
    });
    const fields = new Map(vial.attributes.fields.map((field: { id: string }) => [field.id, field]));
    expect([...fields.keys()].slice(0, 4)).toEqual([
      'PE_INV_SYSTEM_Barcode',
      'PE_INV_SYSTEM_Amount',
      'PE_INV_SYSTEM_Status',
      'PE_INV_SYSTEM_Responsible_Person',
    ]);
    expect(fields.get('PE_INV_SYSTEM_Barcode')).toMatchObject({ definition: { key: 'Barcode', type: 'text' } });
    expect(fields.get('f1')).toMatchObject({
      definition: { title: 'Cap Colour', isRequired: true, options: ['Red', 'Blue'] },
    });
    const security = fields.get('f7') as { definition: { attributeListEid: string } };
    const attribute = await fixture.target.get(`/attributes/${security.definition.attributeListEid}`);
    expect(attribute.json.data.attributes.name).toBe('Inventory Security');
  });

  itWrites('section 10: a container has its place, its contents and what was typed', async () => {
    const { attributes } = (await fixture.target.get(`/inventory/containers/${demoInventory.container}`)).json.data;
    expect(attributes).toMatchObject({
      typeName: 'Vial',
      state: 'PRESENT',
      location: { id: demoInventory.grid },
      owner: { picture: {} },
      amount: expect.any(Number),
      contents: [{ entityId: expect.stringMatching(/^batch:/), entityType: 'batch' }],
    });
    expect(attributes.ancestors.map(({ id }: { id: string }) => id)).toEqual([
      demoInventory.grid,
      demoInventory.room,
      demoInventory.building,
    ]);
    const colour = attributes.fields.find(({ id }: { id: string }) => id === 'f1');
    expect(colour).toMatchObject({ definition: { title: 'Cap Colour' }, content: { user: 'Red', isRawValue: false } });
  });

  itWrites('section 11: the list of attributes has rows of the type entity', async () => {
    const { json } = await fixture.target.get('/attributes');
    expect(Object.keys(json)).toEqual(['data']);
    expect(json.data[0]).toMatchObject({
      type: 'entity',
      attributes: { eid: 'attribute:1', type: 'attribute', digest: expect.any(String), fields: {} },
    });
  });

  itWrites('(S28) an attribute has its options as texts', async () => {
    const { data } = (await fixture.target.get('/attributes/attribute:1')).json;
    expect(data).toMatchObject({
      type: 'attribute',
      attributes: { id: 'attribute:1', type: 'choice', options: ['Aurora', 'Borealis', 'Cascade', 'Delta'] },
    });
  });

  itWrites('(S11) options have keys and values, and answer to a new value after an update', async () => {
    const path = '/attributes/attribute:2/options';
    const { json } = await fixture.target.get(path);
    expect(Object.keys(json.links)).toEqual(expect.arrayContaining(['self', 'first']));
    expect(json.data[0]).toMatchObject({
      type: 'option',
      id: 'Chemistry',
      attributes: { key: 'Chemistry', value: 'Chemistry' },
    });
    const act = async (id: string | undefined, action: string, value?: string) =>
      (
        await fixture.target.patch(path, {
          data: [{ ...(id ? { id } : {}), type: 'option', attributes: { action, value } }],
        })
      ).json.data.map((option: { id: string }) => option.id);
    expect(await act(undefined, 'create', 'Toxicology')).toContain('Toxicology');
    expect(await act('Toxicology', 'update', 'Safety')).toContain('Safety');
    expect(await act('Safety', 'delete')).not.toContain('Safety');
    expect((await fixture.target.post(path, {})).status).toBe(404);
  });

  itWrites('(S35) a description alone is kept, and leaves the options as they are', async () => {
    const before = (await fixture.target.get('/attributes/attribute:3')).json.data.attributes.options;
    const body = { data: { type: 'attribute', attributes: { description: 'Where it stands' } } };
    const changed = await fixture.target.patch('/attributes/attribute:3', body);
    expect([changed.status, changed.json.data.attributes.description]).toEqual([200, 'Where it stands']);
    expect(changed.json.data.attributes.options).toEqual(before);
    const attributes = { name: 'Empty', type: 'choice', description: 'none yet', options: [] };
    expect((await fixture.target.post('/attributes', { data: { type: 'attribute', attributes } })).status).toBe(201);
  });

  itWrites('(S8) a profile has tenant, roles and licences', async () => {
    const { data } = (await fixture.target.get('/profiles/me')).json;
    expect(data).toMatchObject({
      type: 'profile',
      attributes: { userId: '100', tenant: expect.any(String), alert: {} },
    });
    expect(data.attributes.roles).toEqual([{ id: '1', name: 'System Admin' }]);
    expect(Object.keys(data.attributes.licenses[0])).toEqual([
      'id',
      'name',
      'expiresAt',
      'valid',
      'hasServiceExpired',
      'hasUserFound',
      'hasUserActivated',
    ]);
  });

  const person = {
    country: 'USA',
    emailAddress: 'new@example.com',
    firstName: 'New',
    lastName: 'Person',
    organization: 'Example',
    roles: null,
  };

  itWrites('(S9) a user has no time of a login before the first, and roles as relationships', async () => {
    const made = await fixture.target.post('/users', { data: { type: 'user', attributes: person } });
    expect(made.status).toBe(201);
    expect('lastLoginAt' in made.json.data.attributes).toBe(false);
    expect(made.json.data.relationships.roles.data).toEqual([]);
    for (const answer of [await fixture.target.get('/users/101'), await fixture.target.get('/users?q=keller')]) {
      const user = Array.isArray(answer.json.data) ? answer.json.data[0] : answer.json.data;
      expect(user.relationships.roles.data[0]).toMatchObject({ type: 'role', id: '2' });
      expect(user.attributes.lastLoginAt).toMatch(/Z$/);
    }
    const picture = await fixture.target.get('/users/111/picture');
    expect([picture.status, picture.bytes.byteLength]).toEqual([200, 0]);
  });

  itWrites('(S10) a group has one form on list, read, create and among system groups', async () => {
    const form = {
      id: expect.any(String),
      eid: expect.stringMatching(/^group:\d+$/),
      type: 'group',
      isSystem: expect.any(Boolean),
      name: expect.any(String),
      description: expect.any(String),
      createdAt: expect.any(String),
      editedAt: expect.any(String),
      digest: expect.stringMatching(/^\d{8}$/),
    };
    const body = { data: { attributes: { name: 'Fresh', description: 'd', isSystem: true } } };
    const made = await fixture.target.post('/groups', body);
    expect(made.json.data.attributes).toMatchObject({ ...form, isSystem: true });
    const [listed] = (await fixture.target.get('/groups')).json.data;
    const [system] = (await fixture.target.get('/users/101/systemGroups')).json.data;
    for (const { attributes } of [listed, system, (await fixture.target.get('/groups/1')).json.data])
      expect(attributes).toEqual(form);
    const member = { data: { attributes: { userId: '101' } } };
    const added = await fixture.target.post(`/groups/${made.json.data.id}/members?force=true`, member);
    expect([added.status, added.json.data[0].type]).toEqual([201, 'user']);
    expect((await fixture.target.patch('/groups/1', { data: { attributes: {} } })).status).toBe(400);
  });

  itWrites('(S30) a role names the privileges that it grants', async () => {
    for (const path of ['/roles/1', '/roles']) {
      const { data } = (await fixture.target.get(path)).json;
      const { attributes } = Array.isArray(data) ? data[0] : data;
      expect(attributes.privileges).toMatchObject({ canShare: true, canConfigure: true });
      expect(attributes.counts).toEqual({ groups: expect.any(Number), users: 1 });
    }
    const standard = (await fixture.target.get('/roles/3')).json.data.attributes.privileges;
    expect('canConfigure' in standard).toBe(false);
  });
});
