/** Libraries, assets and batches: read, create, change. There is no list of a library's assets. */
import { smilesFrom, writeStructure } from '../chemistry.ts';
import { libraryResource, materialDocument, materialResource, materialValue } from '../documents/material-document.ts';
import { badRequest, conflict, notFound, special } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkNotTrashed, entityOfType, param, type Routes } from '../http/call.ts';
import { pagedDocument, readPage, selfLinks, slicePage } from '../http/paging.ts';
import { created, download, noContent, ok } from '../http/reply.ts';
import { arrayOf, at, type Json, numberOf, textOf } from '../json.ts';
import { structureOf } from '../search/extras.ts';
import { bytesContent, textContent } from '../tenant/content.ts';
import { index, type Library, libraryOf, type MaterialField, nextAssetName, nextBatchName } from '../tenant/materials.ts';
import type { Entity, Field } from '../tenant/model.ts';
import { changed } from '../tenant/tenant.ts';
import { checkValue } from './field-values.ts';

export const materialOf = (call: Call): Entity => entityOfType(call, 'eid', 'asset', 'batch');

export const libraryByName = (call: Call): Library => {
  const library = call.tenant.materials.byName(param(call, 'libraryName'));
  if (library === undefined) throw notFound(`Library ${param(call, 'libraryName')} is not found.`);
  return library;
};

const requestInvalid = (detail: string) => special(434, 'RequestValidationFailed', detail);

/** Structures come as `{data, contentType}`, masses and percentages with both values, the rest plain. */
const readValue = ({ definition, dataType }: MaterialField, value: Json): Json => {
  if (value === null) return '';
  if (dataType === 'CHEMICAL_DRAWING') {
    const smiles = smilesFrom(textOf(at(value, 'data')) ?? '', textOf(at(value, 'contentType')) ?? '');
    if (smiles === undefined) throw special(445, 'InvalidStructure', 'The structure cannot be read.');
    return smiles;
  }
  if (dataType === 'MASS' || dataType === 'PERCENTAGE') {
    const [raw, display] = [at(value, 'rawValue'), at(value, 'displayValue')];
    if (raw === undefined || display === undefined) throw requestInvalid(`"${definition.name}" needs rawValue and displayValue.`);
    return checkValue(definition, display);
  }
  return checkValue(definition, value);
};

export const readFields = (specs: readonly MaterialField[], given: Json | undefined): Field[] => {
  if (given !== undefined && !Array.isArray(given)) throw badRequest('fields must be a list of {id, value}.');
  const values = new Map(arrayOf(given).map((item) => [textOf(at(item, 'id')) ?? '', at(item, 'value') ?? null]));
  for (const id of values.keys()) if (!specs.some(({ definition }) => definition.id === id)) throw badRequest(`Field ${id} is unknown.`);
  return specs.map((spec) => {
    const value = values.get(spec.definition.id);
    if (value === undefined && spec.isMandatory) throw requestInvalid(`"${spec.definition.name}" is mandatory.`);
    return { definition: spec.definition, value: value === undefined ? '' : readValue(spec, value) };
  });
};

const valueOf = (fields: readonly Field[], name: string) => fields.find(({ definition }) => definition.name === name)?.value;

export const addBatch = (call: Call, library: Library, asset: Entity, given: Json | undefined): Entity => {
  const { entities, random, materials, notifications } = call.tenant;
  const batch = entities.create({
    id: `batch:${random.hex(24)}`,
    type: 'batch',
    name: nextBatchName(asset, entities.childrenOf(asset.id).length),
    createdBy: call.user.id,
    parentId: asset.id,
    fields: readFields(library.batchFields, given),
  });
  index(materials, library, batch);
  notifications.emit({ type: 'create', createdBy: call.user.id, entityId: batch.id });
  return batch;
};

