/** Libraries, assets and batches: read and change. There is no list of the assets of a library. */
import {
  libraryDocument,
  libraryResource,
  materialDocument,
  materialResource,
  materialValue,
} from '../documents/material-document.ts';
import { badRequest, conflict, special } from '../errors.ts';
import { bodyJson, type Call, entityOfType, type Routes } from '../http/call.ts';
import { pagedDocument, readPage, selfLinks, slicePage } from '../http/paging.ts';
import { noContent, ok } from '../http/reply.ts';
import { arrayOf, at, type Json, textOf } from '../json.ts';
import { libraryOf } from '../tenant/materials.ts';
import type { Entity } from '../tenant/model.ts';
import { allOrNothing, changed } from '../tenant/tenant.ts';
import {
  createAsset,
  createBatch,
  fieldValue,
  libraryByName,
  namedMaterial,
  readFields,
  writeField,
} from './material-create.ts';
import {
  attachment,
  attachmentKey,
  drawing,
  image,
  materialOf,
  openToWrite,
  sequence,
  setAttachment,
  setDrawing,
  setImage,
} from './material-files.ts';

const listBatches = (call: Call) => {
  const page = readPage(call);
  const { items, hasMore } = slicePage(call.tenant.entities.childrenOf(namedMaterial(call, 'asset').id), page);
  return ok(pagedDocument(call, page, { items: items.map((batch) => materialResource(call, batch)), hasMore }));
};

const listLibraries = (call: Call) => {
  const name = call.query.get('name');
  const libraries = [...call.tenant.materials.libraries.values()].filter(
    (library) => name === null || library.name === name,
  );
  // The list has no links, as recorded (client-shapes S4).
  return ok({
    data: libraries.flatMap((library) => {
      const entity = call.tenant.entities.get(library.id);
      return entity === undefined ? [] : [libraryResource(call.base, library, entity)];
    }),
  });
};

const read = (call: Call) => {
  const entity = entityOfType(call, 'eid', 'asset', 'batch', 'assetType');
  const library = call.tenant.materials.libraries.get(entity.id);
  return ok(library === undefined ? materialDocument(call, entity) : libraryDocument(call, library, entity));
};

const patchMaterial = (call: Call) => {
  const entity = openToWrite(call);
  const synonyms = at(bodyJson(call), 'data', 'attributes', 'synonyms');
  if (synonyms !== undefined) call.tenant.materials.synonyms.set(entity.id, arrayOf(synonyms).map(String));
  changed(call.tenant, entity, call.user.id, 'update', 'synonyms');
  return ok(materialDocument(call, entity));
};

const propertiesDocument = (call: Call, entity: Entity): Json => ({
  links: selfLinks(call),
  data: entity.fields.map((field) => ({
    type: 'property',
    id: field.definition.id,
    attributes: { id: field.definition.id, name: field.definition.name, value: materialValue(field) },
    meta: { definition: { type: field.definition.type } },
  })),
  included: [materialResource(call, entity)],
});

const patchProperties = (call: Call) => {
  const entity = openToWrite(call);
  const library = libraryOf(call.tenant.materials, entity);
  const specs = (entity.type === 'asset' ? library?.assetFields : library?.batchFields) ?? [];
  const data = at(bodyJson(call), 'data');
  if (!Array.isArray(data)) throw badRequest('data must be a list of properties.');
  allOrNothing(call.tenant, entity, () => {
    for (const item of arrayOf(data)) {
      const name = textOf(at(item, 'attributes', 'name'));
      const spec = specs.find(({ definition }) => definition.name === name);
      const field = entity.fields.find(({ definition }) => definition === spec?.definition);
      if (spec === undefined || field === undefined) throw badRequest(`Field "${name ?? ''}" is unknown.`);
      writeField(
        call,
        entity,
        field,
        spec,
        at(item, 'attributes', 'value') ?? at(item, 'attributes', 'values') ?? null,
      );
    }
  });
  changed(call.tenant, entity, call.user.id, 'update', 'fields');
  return ok(propertiesDocument(call, entity));
};

const transfer = (call: Call) => {
  const batch = entityOfType(call, 'eid', 'batch');
  const body = bodyJson(call);
  const targetId =
    textOf(at(body, 'data', 'attributes', 'assetId')) ?? textOf(at(body, 'data', 'attributes', 'target', 'eid')) ?? '';
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
  const given = readFields(
    library.assetFields.map((spec) => ({ ...spec, isMandatory: false })),
    at(bodyJson(call), 'data', 'attributes', 'fields'),
  ).filter(({ value }) => value !== '');
  const isSame = (asset: Entity) =>
    given.length > 0 &&
    given.every(
      ({ definition, value }) => asset.fields.find((field) => field.definition === definition)?.value === value,
    );
  const { items, hasMore } = slicePage(library.assets.filter(isSame), page);
  return ok(pagedDocument(call, page, { items: items.map((asset) => materialResource(call, asset)), hasMore }));
};

const report = (call: Call) => {
  const entity = materialOf(call);
  const containers = [...call.tenant.inventory.containers.values()].filter(({ contentId }) => contentId === entity.id);
  const total = containers.reduce((sum, { amount }) => sum + amount, 0);
  return ok({
    links: selfLinks(call),
    data: {
      type: 'materialReport',
      id: entity.id,
      attributes: { containerCount: containers.length, totalAmount: total },
    },
  });
};

const updateFromPubChem = (call: Call) => {
  const entity = openToWrite(call);
  const cas = fieldValue(entity.fields, 'CAS Number');
  if (!cas) throw special(430, 'ActionNotSupported', 'There is no CAS number to look up.');
  changed(call.tenant, entity, call.user.id, 'update', 'PubChem');
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
