/** An upload of files, the workflow that runs over them, and what comes out. */
import { decode as decodePng } from 'fast-png';
import { expect, it } from 'vitest';
import { squares } from '../images.ts';
import { empty, facts, type Target } from './target.ts';

const acquisition = `${empty}/acquisitions/MQ==`;
const nameOf = (well: string, site: number, channel: number) =>
  `run 1_${well}_T0001F00${site}L01A01Z01C0${channel}.png`;
const images = ['A01', 'C04'].flatMap((well) => [1, 2, 3].flatMap((site) => [1, 2].map((c) => nameOf(well, site, c))));

const statesOf = async (target: Target) => {
  const { json } = await target.get(`${acquisition}/images`);
  return json.data.map(({ status }: { status: string }) => status);
};

const prepare = async (target: Target) => {
  await target.post(`${empty}/plates`, { name: 'plate one' });
  await target.post(`${empty}/acquisitions`, { name: 'first', plate_name: 'plate one' });
  return target.post(`${acquisition}/upload/register`, { files: [...images, 'notes.txt', 'dir/run_1_Data.mlf'] });
};

/** What each step of a submission has made by now. */
const counts = async (target: Target) => {
  const count = async (what: string) => (await target.get(`${empty}/${what}`)).json.data.length;
  return [
    await count('wells'),
    await count('sites'),
    await count('cycles'),
    await count('channels'),
    await count('channel_layers'),
    await count('mapobject_types'),
  ];
};

facts('an upload', (fixture) => {
  it('registers the names of the microscope, safe for a file system', async () => {
    const { json } = await prepare(fixture.target);
    const safe = [...images.map((name) => name.replace(' ', '_')), 'run_1_Data.mlf'];
    expect(json.data).toEqual(safe);
    const again = await fixture.target.post(`${acquisition}/upload/register`, { files: [images[0]] });
    expect(again.json.data).toEqual([safe[0]]);
    expect((await fixture.target.post(`${acquisition}/upload/register`, { files: [] })).status).toBe(400);
  });

  it('checks names as texts and as objects', async () => {
    const check = async (files: unknown) =>
      (await fixture.target.post(`${acquisition}/upload/validity-check`, { files })).json;
    expect(await check([images[0], 'a.png'])).toEqual({ is_valid: [true, false] });
    expect(await check([{ name: 'a.mrf' }])).toEqual({ is_valid: [true] });
  });

  it('answers 200 with five messages', async () => {
    const { target } = fixture;
    const send = async (name: string) => {
      const { status, json } = await target.upload(`${acquisition}/microscope-file`, name, squares([[4, 4]]));
      return [status, json.message];
    };
    const [first = '', ...others] = images;
    expect(await send('other.png')).toEqual([200, 'non-registered file: skipped']);
    expect(await send(first)).toEqual([200, 'ok']);
    expect(await send(first)).toEqual([200, 'File already uploaded']);
    await target.control('POST', 'faults', { kind: 'workerDies', times: 1 });
    await expect(send(others[0] ?? '')).rejects.toThrow();
    expect(await send(others[0] ?? '')).toEqual([200, 'File upload already in progress']);
    expect((await target.get(`${empty}/plates`)).json.data[0].status).toBe('UPLOADING');
    expect((await target.get(`${acquisition}/upload/count`)).json).toEqual({ data: 1 });
  });

  it('refuses a body without a part "file"', async () => {
    const body = new FormData();
    body.append('other', 'text');
    const headers = { authorization: `JWT ${fixture.target.token}` };
    const url = `${fixture.target.url}${acquisition}/microscope-file`;
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400);
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(400);
  });
});