export const addAsset = (call: Call, library: Library, attributes: unknown, batch: unknown): Entity => {
  const { entities, random, materials, notifications } = call.tenant;
  const fields = readFields(library.assetFields, at(attributes, 'fields'));
  if (library.needsIdentity && !valueOf(fields, 'CAS Number') && !valueOf(fields, 'Structure'))
    throw badRequest('This library demands a CAS number or a structure.');
  const asset = entities.create({ id: `asset:${random.hex(24)}`, type: 'asset', name: nextAssetName(library), createdBy: call.user.id, fields });
  index(materials, library, asset);
  notifications.emit({ type: 'create', createdBy: call.user.id, entityId: asset.id });
  addBatch(call, library, asset, at(batch, 'data', 'attributes', 'fields'));
  return asset;
};

const createAsset = (call: Call) => {
  const library = libraryByName(call);
  const data = at(bodyJson(call), 'data');
  return created(materialDocument(call, addAsset(call, library, at(data, 'attributes'), at(data, 'relationships', 'batch'))));
};

const namedMaterial = (call: Call, type: string): Entity => {
  const entity = libraryByName(call).byName.get(param(call, 'id'));
  if (entity === undefined || entity.type !== type) throw notFound(`${type} ${param(call, 'id')} is not found.`);
  return entity;
};

const createBatch = (call: Call) => {
  const library = libraryByName(call);
  const batch = addBatch(call, library, namedMaterial(call, 'asset'), at(bodyJson(call), 'data', 'attributes', 'fields'));
  return created(materialDocument(call, batch));
};

const listBatches = (call: Call) => {
  const page = readPage(call);
  const { items, hasMore } = slicePage(call.tenant.entities.childrenOf(namedMaterial(call, 'asset').id), page);
  return ok(pagedDocument(call, page, { items: items.map((batch) => materialResource(call, batch)), hasMore }));
};

const libraryDocument = (call: Call, library: Library): Json =>
  libraryResource(call.base, library, call.tenant.entities.get(library.id)?.digest ?? '');

const listLibraries = (call: Call) => {
  const name = call.query.get('name');
  const libraries = [...call.tenant.materials.libraries.values()].filter((library) => name === null || library.name === name);
  return ok({ links: selfLinks(call), data: libraries.map((library) => libraryDocument(call, library)) });
};

const read = (call: Call) => {
  const entity = entityOfType(call, 'eid', 'asset', 'batch', 'assetType');
  const library = call.tenant.materials.libraries.get(entity.id);
  return ok(library === undefined ? materialDocument(call, entity) : { links: selfLinks(call), data: libraryDocument(call, library) });
};

const openToWrite = (call: Call): Entity => {
  const entity = materialOf(call);
  checkNotTrashed(call.tenant, entity);
  checkDigest(call, entity);
  return entity;
};

const patchMaterial = (call: Call) => {
  const entity = openToWrite(call);
  const synonyms = at(bodyJson(call), 'data', 'attributes', 'synonyms');
  if (synonyms !== undefined) call.tenant.materials.synonyms.set(entity.id, arrayOf(synonyms).map(String));
  changed(call.tenant, entity, call.user.id, 'update', 'synonyms');
  return ok(materialDocument(call, entity));
};

const propertiesDocument = (call: Call, entity: Entity): Json => {
  const library = libraryOf(call.tenant.materials, entity);
  return {
    links: selfLinks(call),
    data: entity.fields.map((field) => ({
      type: 'property',
      id: field.definition.id,
      attributes: { id: field.definition.id, name: field.definition.name, value: materialValue(library, field) },
      meta: { definition: { type: field.definition.type } },
    })),
    included: [materialResource(call, entity)],
  };
};

