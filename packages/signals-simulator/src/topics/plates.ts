/** Plate sets: made in an experiment, filled one layer at a time, summed up. Plates are named by the server. */
import { entityDocument, includedEntity } from '../documents/entity-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkEditable, entityOfType, param, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created, noContent, ok } from '../http/reply.ts';
import { arrayOf, at, type Json, textOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import { type AnnotationLayer, createPlateSet, type Plate, type PlateSet, wellName } from '../tenant/plates.ts';
import { changed } from '../tenant/tenant.ts';

const bounded = (attributes: unknown, name: string, most: number): number => {
  const value = at(attributes, name);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > most)
    throw badRequest(`${name} must be from 1 to ${most}.`);
  return value;
};

const create = (call: Call) => {
  const { tenant, user } = call;
  const data = at(bodyJson(call), 'data');
  const attributes = at(data, 'attributes');
  if (at(attributes, 'name') !== undefined) throw badRequest('Plates take no name.');
  const parentId = textOf(at(arrayOf(at(data, 'relationships', 'ancestors', 'data'))[0], 'id'));
  const parent = tenant.entities.get(parentId ?? '');
  if (parent === undefined) throw badRequest('relationships.ancestors must name the experiment.');
  checkEditable(tenant, parent);
  checkDigest(call, parent);
  const set = createPlateSet(
    bounded(attributes, 'numberOfRows', 48),
    bounded(attributes, 'numberOfColumns', 48),
    bounded(attributes, 'numberOfPlates', 500),
  );
  const entity = tenant.entities.create({
    id: `plateContainer:${tenant.random.uuid()}`,
    type: 'plateContainer',
    name: `Plates ${tenant.nextNumber()}`,
    createdBy: user.id,
    parentId: parent.id,
  });
  tenant.plates.set(entity.id, set);
  return created(entityDocument(call, entity));
};

const open = (call: Call): { readonly entity: Entity; readonly set: PlateSet } => {
  const entity = entityOfType(call, 'plateContainerId', 'plateContainer');
  const set = call.tenant.plates.get(entity.id) ?? createPlateSet(8, 12, 1);
  call.tenant.plates.set(entity.id, set);
  return { entity, set };
};

const openToWrite = (call: Call) => {
  const opened = open(call);
  checkEditable(call.tenant, opened.entity);
  checkDigest(call, opened.entity);
  return opened;
};

const plateOf = (call: Call, set: PlateSet): Plate => {
  const plate = set.plates.find(({ id }) => id === param(call, 'id'));
  if (plate === undefined) throw notFound(`${param(call, 'id')} is not found.`);
  return plate;
};

const plateResource = (call: Call, entity: Entity, set: PlateSet, plate: Plate, withWells: boolean): Json => ({
  type: 'plate',
  id: plate.id,
  links: { self: `${call.base}/plates/${entity.id}/plates/${plate.id}` },
  attributes: {
    id: plate.id,
    name: plate.id,
    numberOfRows: set.rows,
    numberOfColumns: set.columns,
    ...(withWells
      ? {
          wells: [...plate.wells].map(([well, layers]) => ({
            well,
            annotations: [...layers].map(([layerId, content]) => ({ layerId, content })),
          })),
        }
      : {}),
  },
});

const layerResource = ({ id, name, isCustom }: AnnotationLayer): Json => ({
  type: 'annotationLayer',
  id,
  attributes: { id, name, isCustom },
});

const wellNames = (set: PlateSet): ReadonlySet<string> =>
  new Set(
    Array.from({ length: set.rows * set.columns }, (_, index) =>
      wellName(Math.floor(index / set.columns), index % set.columns),
    ),
  );

const concentrationUnits = ['molar', 'mmolar', 'umolar', 'nmolar', 'pmolar'];

const checkUnits = (plate: Plate, wells: readonly Json[]) => {
  const given = wells.flatMap((well) => textOf(at(well, 'content', 'units')) ?? []);
  const known = [...plate.wells.values()].flatMap((layers) =>
    [...layers.values()].flatMap((content) => textOf(at(content, 'units')) ?? []),
  );
  const wrong = given.find((unit) => !concentrationUnits.includes(unit));
  if (wrong !== undefined) throw badRequest(`"${wrong}" is no unit; use ${concentrationUnits.join(', ')}.`);
  if (new Set([...given, ...known]).size > 1) throw badRequest('One unit per plate.');
};

/** `{layerId, wells:[{well, content}]}`: one layer per call. */
const fill = (set: PlateSet, plate: Plate, attributes: unknown) => {
  const layerId = textOf(at(attributes, 'layerId'));
  if (!set.layers.some(({ id }) => id === layerId) || layerId === undefined)
    throw badRequest('layerId must name one annotation layer.');
  const wells = arrayOf(at(attributes, 'wells'));
  const names = wellNames(set);
  checkUnits(plate, wells);
  for (const item of wells) {
    const well = textOf(at(item, 'well')) ?? '';
    if (!names.has(well)) throw badRequest(`Well "${well}" is not on the plate.`);
    const layers = plate.wells.get(well) ?? new Map<string, Json>();
    layers.set(layerId, at(item, 'content') ?? null);
    plate.wells.set(well, layers);
  }
};

