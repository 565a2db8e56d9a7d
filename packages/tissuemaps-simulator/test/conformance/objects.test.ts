/** Objects that clients post, tables of them, and tools over them. */
import { expect, it } from 'vitest';
import { segmentationOf } from '../npz.ts';
import { demo, facts, firstSite, nuclei, type Target } from './target.ts';

const site = { plate_name: 'plate01', well_name: 'A01', well_pos_x: 0, well_pos_y: 0, tpoint: 0 };
const [height, width] = [512, 640];

/** Label 1 at the left border, label 7 inside. */
const raster = () => {
  const labels = new Int32Array(height * width);
  for (let y = 100; y < 110; y += 1) {
    labels.fill(1, y * width, y * width + 10);
    labels.fill(7, y * width + 300, y * width + 320);
  }
  return labels;
};

const byColumns = (values: Int32Array): Int32Array =>
  Int32Array.from(values, (_, index) => values[(index % height) * width + Math.floor(index / height)] ?? 0);

const makeType = async (target: Target, name: string): Promise<string> => {
  const { json } = await target.post(`${demo}/mapobject_types`, { name });
  return `${demo}/mapobject_types/${json.data.id}`;
};

facts('posted objects', (fixture) => {
  it('come back as labels and outlines, from rows and from columns', async () => {
    const { target } = fixture;
    for (const [name, npz] of [
      ['Rows', segmentationOf(height, width, raster())],
      ['Columns', segmentationOf(height, width, byColumns(raster()), 'columns')],
    ] as const) {
      const type = await makeType(target, name);
      const posted = await target.post(`${type}/segmentations`, { ...site, zplane: 0, npz_file: npz });
      expect(posted.json).toEqual({ message: 'ok' });
      const { data } = (await target.get(`${type}/segmentations?${firstSite}&zplane=0`)).json;
      expect(data).toHaveLength(height);
      expect([data[105][5], data[105][305], data[99][305], data[105][320]]).toEqual([1, 7, 0, 0]);
      const { text } = await target.get(`${type}/metadata`);
      const rows = text
        .trimEnd()
        .split('\r\n')
        .map((row) => row.split(',').slice(1).join());
      expect(rows.slice(1)).toEqual(['plate01,A01,0,0,0,0,1,True', 'plate01,A01,0,0,0,0,7,False']);
    }
  });

  it('are refused with another size, without the array, and with a label twice', async () => {
    const { target } = fixture;
    const type = await makeType(target, 'Refused');
    const post = async (npz: string, more = {}) =>
      (await target.post(`${type}/segmentations`, { ...site, zplane: 0, npz_file: npz, ...more })).status;
    const good = segmentationOf(height, width, raster());
    expect(await post(segmentationOf(width, height, raster()))).toBe(400);
    expect(await post(segmentationOf(height, width, raster(), 'rows', 'other'))).toBe(400);
    expect(await post('bm90IGEgemlw')).toBe(400);
    expect(await post(good, { well_name: 'Z09' })).toBe(400);
    expect(await post(good)).toBe(200);
    expect(await post(good)).toBe(500);
    expect((await target.post(`${type}/segmentations`, { npz_file: good })).json.error.type).toBe(
      'MissingPOSTParameterError',
    );
  });

  it('take the site from the query, as the documents have it', async () => {
    const { target } = fixture;
    const type = await makeType(target, 'Query');
    const image = segmentationOf(height, width, raster());
    expect((await target.post(`${type}/segmentations?${firstSite}&zplane=0`, { image })).status).toBe(200);
  });

  it('have tables with nan for objects without values, and headers only without objects', async () => {
    const { target } = fixture;
    const type = await makeType(target, 'Valued');
    const npz = segmentationOf(height, width, raster());
    await target.post(`${type}/segmentations`, { ...site, zplane: 0, npz_file: npz });
    const values = `${type}/feature-values`;
    expect((await target.get(values)).text).toBe('mapobject_id\r\n');
    const body = {
      ...site,
      names: ['f1', 'f2'],
      labels: [1, 7],
      values: [
        [2.45, 8],
        [5, 7.21],
      ],
    };
    expect((await target.post(values, { ...body, labels: [1], values: [[1, 2]] })).status).toBe(404);
    expect((await target.post(values, { ...body, well_name: 'Z09' })).json.error.type).toBe('NoResultFound');
    expect((await target.post(values, { ...site, names: [] })).status).toBe(400);
    expect((await target.post(values, body)).json).toEqual({ message: 'ok' });
    const { text, headers } = await target.get(`${values}?well_name=A01`);
    expect(text.replaceAll(/^\d+/gm, 'N')).toBe('mapobject_id,f1,f2\r\nN,2.45,8\r\nN,5,7.21\r\n');
    expect([headers.get('content-type'), headers.get('content-length')]).toEqual(['text/csv; charset=utf-8', null]);
    expect(headers.get('content-disposition')).toBe('attachment; filename=demo-nuclei_A01_Valued_feature-values.csv');
    const posted = await target.post(`${type}/segmentations`, {
      ...site,
      tpoint: 1,
      zplane: 0,
      npz_file: segmentationOf(height, width, raster()),
    });
    expect(posted.status).toBe(200);
    await target.post(values, { ...body, tpoint: 1, names: ['f1'], values: [[1], [2]] });
    const later = (await target.get(`${values}?tpoint=1`)).text;
    expect(later.replaceAll(/^\d+/gm, 'N')).toBe('mapobject_id,f1,f2\r\nN,1,nan\r\nN,2,nan\r\n');
  });

  it('have 404 for what a filter names in vain, and 400 where a type has no such place', async () => {
    const { target } = fixture;
    const statusOf = async (path: string) => (await target.get(path)).status;
    expect(await statusOf(`${nuclei}/feature-values?plate_name=other`)).toBe(404);
    expect(await statusOf(`${nuclei}/metadata?well_name=Z09`)).toBe(404);
    expect(await statusOf(`${nuclei}/metadata?well_pos_y=9`)).toBe(404);
    expect(await statusOf(`${demo}/mapobject_types/Mg==/metadata?well_pos_y=0`)).toBe(400);
    expect(await statusOf(`${demo}/mapobject_types/MQ==/metadata?well_name=A01`)).toBe(400);
    const wells = (await target.get(`${demo}/mapobject_types/Mg==/metadata`)).text.split('\r\n');
    expect(wells.slice(1, 3)).toEqual(['2,plate01,A01,,,,,1,False', '3,plate01,A02,,,,,2,False']);
  });
});

