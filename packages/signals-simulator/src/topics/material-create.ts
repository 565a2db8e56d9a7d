/** New assets and batches: the required fields of a library, and the forms of structures, masses and percentages. */
import { smilesFrom } from '../chemistry/structure-file.ts';
import { materialDocument } from '../documents/material-document.ts';
import { badRequest, notFound, special } from '../errors.ts';
import { bodyJson, type Call, param } from '../http/call.ts';
import { created } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, textOf } from '../json.ts';
import { mediaTypeOfFile } from '../tenant/file-types.ts';
import { index, type Library, type MaterialField, nextAssetName, nextBatchName } from '../tenant/materials.ts';
import type { Entity, Field } from '../tenant/model.ts';
import { checkValue } from './field-values.ts';

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
    if (raw === undefined || display === undefined)
      throw requestInvalid(`"${definition.name}" needs rawValue and displayValue.`);
    return checkValue(definition, display);
  }
  if (dataType === 'ATTACHED_FILE' && isObject(value)) {
    if (textOf(at(value, 'filename')) === undefined || textOf(at(value, 'base64')) === undefined)
      throw requestInvalid(`"${definition.name}" needs filename and base64.`);
    return value;
  }
  if (dataType === 'LINK') return textOf(at(value, 'eid')) ?? checkValue(definition, value);
  return checkValue(definition, value);
};

/** One value, or the list of a field that takes several. */
const readContent = (spec: MaterialField, value: Json): Pick<Field, 'value' | 'values'> => {
  if (spec.collection !== 'MULTI_SELECT' || value === null) return { value: readValue(spec, value), values: undefined };
  if (!Array.isArray(value)) throw requestInvalid(`"${spec.definition.name}" takes a list.`);
  return { value: undefined, values: arrayOf(value).map((one) => readValue(spec, one)) };
};

/** A file that came with the record is kept as the attachment of its field, whose value is the file's name. */
const keepFile = (call: Call, entity: Entity, field: Field): void => {
  const fileName = textOf(at(field.value, 'filename'));
  if (fileName === undefined) return;
  const bytes = Buffer.from(textOf(at(field.value, 'base64')) ?? '', 'base64');
  const mediaType = mediaTypeOfFile('', fileName);
  call.tenant.materials.attachments.set(`${entity.id}/${field.definition.id}`, { mediaType, bytes, fileName });
  field.value = fileName;
};

/** Writes a field as a caller gives it. @throws 434 or 445 when the field does not take it. */
export const writeField = (call: Call, entity: Entity, field: Field, spec: MaterialField, value: Json): void => {
  Object.assign(field, readContent(spec, value));
  keepFile(call, entity, field);
};

export const readFields = (specs: readonly MaterialField[], given: Json | undefined): Field[] => {
  if (given !== undefined && !Array.isArray(given)) throw badRequest('fields must be a list of {id, value}.');
  const values = new Map(arrayOf(given).map((item) => [textOf(at(item, 'id')) ?? '', at(item, 'value') ?? null]));
  for (const id of values.keys())
    if (!specs.some(({ definition }) => definition.id === id)) throw badRequest(`Field ${id} is unknown.`);
  return specs.map((spec) => {
    const value = values.get(spec.definition.id);
    if (value === undefined && spec.isMandatory) throw requestInvalid(`"${spec.definition.name}" is mandatory.`);
    return { definition: spec.definition, ...(value === undefined ? { value: '' } : readContent(spec, value)) };
  });
};

export const fieldValue = (fields: readonly Field[], name: string) =>
  fields.find(({ definition }) => definition.name === name)?.value;

const addBatch = (call: Call, library: Library, asset: Entity, given: Json | undefined): Entity => {
  const { entities, random, materials, notifications } = call.tenant;
  const batch = entities.create({
    id: `batch:${random.hex(24)}`,
    type: 'batch',
    name: nextBatchName(asset, entities.childrenOf(asset.id).length),
    createdBy: call.user.id,
    parentId: asset.id,
    fields: readFields(library.batchFields, given),
  });
  for (const field of batch.fields) keepFile(call, batch, field);
  index(materials, library, batch);
  notifications.emit({ type: 'create', createdBy: call.user.id, entityId: batch.id });
  return batch;
};

export const addAsset = (call: Call, library: Library, attributes: unknown, batch: unknown): Entity => {
  const { entities, random, materials, notifications } = call.tenant;
  const fields = readFields(library.assetFields, at(attributes, 'fields'));
  if (library.needsIdentity && !fieldValue(fields, 'CAS Number') && !fieldValue(fields, 'Structure'))
    throw badRequest('This library demands a CAS number or a structure.');
  const asset = entities.create({
    id: `asset:${random.hex(24)}`,
    type: 'asset',
    name: nextAssetName(library),
    createdBy: call.user.id,
    fields,
  });
  for (const field of asset.fields) keepFile(call, asset, field);
  index(materials, library, asset);
  notifications.emit({ type: 'create', createdBy: call.user.id, entityId: asset.id });
  addBatch(call, library, asset, at(batch, 'data', 'attributes', 'fields'));
  return asset;
};

export const createAsset = (call: Call) => {
  const library = libraryByName(call);
  const data = at(bodyJson(call), 'data');
  return created(
    materialDocument(call, addAsset(call, library, at(data, 'attributes'), at(data, 'relationships', 'batch'))),
  );
};

export const namedMaterial = (call: Call, type: string): Entity => {
  const entity = libraryByName(call).byName.get(param(call, 'id'));
  if (entity === undefined || entity.type !== type) throw notFound(`${type} ${param(call, 'id')} is not found.`);
  return entity;
};

export const createBatch = (call: Call) => {
  const library = libraryByName(call);
  const batch = addBatch(
    call,
    library,
    namedMaterial(call, 'asset'),
    at(bodyJson(call), 'data', 'attributes', 'fields'),
  );
  return created(materialDocument(call, batch));
};