const patchProperties = (call: Call) => {
  const entity = openToWrite(call);
  const library = libraryOf(call.tenant.materials, entity);
  const specs = (entity.type === 'asset' ? library?.assetFields : library?.batchFields) ?? [];
  const data = at(bodyJson(call), 'data');
  if (!Array.isArray(data)) throw badRequest('data must be a list of properties.');
  for (const item of arrayOf(data)) {
    const name = textOf(at(item, 'attributes', 'name'));
    const spec = specs.find(({ definition }) => definition.name === name);
    const field = entity.fields.find(({ definition }) => definition === spec?.definition);
    if (spec === undefined || field === undefined) throw badRequest(`Field "${name ?? ''}" is unknown.`);
    field.value = readValue(spec, at(item, 'attributes', 'value') ?? at(item, 'attributes', 'values') ?? null);
  }
  changed(call.tenant, entity, call.user.id, 'update', 'fields');
  return ok(propertiesDocument(call, entity));
};

const structureFieldOf = (entity: Entity): Field => {
  const field = entity.fields.find(({ definition }) => definition.type === 'structure');
  if (field === undefined) throw special(430, 'ActionNotSupported', `${entity.id} has no structure.`);
  return field;
};

/** The bare text of the structure, `smiles` unless told otherwise. */
const drawing = (call: Call) => {
  const entity = materialOf(call);
  const smiles = structureOf(entity) ?? structureOf(call.tenant.entities.get(entity.parentId ?? '') ?? entity);
  const format = call.query.get('format') ?? 'cdxml';
  if (smiles === undefined || smiles === '') throw special(430, 'ActionNotSupported', `${entity.id} has no structure.`);
  const file = writeStructure(smiles, format);
  if (file === undefined) throw badRequest(`Format "${format}" is not possible.`);
  return { status: 200, content: textContent(file.mediaType, file.text) };
};

const setDrawing = (call: Call) => {
  const entity = materialOf(call);
  checkNotTrashed(call.tenant, entity);
  const smiles = smilesFrom(call.body.toString('utf8'), String(call.headers['content-type'] ?? ''));
  if (smiles === undefined) throw special(445, 'InvalidStructure', 'The structure cannot be read.');
  structureFieldOf(entity).value = smiles;
  changed(call.tenant, entity, call.user.id, 'update', 'structure');
  return ok(materialDocument(call, entity));
};

const typeOfBody = (call: Call) => String(call.headers['content-type'] ?? 'application/octet-stream');

const image = (call: Call) => {
  const picture = call.tenant.materials.images.get(materialOf(call).id);
  if (picture === undefined) throw notFound('There is no picture.');
  return { status: 200, content: bytesContent(picture.mediaType, picture.bytes) };
};

const attachmentKey = (call: Call) => `${materialOf(call).id}/${param(call, 'fieldId')}`;

const attachment = (call: Call) => {
  const file = call.tenant.materials.attachments.get(attachmentKey(call));
  if (file === undefined) throw notFound('There is no file in this field.');
  return download(bytesContent(file.mediaType, file.bytes), file.fileName);
};

const transfer = (call: Call) => {
  const batch = entityOfType(call, 'eid', 'batch');
  const body = bodyJson(call);
  const targetId = textOf(at(body, 'data', 'attributes', 'assetId')) ?? textOf(at(body, 'data', 'attributes', 'target', 'eid')) ?? '';
  const target = call.tenant.entities.get(targetId);
  if (target?.type !== 'asset') throw badRequest('Name the asset that takes the batch.');
  if (target.id === batch.parentId) throw conflict('The batch is there already.');
  call.tenant.entities.move(batch, target.id, call.user.id);
  return ok(materialDocument(call, batch));
};

/** Duplicates by structure or by the values given; empty when unique. */
const uniqueness = (call: Call) => {
  const library = libraryByName(call);
  const page = readPage(call);
  const given = readFields(library.assetFields.map((spec) => ({ ...spec, isMandatory: false })), at(bodyJson(call), 'data', 'attributes', 'fields')).filter(({ value }) => value !== '');
  const isSame = (asset: Entity) =>
    given.length > 0 && given.every(({ definition, value }) => asset.fields.find((field) => field.definition === definition)?.value === value);
  const { items, hasMore } = slicePage(library.assets.filter(isSame), page);
  return ok(pagedDocument(call, page, { items: items.map((asset) => materialResource(call, asset)), hasMore }));
};

