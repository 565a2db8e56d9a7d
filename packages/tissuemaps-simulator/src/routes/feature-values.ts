/** Values that a client computed, and the info of one object. */
import { malformed, missingParameters, notFound, unforeseen } from '../http/refusals.ts';
import { data, done } from '../http/reply.ts';
import { type ExperimentCall, idIn, type Routes, route, type UserCall } from '../http/route.ts';
import { isList, isNumbers, isTexts, type Json, numberOf, textOf } from '../json.ts';
import type { ObjectType, SiteObjects } from '../objects/object-type.ts';
import type { Experiment } from '../world/model.ts';
import { namedSite, sitePlaces } from '../world/places.ts';
import { changeRow } from './found.ts';

/** A feature of this name; a new one if there is none. */
const featureId = ({ counters }: Experiment, type: ObjectType, name: string): number => {
  const known = type.features.find((feature) => feature.name === name);
  if (known !== undefined) return known.id;
  const feature = { id: counters.next('features'), name };
  type.features.push(feature);
  return feature.id;
};

interface Matrix {
  readonly names: readonly string[];
  readonly labels: readonly number[];
  /** A row for each label. */
  readonly values: readonly (readonly number[])[];
}

const isMatrix = (value: Json | undefined): value is readonly (readonly number[])[] =>
  isList(value) && value.every(isNumbers);

const readMatrix = ({ names, labels, values }: ExperimentCall['body']): Matrix => {
  if (!isTexts(names) || !isNumbers(labels) || !isMatrix(values))
    throw malformed('names must be texts, labels numbers, and values rows of numbers.');
  if (values.length !== labels.length || values.some((row) => row.length !== names.length))
    throw malformed('values must have a row for each label and a column for each name.');
  return { names, labels, values };
};

const store = (experiment: Experiment, type: ObjectType, group: SiteObjects, { names, labels, values }: Matrix) => {
  for (const [column, name] of names.entries()) {
    const id = featureId(experiment, type, name);
    const known = group.values().get(id) ?? new Map<number, number>();
    for (const [row, label] of labels.entries()) {
      const value = values[row]?.[column];
      if (value !== undefined && group.labels.numbers.includes(label)) known.set(label, value);
    }
    group.values().set(id, known);
  }
};

const texts = ['plate_name', 'well_name'];
const numbers = ['well_pos_y', 'well_pos_x', 'tpoint'];

const post = ({ world, experiment, id, body }: ExperimentCall) => {
  const wrong = [
    ...texts.filter((name) => textOf(body[name]) === undefined),
    ...numbers.filter((name) => numberOf(body[name]) === undefined),
  ];
  if (wrong.length > 0) throw missingParameters('POST', wrong);
  const matrix = readMatrix(body);
  const type = changeRow(world, experiment.types, id('mapobject_type_id'), 'MapobjectType');
  const { site } = namedSite(experiment, {
    plateName: textOf(body.plate_name),
    wellName: textOf(body.well_name),
    y: numberOf(body.well_pos_y),
    x: numberOf(body.well_pos_x),
  });
  const groups = type.groups.filter((group) => group.siteId === site.id && group.tpoint === body.tpoint);
  const needed = groups.flatMap(({ objects }) => objects.map(({ label }) => label));
  if (needed.length === 0 || needed.some((label) => !matrix.labels.includes(label))) throw notFound('Mapobject');
  for (const group of groups) store(experiment, type, group, matrix);
  if (world.switches.valuesUnderNames) type.hasBrokenValues = true;
  return done();
};

interface FoundObject {
  readonly type: ObjectType;
  readonly group: SiteObjects;
  readonly label: number;
}

const findObject = ({ types }: Experiment, id: number): FoundObject | undefined => {
  for (const type of types)
    for (const group of type.groups) {
      const object = group.objects.find((known) => known.id === id);
      if (object !== undefined) return { type, group, label: object.label };
    }
  return undefined;
};

/** Any user with a token reads any experiment, as on the server. Objects of static types have no place, so they are unknown here. */
const info = ({ world, params }: UserCall) => {
  const experimentId = idIn(params, 'experiment_id');
  const experiment = world.experiments.find((known) => known.id === experimentId);
  if (experiment === undefined) throw notFound('Experiment');
  const found = findObject(experiment, idIn(params, 'mapobject_id'));
  const place = sitePlaces(experiment).find(({ id }) => id === found?.group.siteId);
  if (found === undefined || place === undefined)
    throw world.switches.unknownObjectFails ? unforeseen() : notFound('Mapobject');
  return data({
    id: params.mapobject_id,
    type: found.type.name,
    experiment_name: experiment.name,
    plate_name: place.plate.name,
    well_name: place.well.name,
    well_pos_x: place.site.x,
    well_pos_y: place.site.y,
    tpoint: found.group.tpoint,
    zplane: found.group.zplane,
    label: found.label,
  });
};

export const featureValueRoutes = {
  'POST /api/experiments/{experiment_id}/mapobject_types/{mapobject_type_id}/feature-values': route('write', post, {
    body: ['plate_name', 'well_name', 'well_pos_y', 'well_pos_x', 'tpoint', 'names', 'labels', 'values'],
  }),
  'GET /api/experiments/{experiment_id}/mapobjects/{mapobject_id}/info': route('token', info),
} satisfies Routes;
