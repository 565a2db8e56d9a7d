/** Types of objects, their features, and their segmentation layers. */
import { integrityError, notFound, unforeseen } from '../http/refusals.ts';
import { data, done } from '../http/reply.ts';
import { type ExperimentCall, type Routes, route } from '../http/route.ts';
import { type JsonObject, textOf } from '../json.ts';
import type { Feature, ObjectType, SegmentationLayer } from '../objects/object-type.ts';
import type { Experiment } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { changeRow } from './found.ts';

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);

const shownFeature = (world: World, { id, name }: Feature): JsonObject => ({ id: world.id(id), name });

/** Layers lie over the layers of channels, and have their size. */
const shownSegmentationLayer = (
  world: World,
  { layers }: Experiment,
  { id, tpoint, zplane }: SegmentationLayer,
): JsonObject => ({
  id: world.id(id),
  tpoint,
  zplane,
  image_size: { width: layers[0]?.width ?? 0, height: layers[0]?.height ?? 0 },
});

const shownType = ({ world, experiment }: ExperimentCall, type: ObjectType): JsonObject => ({
  id: world.id(type.id),
  name: type.name,
  features: type.features.toSorted(byName).map((feature) => shownFeature(world, feature)),
  layers: type.layers.map((layer) => shownSegmentationLayer(world, experiment, layer)),
});

/** The type of the path. @throws Refusal 404, as the documents have no other status for it */
export const typeOf = ({ experiment, id }: ExperimentCall): ObjectType => {
  const type = experiment.types.find((known) => known.id === id('mapobject_type_id'));
  if (type === undefined) throw notFound('MapobjectType');
  return type;
};

/** An existing name answers the existing type. */
const getOrCreate = ({ experiment, body }: ExperimentCall): ObjectType => {
  const name = textOf(body.name) ?? '';
  const known = experiment.types.find((type) => type.name === name);
  if (known !== undefined) return known;
  const type: ObjectType = {
    id: experiment.counters.next('mapobject_types'),
    name,
    kind: 'posted',
    isPoints: false,
    features: [],
    layers: [],
    groups: [],
    areas: [],
    hasBrokenValues: false,
  };
  experiment.types.push(type);
  return type;
};

const listLayers = ({ world, experiment, query }: ExperimentCall) => {
  if (world.switches.segmentationLayersFail) throw unforeseen();
  const [name, tpoint, zplane] = [query.text('mapobject_type_name'), query.integer('tpoint'), query.integer('zplane')];
  const layers = experiment.types
    .filter((type) => name === undefined || type.name === name)
    .flatMap((type) => type.layers);
  const found = layers.filter(
    (layer) => (tpoint === undefined || layer.tpoint === tpoint) && (zplane === undefined || layer.zplane === zplane),
  );
  return data(found.map((layer) => shownSegmentationLayer(world, experiment, layer)));
};

const allFeatures = ({ types }: Experiment) => types.flatMap(({ features }) => features);

export const objectTypeRoutes = {
  'GET /api/experiments/{experiment_id}/mapobject_types': route('read', (call) => {
    const name = call.query.text('name');
    const found = call.experiment.types.filter((type) => name === undefined || type.name === name);
    return data(found.toSorted(byName).map((type) => shownType(call, type)));
  }),
  'POST /api/experiments/{experiment_id}/mapobject_type': route(
    'write',
    (call) => data(shownType(call, getOrCreate(call))),
    { body: ['name'] },
  ),
  'PUT /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}': route(
    'write',
    ({ world, experiment, id, body }) => {
      const type = changeRow(world, experiment.types, id('mapobject_type_id'), 'MapobjectType');
      const name = textOf(body.name) ?? '';
      if (experiment.types.some((known) => known !== type && known.name === name))
        throw integrityError(`A type with the name "${name}" exists.`);
      type.name = name;
      return done();
    },
    { body: ['name'] },
  ),
  'DELETE /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}': route(
    'write',
    ({ experiment, id }) => {
      experiment.types = experiment.types.filter((type) => type.id !== id('mapobject_type_id'));
      return done();
    },
  ),
  'GET /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/features': route('read', (call) => {
    const name = call.query.text('name');
    const found = typeOf(call).features.filter((feature) => name === undefined || feature.name === name);
    return data(found.toSorted(byName).map((feature) => shownFeature(call.world, feature)));
  }),
  'PUT /api/experiments/{experiment_id}/features/{feature_id}': route(
    'write',
    ({ world, experiment, id, body }) => {
      const feature = changeRow(world, allFeatures(experiment), id('feature_id'), 'Feature');
      feature.name = textOf(body.name) ?? '';
      return done();
    },
    { body: ['name'], unless: 'renameNeedsRead' },
  ),
  'DELETE /api/experiments/{experiment_id}/features/{feature_id}': route('write', ({ world, experiment, id }) => {
    if (world.switches.deleteFeatureFails) throw unforeseen();
    for (const type of experiment.types) type.features = type.features.filter((known) => known.id !== id('feature_id'));
    return done();
  }),
  'GET /api/experiments/{experiment_id}/segmentation_layers': route('read', listLayers),
} satisfies Routes;