const writePlate = (call: Call, isReplacing: boolean) => {
  const { entity, set } = openToWrite(call);
  const plate = plateOf(call, set);
  const next: Plate = { id: plate.id, wells: isReplacing ? new Map() : structuredClone(plate.wells) };
  const attributes = at(bodyJson(call), 'data', 'attributes');
  for (const item of isReplacing && at(attributes, 'layers') !== undefined
    ? arrayOf(at(attributes, 'layers'))
    : [attributes ?? null])
    fill(set, next, item);
  plate.wells = next.wells;
  changed(call.tenant, entity, call.user.id, 'update', plate.id);
  return ok({
    links: selfLinks(call),
    data: plateResource(call, entity, set, plate, true),
    included: [includedEntity(call, entity)],
  });
};

const addPlate = (call: Call) => {
  const { entity, set } = openToWrite(call);
  const numbers = set.plates.map(({ id }) => Number(id.slice(6)));
  const plate: Plate = { id: `Plate-${Math.max(0, ...numbers) + 1}`, wells: new Map() };
  set.plates.push(plate);
  changed(call.tenant, entity, call.user.id, 'update', plate.id);
  return created({
    links: selfLinks(call),
    data: plateResource(call, entity, set, plate, true),
    included: [includedEntity(call, entity)],
  });
};

const removePlate = (call: Call) => {
  const { entity, set } = openToWrite(call);
  const plate = plateOf(call, set);
  set.plates = set.plates.filter((known) => known !== plate);
  changed(call.tenant, entity, call.user.id, 'update', plate.id);
  return noContent;
};

const layerOf = (call: Call, set: PlateSet): AnnotationLayer => {
  const layer = set.layers.find(({ id }) => id === param(call, 'annotationLayerId'));
  if (layer === undefined) throw notFound('The layer is not found.');
  return layer;
};

const addLayer = (call: Call) => {
  const { entity, set } = openToWrite(call);
  const name = textOf(at(bodyJson(call), 'data', 'attributes', 'name'));
  if (name === undefined || name === '') throw badRequest('name is required.');
  const layer: AnnotationLayer = { id: `layer-${call.tenant.nextNumber()}`, name, isCustom: true };
  set.layers.push(layer);
  changed(call.tenant, entity, call.user.id, 'update', 'layers');
  return created({ links: selfLinks(call), data: layerResource(layer), included: [includedEntity(call, entity)] });
};

const customLayer = (call: Call, set: PlateSet): AnnotationLayer => {
  const layer = layerOf(call, set);
  if (!layer.isCustom) throw badRequest('Only custom layers can be changed.');
  return layer;
};

const renameLayer = (call: Call) => {
  const { entity, set } = openToWrite(call);
  const layer = customLayer(call, set);
  layer.name = textOf(at(bodyJson(call), 'data', 'attributes', 'name')) ?? layer.name;
  changed(call.tenant, entity, call.user.id, 'update', 'layers');
  return ok({ links: selfLinks(call), data: layerResource(layer), included: [includedEntity(call, entity)] });
};

const removeLayer = (call: Call) => {
  const { entity, set } = openToWrite(call);
  const layer = customLayer(call, set);
  set.layers = set.layers.filter((known) => known !== layer);
  changed(call.tenant, entity, call.user.id, 'update', 'layers');
  return noContent;
};

const summary = (call: Call) => {
  const { entity, set } = open(call);
  const rows = set.plates.flatMap((plate) =>
    [...plate.wells].map(([well, layers]) => ({
      type: 'plateWell',
      id: `${plate.id}-${well}`,
      attributes: { plate: plate.id, well, annotations: Object.fromEntries(layers) },
    })),
  );
  return ok({ links: selfLinks(call), data: rows, included: [includedEntity(call, entity)] });
};

export const plateRoutes: Routes = {
  'POST /plates': create,
  'GET /plates/{plateContainerId}': (call) => ok(entityDocument(call, open(call).entity)),
  'GET /plates/{plateContainerId}/plates': (call) => {
    const { entity, set } = open(call);
    return ok({
      links: selfLinks(call),
      data: set.plates.map((plate) => plateResource(call, entity, set, plate, false)),
      included: [includedEntity(call, entity)],
    });
  },
  'POST /plates/{plateContainerId}/plates': addPlate,
  'GET /plates/{plateContainerId}/plates/{id}': (call) => {
    const { entity, set } = open(call);
    return ok({
      links: selfLinks(call),
      data: plateResource(call, entity, set, plateOf(call, set), true),
      included: [includedEntity(call, entity)],
    });
  },
  'PATCH /plates/{plateContainerId}/plates/{id}': (call) => writePlate(call, false),
  'PUT /plates/{plateContainerId}/plates/{id}': (call) => writePlate(call, true),
  'DELETE /plates/{plateContainerId}/plates/{id}': removePlate,
  'GET /plates/{plateContainerId}/settings/annotationLayers': (call) =>
    ok({ links: selfLinks(call), data: open(call).set.layers.map(layerResource) }),
  'POST /plates/{plateContainerId}/settings/annotationLayers': addLayer,
  'GET /plates/{plateContainerId}/settings/annotationLayers/{annotationLayerId}': (call) =>
    ok({ links: selfLinks(call), data: layerResource(layerOf(call, open(call).set)) }),
  'PATCH /plates/{plateContainerId}/settings/annotationLayers/{annotationLayerId}': renameLayer,
  'DELETE /plates/{plateContainerId}/settings/annotationLayers/{annotationLayerId}': removeLayer,
  'GET /plates/{plateContainerId}/summary': summary,
};
