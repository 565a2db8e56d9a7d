/** Plate sets: made in an experiment, filled one layer at a time, summed up. Plates are named by the server. */
import { entityDocument, includedEntity } from '../documents/entity-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkEditable, entityOfType, param, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created, noContent, ok } from '../http/reply.ts';
import { arrayOf, at, type Json, textOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import { type AnnotationLayer, createPlateSet, type Plate, type PlateSet } from '../tenant/plates.ts';
import { changed } from '../tenant/tenant.ts';
import { plateEid, plateRows, wellNames } from './plate-rows.ts';

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

const layerWells = (plate: Plate, layerId: string): Json[] =>
  [...plate.wells].flatMap(([wellId, layers]) => {
    const content = layers.get(layerId);
    return content === undefined ? [] : [{ wellId, content }];
  });

const plateResource = (call: Call, entity: Entity, set: PlateSet, plate: Plate, withWells: boolean): Json => ({
  type: 'plate',
  id: plate.id,
  links: { self: `${call.base}/plates/${entity.id}/plates/${plate.id}` },
  attributes: {
    id: plate.id,
    eid: plateEid(entity, plate),
    type: 'plate',
    name: plate.id,
    numberOfRows: set.rows,
    numberOfColumns: set.columns,
    ...(withWells
      ? {
          annotationLayers: set.layers.map(({ id, name, dataType }) => ({
            id,
            name,
            dataType,
            wells: layerWells(plate, id),
          })),
        }
      : {}),
  },
});

const layerResource = ({ id, name, isCustom, dataType, annotationClass }: AnnotationLayer): Json => ({
  type: 'annotationLayer',
  id,
  attributes: { id, name, dataType, annotationClass, isPredefined: !isCustom },
});

const concentrationUnits = ['molar', 'mmolar', 'umolar', 'nmolar', 'pmolar'];

/** `5 umolar` as number and unit, as a caller typed it; other layers keep the value. */
const readContent = (layer: AnnotationLayer, content: Json | undefined): Json | undefined => {
  if (content === null || content === undefined) return undefined;
  const value = at(content, 'value') ?? at(content, 'user');
  if (value === undefined || value === null) throw badRequest(`A well of "${layer.name}" takes {value}, or null.`);
  if (layer.dataType === 'TEXT' || layer.dataType === 'LINK') return { user: String(value), value: String(value) };
  const parts = /^\s*([-+]?\d+(?:\.\d+)?)\s*(\S.*)?$/.exec(String(value));
  if (parts === null) throw badRequest(`Wrong input value ${JSON.stringify(value)} for "${layer.name}".`);
  const units = parts[2] ?? textOf(at(content, 'units'));
  if (layer.annotationClass === 'concentration' && units !== undefined && !concentrationUnits.includes(units))
    throw badRequest(`"${units}" is no unit; use ${concentrationUnits.join(', ')}.`);
  const user = units === undefined ? String(value) : `${parts[1]} ${units}`;
  return { user, value: Number(parts[1]), ...(units === undefined ? {} : { units }) };
};

const checkOneUnit = (plate: Plate, layer: AnnotationLayer) => {
  if (layer.annotationClass !== 'concentration') return;
  const units = [...plate.wells.values()].flatMap((layers) => textOf(at(layers.get(layer.id), 'units')) ?? []);
  if (new Set(units).size > 1) throw badRequest('One unit per plate.');
};

/** `{id, wells: [{wellId, content}]}`: a content of null clears the well. */
const fill = (set: PlateSet, plate: Plate, given: Json) => {
  const layer = set.layers.find(({ id }) => id === at(given, 'id'));
  if (layer === undefined) throw badRequest('annotationLayers must name a known layer by its id.');
  const names = new Set(wellNames(set));
  for (const item of arrayOf(at(given, 'wells'))) {
    const wellId = textOf(at(item, 'wellId')) ?? '';
    if (!names.has(wellId)) throw badRequest(`Well "${wellId}" is not on the plate.`);
    const layers = plate.wells.get(wellId) ?? new Map<string, Json>();
    const content = readContent(layer, at(item, 'content'));
    if (content === undefined) layers.delete(layer.id);
    else layers.set(layer.id, content);
    plate.wells.set(wellId, layers);
  }
  checkOneUnit(plate, layer);
};

/** PATCH takes one layer, PUT all of them. */
const writePlate = (call: Call, isReplacing: boolean) => {
  const { entity, set } = openToWrite(call);
  const plate = plateOf(call, set);
  const next: Plate = { id: plate.id, wells: isReplacing ? new Map() : structuredClone(plate.wells) };
  const layers = at(bodyJson(call), 'data', 'attributes', 'annotationLayers');
  if (!Array.isArray(layers) || (!isReplacing && layers.length !== 1))
    throw badRequest(`annotationLayers must be a list${isReplacing ? '' : ' with one layer'}.`);
  for (const layer of arrayOf(layers)) fill(set, next, layer);
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
  const layer: AnnotationLayer = {
    id: call.tenant.random.uuid(),
    name,
    isCustom: true,
    dataType: 'TEXT',
    annotationClass: 'custom',
  };
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
  return ok({ links: selfLinks(call), data: plateRows(set), included: [includedEntity(call, entity)] });
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
