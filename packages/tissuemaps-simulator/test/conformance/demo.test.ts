/** The demo: the same seed makes the same bytes, and pixels, labels, outlines and values of a nucleus agree. */
import { decode as decodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { isFull } from '../../../../test/support/test-size.ts';
import { demo, facts, firstSite, nuclei, startTarget, type Target } from './target.ts';

const compact = { headers: { 'x-requested-with': 'XMLHttpRequest' } };
const image = `${demo}/channels/MQ==/image-file?${firstSite}&zplane=0&cycle_index=0`;
const width = 640;
const height = 512;

const labelsOf = async (target: Target): Promise<number[]> =>
  (await target.get(`${nuclei}/segmentations?${firstSite}&zplane=0`, compact)).json.data.flat();

const pixelsOf = async (target: Target) => decodePng((await target.get(image)).bytes);

const tableOf = async (target: Target, path: string): Promise<Record<string, string>[]> => {
  const { text } = await target.get(path);
  const [header = '', ...rows] = text.trimEnd().split('\r\n');
  const names = header.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, index) => [names[index] ?? '', cell])));
};

/** The site lies in the upper left corner: these tiles of full size cover it. */
const tilesOfSite = [0, 1].flatMap((y) => [0, 1, 2].map((x) => `x=${x}&y=${y}&z=5`));

type Ring = readonly (readonly [number, number])[];
interface Feature {
  readonly id: number;
  readonly geometry: { readonly type: string; readonly coordinates: readonly [Ring] };
}

const outlinesOf = async (target: Target): Promise<Map<number, Ring>> => {
  const tiles = await Promise.all(
    tilesOfSite.map((tile) => target.get(`${demo}/segmentation_layers/NA==/tiles?${tile}`)),
  );
  const features: Feature[] = tiles.flatMap(({ json }) => json.features);
  return new Map(features.map(({ id, geometry }) => [id, geometry.coordinates[0]]));
};

/** Gauss's formula; y grows upwards. */
const area = (ring: Ring): number =>
  Math.abs(
    ring.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
      return sum + (x * nextY - nextX * y) / 2;
    }, 0),
  );

/** The places of the pixels of each label. */
const placesOf = (labels: readonly number[]): ReadonlyMap<number, readonly number[]> => {
  const places = new Map<number, number[]>();
  for (const [place, label] of labels.entries()) {
    const own = places.get(label) ?? [];
    own.push(place);
    places.set(label, own);
  }
  return places;
};