const report = (call: Call) => {
  const entity = materialOf(call);
  const containers = [...call.tenant.inventory.containers.values()].filter(({ contentId }) => contentId === entity.id);
  const total = containers.reduce((sum, { amount }) => sum + amount, 0);
  return ok({ links: selfLinks(call), data: { type: 'materialReport', id: entity.id, attributes: { containerCount: containers.length, totalAmount: total } } });
};

const updateFromPubChem = (call: Call) => {
  const entity = openToWrite(call);
  const cas = valueOf(entity.fields, 'CAS Number');
  if (!cas) throw special(430, 'ActionNotSupported', 'There is no CAS number to look up.');
  changed(call.tenant, entity, call.user.id, 'update', 'PubChem');
  return ok(materialDocument(call, entity));
};

const sequence = (call: Call) => {
  const value = textOf(valueOf(materialOf(call).fields, 'Sequence'));
  if (value === undefined || value === '') throw notFound('There is no sequence.');
  return download(textContent('text/plain', `>${materialOf(call).name}\n${value}\n`), `${materialOf(call).name}.fa`);
};

const setImage = (call: Call) => {
  const entity = materialOf(call);
  call.tenant.materials.images.set(entity.id, { mediaType: typeOfBody(call), bytes: call.body });
  return ok(materialDocument(call, entity));
};

const setAttachment = (call: Call) => {
  const entity = openToWrite(call);
  const fileName = call.query.get('filename') ?? `attachment-${numberOf(call.body.byteLength)}`;
  call.tenant.materials.attachments.set(attachmentKey(call), { mediaType: typeOfBody(call), bytes: call.body, fileName });
  changed(call.tenant, entity, call.user.id, 'update', 'attachment');
  return ok(materialDocument(call, entity));
};

export const materialRoutes: Routes = {
  'GET /materials/libraries': listLibraries,
  'GET /materials/{eid}': read,
  'PATCH /materials/{eid}': patchMaterial,
  'GET /materials/{eid}/properties': (call) => ok(propertiesDocument(call, materialOf(call))),
  'PATCH /materials/{eid}/properties': patchProperties,
  'GET /materials/{eid}/drawing': drawing,
  'PATCH /materials/{eid}/drawing': setDrawing,
  'GET /materials/{eid}/image': image,
  'PATCH /materials/{eid}/image': setImage,
  'DELETE /materials/{eid}/image': (call) => {
    call.tenant.materials.images.delete(materialOf(call).id);
    return noContent;
  },
  'GET /materials/{eid}/bioSequence': sequence,
  'GET /materials/{eid}/attachments/{fieldId}': attachment,
  'PUT /materials/{eid}/attachments/{fieldId}': setAttachment,
  'DELETE /materials/{eid}/attachments/{fieldId}': (call) => {
    const entity = openToWrite(call);
    call.tenant.materials.attachments.delete(attachmentKey(call));
    changed(call.tenant, entity, call.user.id, 'update', 'attachment');
    return noContent;
  },
  'GET /materials/{eid}/report': report,
  'POST /materials/{eid}/transfer': transfer,
  'POST /materials/{eid}/updateFromPubChem': updateFromPubChem,
  'POST /materials/{libraryName}/assets': createAsset,
  'POST /materials/{libraryName}/assets/uniquenessCheck': uniqueness,
  'GET /materials/{libraryName}/assets/{id}/batches': listBatches,
  'POST /materials/{libraryName}/assets/{id}/batches': createBatch,
  'GET /materials/{libraryName}/assets/id/{id}': (call) => ok(materialDocument(call, namedMaterial(call, 'asset'))),
  'GET /materials/{libraryName}/batches/id/{id}': (call) => ok(materialDocument(call, namedMaterial(call, 'batch'))),
};
