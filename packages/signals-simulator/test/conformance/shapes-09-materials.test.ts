/** client-shapes, section 9: materials. */
import { expect } from 'vitest';
import { zipBytes } from '../../src/demo/documents.ts';
import { materialFieldId } from '../../src/tenant/materials.ts';
import { facts, itWrites } from './target.ts';

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
