import { expect } from 'vitest';
import { materialFieldId } from '../../src/tenant/materials.ts';
import { facts, itWrites, type Target } from './target.ts';

const compounds = '/materials/Compounds';

const keysetWalk = async (target: Target, limit: number): Promise<string[]> => {
  const seen = new Set<string>();
  for (let from = '1970-01-01T00:00:00Z'; ; ) {
    const query = {
      $and: [
        { $match: { field: 'type', value: 'batch', mode: 'keyword' } },
        { $gte: { field: 'createdAt', value: from, as: 'date' } },
      ],
    };
    const { data } = (await target.post(`/entities/search?page[limit]=${limit}&sort=createdAt`, { query })).json;
    const fresh = data.filter(({ id }: { id: string }) => !seen.has(id));
    if (fresh.length === 0) return [...seen];
    for (const { id } of fresh) seen.add(id);
    from = data.at(-1).attributes.createdAt;
  }
};

facts(
  '14. materials',
  (fixture) => {
    itWrites('lists libraries with the fields of assets and batches, found by name', async () => {
      const { data } = (await fixture.target.get('/materials/libraries?name=Compounds')).json;
      expect(data).toHaveLength(1);
      expect(data[0].type).toBe('assetType');
      expect(data[0].attributes.assets.fields[0]).toEqual(
        expect.objectContaining({ id: materialFieldId('a1'), dataType: 'TEXT', mandatory: false, hidden: false }),
      );
    });

    itWrites("has no list of a library's assets", async () => {
      expect((await fixture.target.get(`${compounds}/assets`)).json.errors[0].code).toBe('MethodNotFound');
    });

    itWrites('reads by material id, blanks included', async () => {
      const { data } = (await fixture.target.get('/materials/Reagents%20(SNB)/assets/id/%200003')).json;
      expect([data.type, data.attributes.name, data.attributes.library]).toEqual([
        'material',
        ' 0003',
        'Reagents (SNB)',
      ]);
      expect((await fixture.target.get(`${compounds}/batches/id/0001-0002`)).json.data.attributes.assetId).toMatch(
        /^[0-9a-f]{24}$/,
      );
    });

    itWrites('includes the batches of an asset, and names their address with its blanks and brackets raw', async () => {
      const { json } = await fixture.target.get('/materials/Reagents%20(SNB)/assets/id/%200003?include=batches');
      expect(json.included.map(({ attributes }: { attributes: { name: string } }) => attributes.name)).toEqual([
        ' 0003-0001',
      ]);
      expect(json.data.relationships.batches.links.self).toBe(
        `${fixture.target.url}/materials/Reagents (SNB)/assets/ 0003/batches`,
      );
    });

    itWrites('adds the structure inline on demand, with an error when it is impossible', async () => {
      const read = async (format: string) =>
        (await fixture.target.get(`${compounds}/assets/id/0003?structureFormat=${format}`)).json.data.attributes
          .structure;
      expect((await read('smiles')).data).toMatch(/C/);
      expect((await read('mol')).data).toContain('V2000');
      expect((await read('helm')).error).toBeDefined();
    });

    itWrites('answers the drawing as bare text', async () => {
      const { id } = (await fixture.target.get(`${compounds}/assets/id/0003`)).json.data;
      expect((await fixture.target.get(`/materials/${id}/drawing?format=smiles`)).text).toMatch(/^[A-Za-z0-9()=#]+$/);
    });

    itWrites('holds 12,000 batches, which a keyset walk finds all of, each once', async () => {
      const found = (await keysetWalk(fixture.target, 100)).length;
      expect(found).toBe([...fixture.simulator.tenant.entities.ofType('batch')].length);
      expect(found).toBeGreaterThanOrEqual(12_000);
    });

    const structure = { id: materialFieldId('a2'), value: { data: 'CCO', contentType: 'chemical/x-daylight-smiles' } };

    itWrites('creates an asset with its first batch, and batches under it', async () => {
      const made = await fixture.target.post(`${compounds}/assets`, {
        data: {
          type: 'asset',
          attributes: { fields: [structure] },
          relationships: { batch: { data: { type: 'batch', attributes: { fields: [] } } } },
        },
      });
      expect([made.status, made.json.data.attributes.name]).toEqual([201, '4001']);
      const second = await fixture.target.post(`${compounds}/assets/4001/batches`, {
        data: { type: 'batch', attributes: { fields: [] } },
      });
      expect(second.json.data.attributes.name).toBe('4001-0002');
      expect((await fixture.target.get(`${compounds}/assets/4001/batches`)).json.data).toHaveLength(2);
    });

    itWrites('refuses a structure that cannot be read with 445, a molfile too', async () => {
      const tryWith = (value: object) =>
        fixture.target.post(`${compounds}/assets`, {
          data: { type: 'asset', attributes: { fields: [{ id: materialFieldId('a2'), value }] } },
        });
      expect((await tryWith({ data: '??', contentType: 'chemical/x-daylight-smiles' })).status).toBe(445);
      expect((await tryWith({ data: 'x', contentType: 'chemical/x-mdl-molfile' })).status).toBe(445);
    });

    itWrites('needs rawValue and displayValue for a mass (434)', async () => {
      const tryWith = (value: unknown) =>
        fixture.target.post(`${compounds}/assets/0001/batches`, {
          data: { type: 'batch', attributes: { fields: [{ id: materialFieldId('b1'), value }] } },
        });
      expect((await tryWith('3 g')).status).toBe(434);
      const made = await tryWith({ rawValue: '3', displayValue: '3 g' });
      expect(made.json.data.attributes.fields.Amount.value).toBe('3 g');
    });

    itWrites('may demand a CAS number or a structure, depending on the library', async () => {
      const tryWith = (fields: object[]) =>
        fixture.target.post('/materials/Reagents%20(SNB)/assets', { data: { type: 'asset', attributes: { fields } } });
      expect((await tryWith([])).status).toBe(400);
      expect((await tryWith([structure])).status).toBe(201);
    });

    itWrites('changes fields by name, null clears', async () => {
      const { id, attributes } = (await fixture.target.get(`${compounds}/assets/id/0007`)).json.data;
      const patch = (digest: string, value: unknown) =>
        fixture.target.patch(`/materials/${id}/properties?digest=${digest}`, {
          data: [{ attributes: { name: 'Chemical Name', value } }],
        });
      const changed = await patch(attributes.digest, 'Better name');
      expect(changed.json.data[0].attributes.value).toBe('Better name');
      expect((await patch(attributes.digest, 'x')).status).toBe(428);
      expect((await patch(changed.json.included[0].attributes.digest, null)).json.data[0].attributes.value).toBe('');
    });

    itWrites('finds duplicates by the uniqueness check, none when unique', async () => {
      const check = async (data: string) =>
        (
          await fixture.target.post(`${compounds}/assets/uniquenessCheck`, {
            data: {
              type: 'asset',
              attributes: {
                fields: [{ id: materialFieldId('a2'), value: { data, contentType: 'chemical/x-daylight-smiles' } }],
              },
            },
          })
        ).json.data.length;
      expect([(await check('CCO')) > 0, await check('CCOCCOCCOCCOCC')]).toEqual([true, 0]);
    });

    const exportAll = async (query: string) => {
      const assets: string[] = [];
      let files = 0;
      for (let path: string | undefined = `${compounds}/bulkExport?${query}`; path !== undefined; files += 1) {
        const started = await fixture.target.send('POST', path);
        expect([started.status, started.json.data.type]).toEqual([200, 'bulkExportReport']);
        const { reportId, fileId } = started.json.data.attributes;
        const report = await fixture.target.get(`/materials/bulkExport/reports/${reportId}`);
        expect(report.json.data.attributes.status).toBe('COMPLETED');
        const file = await fixture.target.get(`/materials/bulkExport/download/${fileId}`);
        assets.push(
          ...file.text
            .trim()
            .split('\r\n')
            .slice(1)
            .map((line) => line.split(',')[0] ?? ''),
        );
        path = report.json.data.links.nextExport?.slice(fixture.target.url.length);
      }
      return { assets, files };
    };

    itWrites('exports a library in files that nextExport chains, each asset once', async () => {
      const { assets, files } = await exportAll('fileType=CSV&limit=1500');
      expect(files).toBe(3);
      expect(new Set(assets).size).toBeGreaterThanOrEqual(4000);
      const counts = Map.groupBy(assets, (asset) => asset);
      expect(counts.get('0002')).toHaveLength(3);
    });

    itWrites('has one export of a library at a time (409), and nothing to export after its last asset', async () => {
      const { behaviour } = fixture.simulator.tenant;
      const first = await exportAll('fileType=CSV');
      const last = first.assets.at(-1) ?? '';
      const after = `${compounds}/bulkExport?fileType=CSV&startAfter=${encodeURIComponent(last)}`;
      const nothing = await fixture.target.send('POST', after);
      expect(Object.keys(nothing.json.data.attributes)).toEqual(['fileId', 'reportId']);
      const { reportId } = nothing.json.data.attributes;
      const { attributes } = (await fixture.target.get(`/materials/bulkExport/reports/${reportId}`)).json.data;
      expect(attributes).toMatchObject({ status: 'FAILED', error: { description: 'Nothing to export.' } });

      behaviour.jobMillis = 60_000;
      const other = '/materials/Reagents%20(SNB)/bulkExport';
      expect((await fixture.target.send('POST', other)).status).toBe(200);
      behaviour.jobMillis = 0;
      expect((await fixture.target.send('POST', other)).status).toBe(409);
      expect((await fixture.target.send('POST', after)).status).toBe(200);
    });

    itWrites('exports chemical libraries as SDF, and chosen ids only', async () => {
      const started = await fixture.target.post(`${compounds}/bulkExport`, {
        data: { type: 'materialBulkExportRequest', attributes: { ids: ['0001', '0002'] } },
      });
      const file = await fixture.target.get(`/materials/bulkExport/download/${started.json.data.attributes.fileId}`);
      expect(file.text.match(/\$\$\$\$/g)).toHaveLength(2);
    });

    itWrites('imports records, each rule its own way, with a report that stays until deleted', async () => {
      const record = { type: 'asset', attributes: { fields: [{ id: materialFieldId('a1'), value: 'Imported once' }] } };
      const importOne = async (rule: string) => {
        const started = await fixture.target.post(
          `${compounds}/bulkImport?rule=${rule}&importType=json&reportFormat=ALL_RESULTS`,
          { data: [record] },
        );
        expect(started.status).toBe(200);
        const { id } = started.json.data;
        const report = await fixture.target.get(`/materials/bulkImport/jobs/${id}/report`);
        expect((await fixture.target.remove(`/materials/bulkImport/jobs/${id}`)).status).toBe(204);
        expect((await fixture.target.get(`/materials/bulkImport/jobs/${id}`)).status).toBe(404);
        return report.json.data[0].status;
      };
      expect(await importOne('NO_DUPLICATED')).toBe('CREATED');
      expect(await importOne('NO_DUPLICATED')).toBe('DUPLICATE');
      expect(await importOne('USE_MATCHES')).toBe('MATCHED');
      expect(await importOne('TREAT_AS_UNIQUE')).toBe('CREATED');
    });
  },
  { behaviour: { jobMillis: 0 }, compounds: 4_000 },
);
