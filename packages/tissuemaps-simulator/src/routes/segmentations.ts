/** Label arrays: one that is posted makes objects, and one that is read shows them. */
import { malformed, missingParameters, notFound, unforeseen } from '../http/refusals.ts';
import { data, done } from '../http/reply.ts';
import { type ExperimentCall, type Routes, route } from '../http/route.ts';
import { numberOf, textOf } from '../json.ts';
import { type LabelArray, readSegmentation } from '../objects/npz.ts';
import { addLayer, type ObjectType, type SiteObjects, type Values } from '../objects/object-type.ts';
import type { Experiment } from '../world/model.ts';
import { namedSite, type SiteFilter, siteFilter } from '../world/places.ts';
import { changeRow } from './found.ts';
import { typeOf } from './object-types.ts';

interface Posted {
  readonly filter: SiteFilter;
  readonly tpoint: number;
  readonly zplane: number;
  readonly npz: string;
}

const needed = ['plate_name', 'well_name', 'well_pos_x', 'well_pos_y', 'tpoint', 'zplane'];
const numbers = ['well_pos_x', 'well_pos_y', 'tpoint', 'zplane'];

/** The documents name the site in the query; the server and its client name it in the body. */
const readPosted = ({ query, body, world }: ExperimentCall): Posted => {
  const isQuery = !world.switches.segmentationInBodyOnly && body.plate_name === undefined;
  const text = (name: string) => (isQuery ? query.text(name) : textOf(body[name]));
  const number = (name: string) => (isQuery ? query.integer(name) : numberOf(body[name]));
  const isMissing = (name: string) => (numbers.includes(name) ? number(name) : text(name)) === undefined;
  const npz = textOf(body.npz_file) ?? textOf(body.image) ?? (isQuery ? query.text('image') : undefined);
  const missing = [...needed.filter(isMissing), ...(npz === undefined ? ['npz_file'] : [])];
  if (missing.length > 0) throw missingParameters('POST', missing);
  return {
    filter: {
      plateName: text('plate_name'),
      wellName: text('well_name'),
      y: number('well_pos_y'),
      x: number('well_pos_x'),
    },
    tpoint: number('tpoint') ?? 0,
    zplane: number('zplane') ?? 0,
    npz: npz ?? '',
  };
};

/** Aligned arrays lack a margin on each side: the objects lie inside it. */
const withMargin = ({ height, width, values }: LabelArray, margin: number): LabelArray => {
  if (margin === 0) return { height, width, values };
  const size = { height: height + 2 * margin, width: width + 2 * margin };
  const all = new Int32Array(size.height * size.width);
  for (let y = 0; y < height; y += 1)
    all.set(values.subarray(y * width, (y + 1) * width), (y + margin) * size.width + margin);
  return { ...size, values: all };
};

const addObjects = (experiment: Experiment, type: ObjectType, siteId: number, posted: Posted, raster: Int32Array) => {
  const found = [...new Set(raster)].filter((label) => label > 0).toSorted((a, b) => a - b);
  const values: Values = new Map();
  const group: SiteObjects = {
    siteId,
    tpoint: posted.tpoint,
    zplane: posted.zplane,
    objects: found.map((label) => ({ id: experiment.counters.next('mapobjects'), label })),
    labels: { numbers: found, raster: () => raster },
    values: () => values,
  };
  type.groups.push(group);
  addLayer(type, posted.tpoint, posted.zplane, () => experiment.counters.next('segmentation_layers'));
};

const isSame = (group: SiteObjects, siteId: number, tpoint: number, zplane: number) =>
  group.siteId === siteId && group.tpoint === tpoint && group.zplane === zplane;

const post = (call: ExperimentCall) => {
  const { world, experiment, query, id } = call;
  const posted = readPosted(call);
  const type = changeRow(world, experiment.types, id('mapobject_type_id'), 'MapobjectType');
  const { site } = namedSite(experiment, posted.filter);
  const given = readSegmentation(posted.npz);
  if (given === undefined) throw malformed('npz_file must hold an int32 array "segmentation" of two dimensions.');
  const array = withMargin(given, query.flag('align') ? experiment.alignMargin : 0);
  if (array.height !== site.height || array.width !== site.width)
    throw malformed(`The array must be as large as the site: ${site.height} x ${site.width}.`);
  const labels = new Set(array.values);
  const known = type.groups.filter((group) => isSame(group, site.id, posted.tpoint, posted.zplane));
  // A label at the same site, tpoint and zplane again: the server's unique index refuses it.
  if (known.some(({ objects }) => objects.some(({ label }) => labels.has(label)))) throw unforeseen();
  addObjects(experiment, type, site.id, posted, array.values);
  return done();
};

/** All labels of the site: several posts may each have added some. */
const merged = (groups: readonly SiteObjects[]): Int32Array => {
  const [first, ...others] = groups.map(({ labels }) => labels.raster());
  if (first === undefined || others.length === 0) return first ?? new Int32Array(0);
  return first.map((label, index) => others.reduce((last, raster) => raster[index] || last, label));
};

const read = (call: ExperimentCall) => {
  const { world, experiment, query } = call;
  const type = typeOf(call);
  const { site } = namedSite(experiment, siteFilter(query));
  const [tpoint = 0, zplane = 0] = [query.integer('tpoint'), query.integer('zplane')];
  const groups = type.groups.filter((group) => isSame(group, site.id, tpoint, zplane) && group.objects.length > 0);
  if (groups.length === 0) throw world.switches.emptySiteFails ? unforeseen() : notFound('Segmentation');
  const raster = merged(groups);
  const margin = query.flag('align') ? experiment.alignMargin : 0;
  const rows = Array.from({ length: site.height - 2 * margin }, (_, row) => {
    const start = (row + margin) * site.width;
    return [...raster.subarray(start + margin, start + site.width - margin)];
  });
  return data(rows);
};

export const segmentationRoutes = {
  'POST /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/segmentations': route('write', post),
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/segmentations': route('read', read, {
    query: ['plate_name', 'well_name', 'well_pos_x:int', 'well_pos_y:int', 'tpoint:int', 'zplane:int'],
  }),
} satisfies Routes;