facts('the demo', (fixture) => {
  it('has 6 wells of 4 sites, 3 channels of 16 bits, and layers of 264 tiles', async () => {
    const { target } = fixture;
    const listed = async (what: string) => (await target.get(`${demo}/${what}`)).json.data;
    expect(await listed('wells')).toHaveLength(6);
    expect(await listed('sites')).toHaveLength(24);
    const channels = await listed('channels');
    expect(channels.map(({ name, bit_depth }: { name: string; bit_depth: number }) => [name, bit_depth])).toEqual([
      ['DAPI', 16],
      ['GFP', 16],
      ['RFP', 16],
    ]);
    const [layer] = await listed('channel_layers?channel_name=GFP');
    expect([layer.max_zoom, layer.image_size]).toEqual([5, { width: 4840, height: 2548 }]);
    const tiles = Array.from({ length: 6 }, (_, zoom) => {
      const scale = 2 ** (5 - zoom) * 256;
      return Math.ceil(4840 / scale) * Math.ceil(2548 / scale);
    });
    expect(tiles.reduce((sum, count) => sum + count)).toBe(264);
  });

  it('has an image of 16 bits with the name that the client takes, and the cache header of the server', async () => {
    const { headers, bytes } = await fixture.target.get(image);
    const { depth, channels, width: columns, height: rows } = decodePng(bytes);
    expect({ depth, channels, columns, rows }).toEqual({ depth: 16, channels: 1, columns: width, rows: height });
    expect(headers.get('cache-control')).toBe('public, max-age=43200');
    expect(headers.get('content-disposition')).toBe(
      'attachment; filename=demo-nuclei_plate01_A01_y000_x000_z000_t000_DAPI.png',
    );
    const corrected = await fixture.target.get(`${image}&correct=True`);
    expect(corrected.bytes.equals(bytes)).toBe(false);
    const bySeed = await fixture.target.get(image.replace('image-file?', 'image-files?').concat('&illumcorr=True'));
    expect(bySeed.bytes.equals(corrected.bytes)).toBe(true);
  });

  it('has the same nuclei in labels, outlines, values and pixels', async () => {
    const { target } = fixture;
    const [labels, { data }, outlines] = [await labelsOf(target), await pixelsOf(target), await outlinesOf(target)];
    const where = 'plate_name=plate01&well_name=A01&well_pos_y=0&well_pos_x=0';
    const values = await tableOf(target, `${nuclei}/feature-values?${where}`);
    const metadata = await tableOf(target, `${nuclei}/metadata?${where}`);
    expect(values).toHaveLength(40);
    const places = placesOf(labels);
    expect(new Set(metadata.map(({ is_border }) => is_border))).toEqual(new Set(['True', 'False']));
    for (const [index, row] of values.entries()) {
      const { label = '', mapobject_id: id = '', is_border: isBorder } = metadata[index] ?? {};
      const own = places.get(Number(label)) ?? [];
      expect(id).toBe(row.mapobject_id);
      expect(own).toHaveLength(Number(row.Morphology_Area));
      const pixels = own.map((place) => data[place] ?? 0);
      const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
      expect(mean).toBeCloseTo(Number(row.Intensity_mean_DAPI), 6);
      expect(Math.max(...pixels)).toBe(Number(row.Intensity_max_DAPI));
      // The outline cuts the corners of pixels.
      const outline = area(outlines.get(Number(id)) ?? []);
      expect(Math.abs(outline - own.length) / own.length).toBeLessThan(0.05);
      const touches = own.some((place) => {
        const [y, x] = [Math.floor(place / width), place % width];
        return y === 0 || x === 0 || y === height - 1 || x === width - 1;
      });
      expect(isBorder).toBe(touches ? 'True' : 'False');
    }
  });

  it('has bright tiles where labels are, and dark ones beside', async () => {
    const { target } = fixture;
    const labels = await labelsOf(target);
    const { bytes, headers } = await target.get(`${demo}/channel_layers/MQ==/tiles?x=1&y=0&z=5`, { token: null });
    expect(headers.get('content-type')).toBe('image/jpeg');
    const tile = jpeg.decode(bytes, { useTArray: true });
    expect([tile.width, tile.height]).toEqual([256, 256]);
    const sums = { inside: 0, outside: 0, insideCount: 0, outsideCount: 0 };
    for (let place = 0; place < 256 * 256; place += 1) {
      const label = labels[Math.floor(place / 256) * width + 256 + (place % 256)] ?? 0;
      const grey = tile.data[place * 4] ?? 0;
      sums[label > 0 ? 'inside' : 'outside'] += grey;
      sums[label > 0 ? 'insideCount' : 'outsideCount'] += 1;
    }
    expect(sums.inside / sums.insideCount).toBeGreaterThan(4 * (sums.outside / sums.outsideCount));
    const { data } = await pixelsOf(target);
    const [grey = 0, pixel = 0] = [tile.data[(100 * 256 + 100) * 4], data[100 * width + 356]];
    expect(Math.abs(grey - (pixel * 255) / 7133)).toBeLessThan(8);
  });

  it('is black outside, and for text and missing numbers 400', async () => {
    const tile = async (query: string) => {
      const answer = await fixture.target.get(`${demo}/channel_layers/MQ==/tiles?${query}`, { token: null });
      const { status, bytes } = answer;
      if (status !== 200) return status;
      const { data } = jpeg.decode(bytes, { useTArray: true });
      return data.reduce((most, grey, index) => (index % 4 === 3 ? most : Math.max(most, grey)), 0);
    };
    const outside = ['x=-1&y=0&z=5', 'x=19&y=0&z=5', 'x=0&y=0&z=6', 'x=0&y=0&z=-1', 'x=999999999&y=0&z=5'];
    expect(await Promise.all(outside.map(tile))).toEqual([0, 0, 0, 0, 0]);
    expect(await Promise.all(['x=0&y=0', 'x=a&y=0&z=5', ''].map(tile))).toEqual([400, 400, 400]);
  });

  it('shows polygons down to four levels below full size, points below, and nothing beyond the last level', async () => {
    const kinds = async (...tiles: readonly string[]) => {
      const paths = tiles.map((tile) => `${demo}/segmentation_layers/NA==/tiles?${tile}`);
      const answers = await Promise.all(paths.map((path) => fixture.target.get(path)));
      const features: Feature[] = answers.flatMap(({ json }) => json.features);
      return [new Set(features.map(({ id }) => id)).size, [...new Set(features.map(({ geometry }) => geometry.type))]];
    };
    expect(await kinds('x=0&y=0&z=1', 'x=1&y=0&z=1')).toEqual([960, ['Polygon']]);
    expect(await kinds('x=0&y=0&z=0')).toEqual([960, ['Point']]);
    expect(await kinds('x=0&y=0&z=6')).toEqual([0, []]);
    const { json } = await fixture.target.get(`${demo}/segmentation_layers/Mw==/tiles?x=0&y=0&z=0`);
    expect([json.features.length, json.features[0].properties]).toEqual([24, { type: 'Sites' }]);
    expect(json.features[0].geometry.coordinates[0][2]).toEqual([640, -512]);
  });

  it('says of an object where it is', async () => {
    const { json } = await fixture.target.get(`${demo}/mapobjects/32/info`);
    expect(json.data).toEqual({
      id: '32',
      type: 'Nuclei',
      experiment_name: 'demo-nuclei',
      plate_name: 'plate01',
      well_name: 'A01',
      well_pos_x: 0,
      well_pos_y: 0,
      tpoint: 0,
      zplane: 0,
      label: 1,
    });
  });

  it('counts tiles of experiments that do not exist', async () => {
    const answer = await fixture.target.get('/api/experiments/77/channel_layers/1/tiles?x=0&y=0&z=0', { token: null });
    expect(answer.status).toBe(500);
    expect((await fixture.target.control('GET', 'made-schemas')).json.madeSchemas).toEqual(['77']);
  });
});

