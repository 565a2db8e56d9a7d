/** Outlines of objects as GeoJSON, in the tile grid of the channels. No token and no check of rights, as on the server. */
import { malformed, missingParameters, notFound, unforeseen } from '../http/refusals.ts';
import { json, type Reply } from '../http/reply.ts';
import { type Call, idIn, type Routes, route } from '../http/route.ts';
import { tilePixels } from '../images/tile.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ObjectType, SegmentationLayer } from '../objects/object-type.ts';
import { type Shape, shapesIn } from '../objects/shapes.ts';
import type { Experiment } from '../world/model.ts';
import { rectanglesOf } from '../world/rectangles.ts';
import { tileQuery } from './images.ts';

interface Found {
  readonly experiment: Experiment;
  readonly type: ObjectType;
  readonly layer: SegmentationLayer;
}

const findLayer = ({ world, params }: Call): Found => {
  const experimentId = idIn(params, 'experiment_id');
  const layerId = idIn(params, 'segmentation_layer_id');
  const experiment = world.experiments.find(({ id }) => id === experimentId);
  if (experiment === undefined) {
    world.madeSchemas.push(String(experimentId));
    throw unforeseen();
  }
  for (const type of experiment.types) {
    const layer = type.layers.find(({ id }) => id === layerId);
    if (layer !== undefined) return { experiment, type, layer };
  }
  throw notFound('SegmentationLayer');
};

type Detail = 'polygons' | 'points' | 'nothing';

/** Types of the pipeline have thresholds: polygons from four levels below the last, points on two more. The others are polygons at every level. */
const detailAt = ({ kind, isPoints }: ObjectType, z: number, maxZoom: number): Detail => {
  if (z < 0 || z > maxZoom) return 'nothing';
  if (kind !== 'pipeline') return 'polygons';
  if (z < maxZoom - 6) return 'nothing';
  return isPoints || z < maxZoom - 4 ? 'points' : 'polygons';
};

const geometry = ({ ring, centre }: Shape, detail: Detail): JsonObject =>
  detail === 'points'
    ? { type: 'Point', coordinates: [...centre] }
    : { type: 'Polygon', coordinates: [ring.map((point): Json => [...point])] };

/** The shapes of a tile with the properties that they have. A shape without properties is left out. */
const tileOf = (call: Call, found: Found, propertiesOf: (shape: Shape) => JsonObject | undefined): Reply => {
  const { experiment, type, layer } = found;
  const [x = 0, y = 0, z = 0] = ['x', 'y', 'z'].map((name) => call.query.integer(name));
  const maxZoom = experiment.layers[0]?.maxZoom ?? 0;
  const detail = detailAt(type, z, maxZoom);
  const scale = 2 ** (maxZoom - z);
  const size = tilePixels * scale;
  const window = { top: y * size, left: x * size, height: size, width: size };
  // At full size all points stay; each level outwards may move the line by half a pixel of the tile.
  const tolerance = scale > 1 ? scale / 2 : 0;
  const shapes = detail === 'nothing' ? [] : shapesIn(type, layer, window, rectanglesOf(experiment), tolerance);
  const features = shapes.flatMap((shape): Json[] => {
    const properties = propertiesOf(shape);
    if (properties === undefined) return [];
    return [{ type: 'Feature', id: shape.id, geometry: geometry(shape, detail), properties }];
  });
  return json({ type: 'FeatureCollection', features });
};

const labelledTile = (call: Call): Reply => {
  const isNeeded = call.world.switches.labeledTilesNeedName;
  const name = call.query.text('result_name');
  if (isNeeded && name === undefined) throw missingParameters('GET', ['result_name']);
  const found = findLayer(call);
  // Without a name, the label is that of the segmentation: the documents know no name.
  if (name === undefined) return tileOf(call, found, ({ label }) => ({ label }));
  const result = found.experiment.toolResults.findLast(
    (known) => known.name === name && known.typeId === found.type.id,
  );
  if (result === undefined) throw malformed(`There is no tool result "${name}".`);
  return tileOf(call, found, ({ id }) => {
    const label = result.labels.get(id);
    if (label === undefined) return undefined;
    return { label: isNeeded ? String(label) : label };
  });
};

export const segmentationTileRoutes = {
  'GET /api/experiments/{experiment_id}/segmentation_layers/{segmentation_layer_id}/tile': route(
    'open',
    (call) => {
      const found = findLayer(call);
      return tileOf(call, found, () => ({ type: found.type.name }));
    },
    tileQuery,
  ),
  'GET /api/experiments/{experiment_id}/segmentation_layers/{segmentation_layer_id}/labeled_tiles': route(
    'open',
    labelledTile,
    tileQuery,
  ),
} satisfies Routes;