facts('tools', (fixture) => {
  const run = async (target: Target, tool_name: string, payload: unknown) => {
    const { json } = await target.post(`${demo}/tools/request`, { tool_name, payload, session_uuid: 'a' });
    const id = json.data.submission_id;
    const state = async () => (await target.get(`${demo}/tools/jobs?submission_id=${id}`)).json.data[0];
    expect((await state()).state).toBe('RUNNING');
    await target.wait(3);
    const job = await state();
    expect([job.name, job.state]).toEqual([`tool_${tool_name}`, 'TERMINATED']);
    return { job, results: (await target.get(`${demo}/tools/results?submission_id=${id}`)).json.data };
  };
  const type = { chosen_object_type: 'Nuclei' };

  it('show values as a heat map, whose tiles and table have them', async () => {
    const { target } = fixture;
    const { results } = await run(target, 'Heatmap', { ...type, selected_feature: 'Morphology_Area' });
    const [result] = results;
    expect([result.type, result.layer.type]).toEqual(['HeatmapToolResult', 'HeatmapLayer']);
    expect(result.attributes.min).toBeLessThan(result.attributes.max);
    const tile = `${demo}/segmentation_layers/NA==/labeled_tiles?x=1&y=1&z=5&result_name=${result.name}`;
    const { features } = (await target.get(tile, { token: null })).json;
    const { text } = await target.get(`${nuclei}/feature-values?well_name=A01`);
    const areas = new Map(text.split('\r\n').map((row) => [Number(row.split(',')[0]), Number(row.split(',')[1])]));
    expect(features.length).toBeGreaterThan(0);
    for (const { id, properties } of features) expect(properties.label).toBe(areas.get(id));
    const [header] = (await target.get(`${nuclei}/metadata?well_name=A01`)).text.split('\r\n');
    expect(header).toMatch(/,is_border,Heatmap-\d+$/);
  });

  it('cluster and classify', async () => {
    const { target } = fixture;
    const features = { ...type, selected_features: ['Morphology_Area', 'Intensity_mean_GFP'] };
    const clustered = await run(target, 'Clustering', { ...features, options: { method: 'kmeans', k: 3 } });
    expect(clustered.results[0].attributes).toEqual({ unique_labels: [0, 1, 2] });
    const training_classes = [
      { name: 'one', object_ids: [32] },
      { name: 'two', object_ids: [40] },
    ];
    const classified = await run(target, 'Classification', { ...features, training_classes });
    expect(classified.results[0].attributes.label_map).toEqual({ 0: { name: 'one' }, 1: { name: 'two' } });
  });

  it('fail with a log, and are listed for their user only', async () => {
    const { target } = fixture;
    const { job, results } = await run(target, 'Heatmap', { ...type, selected_feature: 'Nothing' });
    expect([job.exitcode, job.failed, results]).toEqual([1, true, []]);
    const { stderr } = (await target.get(`${demo}/tools/jobs/${job.id}/log`)).json.data;
    expect(stderr).toBe('There is no feature "Nothing".\n');
    const token = await target.signIn('reader', 'reader-password');
    await target.control('POST', 'shares', { experiment: 'demo-nuclei', user: 'reader', access: 'read' });
    expect((await target.get(`${demo}/tools/jobs`, { token })).json.data).toEqual([]);
    expect((await target.get(`${demo}/tools/results`, { token })).json.data).toEqual([]);
    const own = (await target.get(`${demo}/tools/results`)).json.data;
    const byNumber = `${demo}/tools/results?submission_id=${own[0].submission_id}`;
    expect((await target.get(byNumber, { token })).json.data).toHaveLength(1);
  });
});