describe('the demo of a seed', () => {
  const paths = [
    image,
    `${demo}/channel_layers/Mg==/tiles?x=3&y=2&z=4`,
    `${demo}/segmentation_layers/NA==/tiles?x=1&y=1&z=5`,
    `${demo}/channels`,
    `${nuclei}/feature-values?plate_name=plate01&well_name=B02&well_pos_x=1&well_pos_y=1`,
  ];
  const bytesOf = async (seed: number) => {
    const { simulator, target } = await startTarget({ seed });
    const answers = await Promise.all(paths.map((path) => target.get(path)));
    await simulator.close();
    return answers.map(({ bytes }) => bytes.toString('base64'));
  };

  it('is the same each time, and another for another seed', async () => {
    const [first, second, other] = [await bytesOf(3), await bytesOf(3), await bytesOf(4)];
    expect(second).toEqual(first);
    expect(other.map((bytes, index) => bytes === first[index])).toEqual([false, false, false, true, false]);
  });

  // The whole pyramid takes seconds: full size only. The tiles above are of the same code.
  it.runIf(isFull)('has a JPEG of grey for each tile', async () => {
    const { simulator, target } = await startTarget();
    const tiles: number[] = [];
    for (let zoom = 0; zoom <= 5; zoom += 1) {
      const scale = 2 ** (5 - zoom) * 256;
      for (let y = 0; y < 2548 / scale; y += 1)
        for (let x = 0; x < 4840 / scale; x += 1) {
          const { bytes } = await target.get(`${demo}/channel_layers/MQ==/tiles?x=${x}&y=${y}&z=${zoom}`);
          tiles.push(jpeg.decode(bytes, { useTArray: true }).width);
        }
    }
    await simulator.close();
    expect(tiles).toEqual(Array.from({ length: 264 }, () => 256));
  });
});