facts('a workflow over an upload', (fixture) => {
  const uploadAll = async (target: Target) => {
    await prepare(target);
    const corners = [
      [
        [4, 4],
        [30, 30],
      ],
      [[0, 20]],
    ] as const;
    for (const [index, name] of [...images, 'run_1_Data.mlf'].entries())
      await target.upload(`${acquisition}/microscope-file`, name, squares(corners[index % 2] ?? [], 3000 + index));
  };

  it('has no status before, and COMPLETE files', async () => {
    const { target } = fixture;
    expect((await target.get(`${empty}/workflow/status`)).json).toEqual({ data: null });
    await uploadAll(target);
    expect(await statesOf(target)).toEqual(images.map(() => 'COMPLETE'));
    const last = await target.upload(`${acquisition}/microscope-file`, images[0] ?? '', squares([]));
    expect(last.json.message).toBe('Acquisition complete');
    expect(await counts(target)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('makes wells, then layers with black tiles, then tiles and types, by the clock', async () => {
    const { target } = fixture;
    expect((await target.post(`${empty}/workflow/submit`, {})).json).toEqual({ message: 'ok', submission_id: 2 });
    const seen: unknown[] = [];
    const tile = async () => (await target.get(`${empty}/channel_layers/MQ==/tiles?x=0&y=0&z=0`)).bytes.length;
    const black = await tile();
    for (const seconds of [6, 6, 2, 2]) {
      await target.wait(seconds);
      seen.push([...(await counts(target)), (await tile()) > black]);
    }
    expect(seen).toEqual([
      [2, 6, 1, 2, 0, 0, false],
      [2, 6, 1, 2, 0, 0, false],
      [2, 6, 1, 2, 2, 0, false],
      [2, 6, 1, 2, 2, 3, true],
    ]);
    await target.wait(10);
    const { json } = await target.get(`${empty}/workflow/status`);
    expect([json.data.state, json.data.exitcode, json.data.percent_done]).toEqual(['TERMINATED', 0, 100]);
  });

  it('finds the squares of the images, with their sizes and brightness', async () => {
    const { target } = fixture;
    const { json } = await target.get(`${empty}/mapobject_types?name=Nuclei`);
    const [type] = json.data;
    const { text } = await target.get(`${empty}/mapobject_types/${type.id}/feature-values`);
    const rows = text.trimEnd().split('\r\n');
    expect(rows[0]).toBe(
      'mapobject_id,Morphology_Area,Morphology_Eccentricity,Intensity_mean_C01,Intensity_max_C01,Intensity_mean_C02,Intensity_max_C02',
    );
    expect(rows).toHaveLength(1 + 12);
    expect(rows[1]?.split(',').slice(1)).toEqual(['100', '0', '3000', '3000', '100', '100']);
  });

  it('gives the pixels back that were uploaded', async () => {
    const query = 'plate_name=plate+one&well_name=C04&well_pos_x=1&well_pos_y=0&tpoint=0&zplane=0&cycle_index=0';
    const { bytes } = await fixture.target.get(`${empty}/channels/MQ==/image-file?${query}`);
    expect(decodePng(bytes).data[4 * 64 + 4]).toBe(3008);
    const wrong = await fixture.target.get(`${empty}/channels/MQ==/image-file?${query.replace('C04', 'C05')}`);
    expect(wrong.json).toEqual({
      error: { message: expect.any(String), status_code: 400, type: 'NoResultFound' },
    });
  });

  it('makes everything anew with new ids when it runs again', async () => {
    const { target } = fixture;
    const idsOf = async (what: string) =>
      (await target.get(`${empty}/${what}`)).json.data.map(({ id }: { id: string }) => id);
    const before = [await idsOf('wells'), await idsOf('channel_layers'), await idsOf('mapobject_types')];
    await target.post(`${empty}/workflow/submit`, {});
    await target.wait(60);
    const after = [await idsOf('wells'), await idsOf('channel_layers'), await idsOf('mapobject_types')];
    expect(after.map((ids) => ids.length)).toEqual(before.map((ids) => ids.length));
    expect(after.map((ids, kind) => ids.filter((id: string) => before[kind]?.includes(id)))).toEqual([[], [], []]);
  });
});
