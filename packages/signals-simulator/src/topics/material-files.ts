/** Structure, picture, sequence and files of a material. */
import { smilesFrom, writeStructure } from '../chemistry/structure-file.ts';
import { materialDocument } from '../documents/material-document.ts';
import { badRequest, notFound, special } from '../errors.ts';
import { type Call, checkDigest, checkNotTrashed, entityOfType, param } from '../http/call.ts';
import { exported, ok } from '../http/reply.ts';
import { numberOf, textOf } from '../json.ts';
import { structureOf } from '../search/extras.ts';
import { bytesContent, textContent } from '../tenant/content.ts';
import { extensionOf } from '../tenant/file-types.ts';
import type { Entity, Field } from '../tenant/model.ts';
import { changed } from '../tenant/tenant.ts';
import { fieldValue } from './material-create.ts';

export const materialOf = (call: Call): Entity => entityOfType(call, 'eid', 'asset', 'batch');

export const openToWrite = (call: Call): Entity => {
  const entity = materialOf(call);
  checkNotTrashed(call.tenant, entity);
  checkDigest(call, entity);
  return entity;
};

const structureFieldOf = (entity: Entity): Field => {
  const field = entity.fields.find(({ definition }) => definition.type === 'structure');
  if (field === undefined) throw special(430, 'ActionNotSupported', `${entity.id} has no structure.`);
  return field;
};

/** The bare text of the structure, `smiles` by default. */
export const drawing = (call: Call) => {
  const entity = materialOf(call);
  const smiles = structureOf(entity) ?? structureOf(call.tenant.entities.get(entity.parentId ?? '') ?? entity);
  const format = call.query.get('format') ?? 'cdxml';
  if (smiles === undefined || smiles === '') throw special(430, 'ActionNotSupported', `${entity.id} has no structure.`);
  const file = writeStructure(smiles, format);
  if (file === undefined) throw badRequest(`Format "${format}" is not possible.`);
  return exported(textContent(file.mediaType, file.text), `${entity.name}.${file.extension}`);
};

export const setDrawing = (call: Call) => {
  const entity = materialOf(call);
  checkNotTrashed(call.tenant, entity);
  const smiles = smilesFrom(call.body.toString('utf8'), String(call.headers['content-type'] ?? ''));
  if (smiles === undefined) throw special(445, 'InvalidStructure', 'The structure cannot be read.');
  structureFieldOf(entity).value = smiles;
  changed(call.tenant, entity, call.user.id, 'update', 'structure');
  return ok(materialDocument(call, entity));
};

const typeOfBody = (call: Call) => String(call.headers['content-type'] ?? 'application/octet-stream');

export const image = (call: Call) => {
  const entity = materialOf(call);
  const picture = call.tenant.materials.images.get(entity.id);
  if (picture === undefined) throw notFound('There is no picture.');
  return exported(bytesContent(picture.mediaType, picture.bytes), `${entity.name}${extensionOf(picture.mediaType)}`);
};

export const attachmentKey = (call: Call) => `${materialOf(call).id}/${param(call, 'fieldId')}`;

export const attachment = (call: Call) => {
  const file = call.tenant.materials.attachments.get(attachmentKey(call));
  if (file === undefined) throw notFound('There is no file in this field.');
  return exported(bytesContent(file.mediaType, file.bytes), file.fileName);
};

export const sequence = (call: Call) => {
  const value = textOf(fieldValue(materialOf(call).fields, 'Sequence'));
  if (value === undefined || value === '') throw notFound('There is no sequence.');
  return exported(textContent('text/plain', `>${materialOf(call).name}\n${value}\n`), `${materialOf(call).name}.fa`);
};

export const setImage = (call: Call) => {
  const entity = materialOf(call);
  call.tenant.materials.images.set(entity.id, { mediaType: typeOfBody(call), bytes: call.body });
  return ok(materialDocument(call, entity));
};

export const setAttachment = (call: Call) => {
  const entity = openToWrite(call);
  const fileName = call.query.get('filename') ?? `attachment-${numberOf(call.body.byteLength)}`;
  call.tenant.materials.attachments.set(attachmentKey(call), {
    mediaType: typeOfBody(call),
    bytes: call.body,
    fileName,
  });
  changed(call.tenant, entity, call.user.id, 'update', 'attachment');
  return ok(materialDocument(call, entity));
};
