/** Assets, batches and libraries as resources. */
import { writeStructure } from '../chemistry/structure-file.ts';
import { type Call, isEditable } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import type { Json, JsonObject } from '../json.ts';
import { structureOf } from '../search/extras.ts';
import { bareId, type Library, libraryOf, type MaterialField } from '../tenant/materials.ts';
import type { Entity, Field } from '../tenant/model.ts';
import { parseQuantity } from '../topics/field-values.ts';
import { includedUsers, includesOf, iso, nanoseconds } from './entity-document.ts';

const fieldResource = ({ definition, dataType, isMandatory, collection }: MaterialField): Json => ({
  id: definition.id,
  name: definition.name,
  dataType,
  mandatory: isMandatory,
  hidden: false,
  calculated: false,
  readOnly: false,
  definedBy: 'USER_ADDED',
  ...(definition.options === undefined ? {} : { options: definition.options }),
  ...(collection === undefined ? {} : { collection }),
  ...(definition.attributeId === undefined ? {} : { attribute: definition.attributeId, multiSelect: false }),
});

const stamp = (base: string, userId: string, millis: number): Json => ({
  by: { links: { self: `${base}/users/${userId}` }, data: { type: 'user', id: userId } },
  at: nanoseconds(millis),
});

/** The library as the list of libraries has it (client-shapes S4). */
export const libraryResource = (base: string, library: Library, entity: Entity): JsonObject => {
  const numbering = { format: `${library.prefix}{${'#'.repeat(library.digits)}}` };
  const [nameField] = library.assetFields;
  return {
    type: 'assetType',
    id: bareId(library.id),
    links: { self: `${base}/materials/${library.id}` },
    attributes: {
      id: bareId(library.id),
      name: library.name,
      enabled: true,
      digest: `${library.assets.length}:${entity.digest}`,
      created: stamp(base, entity.createdBy, entity.createdAtMillis),
      edited: stamp(base, entity.editedBy, entity.editedAtMillis),
      assets: {
        displayName: 'Asset',
        numbering,
        assetNameFieldId: nameField?.definition.id ?? '',
        uniqueness: { fields: library.isChemical ? ['Structure'] : [] },
        fields: library.assetFields.map(fieldResource),
      },
      batches: {
        displayName: 'Batch',
        numbering: { format: '{####}' },
        fields: library.batchFields.map(fieldResource),
      },
      displayImage: library.isChemical ? 'STRUCTURE' : 'NONE',
      displayTable: { content: JSON.stringify({ fields: library.assetFields.map(({ definition }) => definition.id) }) },
      entityFlags: { canEdit: true },
    },
  };
};

/** The library read by its id is a material (client-shapes S5). */
export const libraryDocument = (call: Call, library: Library, entity: Entity): Json => ({
  links: selfLinks(call),
  data: {
    type: 'material',
    id: entity.id,
    links: { self: `${call.base}/materials/${entity.id}` },
    attributes: {
      assetTypeId: bareId(entity.id),
      library: library.name,
      id: entity.id,
      eid: entity.id,
      name: library.name,
      type: 'assetType',
      createdAt: iso(entity.createdAtMillis),
      editedAt: iso(entity.editedAtMillis),
      digest: entity.digest,
      fields: {},
    },
  },
});

/** Text with its unit for masses and percentages, a list for several values. */
export const materialValue = (field: Field): Json => {
  if (field.values !== undefined || field.definition.type === 'multiSelect') return field.values ?? [];
  const value = field.value ?? '';
  if (value === '' || field.definition.type !== 'unit') return value;
  const { number, unit } = parseQuantity(field.definition, value);
  return `${number} ${unit}`.trim();
};

const structureMember = (call: Call, entity: Entity): JsonObject => {
  const format = call.query.get('structureFormat');
  const smiles =
    structureOf(entity) ?? (entity.parentId === undefined ? undefined : parentStructure(call, entity.parentId));
  if (format === null) return {};
  const file = smiles === undefined ? undefined : writeStructure(smiles, format);
  if (file === undefined) return { structure: { error: `No structure in the format ${format}.` } };
  return { structure: { data: file.text, contentType: file.mediaType } };
};

const parentStructure = (call: Call, parentId: string): string | undefined => {
  const parent = call.tenant.entities.get(parentId);
  return parent === undefined ? undefined : structureOf(parent);
};

const sparse = (attributes: JsonObject, call: Call): JsonObject => {
  const wanted = call.query.get('fields[material]')?.split(',');
  if (wanted === undefined) return attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted.includes(name)));
};

const userLink = (base: string, id: string): Json => ({
  links: { self: `${base}/users/${id}` },
  data: { type: 'user', id },
});

const materialReference = (base: string, id: string): Json => ({
  type: 'material',
  id,
  meta: { links: { self: `${base}/materials/${id}` } },
});

/** Batches named in the document of an asset; more are in its list of batches (the bound is invented). */
const namedBatches = 100;

/** Blanks and brackets of names stand raw in this address, as real tenants send them. */
const kinRelationships = (call: Call, entity: Entity, library: Library | undefined): JsonObject =>
  entity.type === 'asset'
    ? {
        batches: {
          links: { self: `${call.base}/materials/${library?.name}/assets/${entity.name}/batches` },
          data: call.tenant.entities
            .childrenOf(entity.id)
            .slice(0, namedBatches)
            .map(({ id }) => materialReference(call.base, id)),
        },
      }
    : {
        asset: {
          links: { self: `${call.base}/materials/${entity.parentId}` },
          data: { type: 'material', id: entity.parentId ?? '' },
        },
      };

const drawingRelationship = (call: Call, entity: Entity, library: Library | undefined): JsonObject =>
  library?.isChemical === true && entity.type === 'asset'
    ? {
        chemicalDrawing: {
          links: { self: `${call.base}/materials/${entity.id}/drawing` },
          data: { type: 'materialDrawing', id: entity.id },
        },
      }
    : {};

export const materialResource = (call: Call, entity: Entity): JsonObject => {
  const library = libraryOf(call.tenant.materials, entity);
  const fields = entity.fields.map((field) => [field.definition.name, { value: materialValue(field) }]);
  return {
    type: 'material',
    id: entity.id,
    links: { self: `${call.base}/materials/${entity.id}` },
    attributes: sparse(
      {
        id: entity.id,
        eid: entity.id,
        type: entity.type,
        name: entity.name,
        description: entity.description,
        library: library?.name ?? '',
        assetTypeId: bareId(library?.id ?? ''),
        assetId: bareId(entity.type === 'batch' ? (entity.parentId ?? '') : entity.id),
        createdAt: iso(entity.createdAtMillis),
        editedAt: iso(entity.editedAtMillis),
        digest: entity.digest,
        fields: Object.fromEntries(fields),
        fragments: { salts: [], solvates: [] },
        synonyms: call.tenant.materials.synonyms.get(entity.id) ?? [],
        flags: { canEdit: isEditable(call.tenant, entity) },
        ...structureMember(call, entity),
      },
      call,
    ),
    relationships: {
      createdBy: userLink(call.base, entity.createdBy),
      editedBy: userLink(call.base, entity.editedBy),
      owner: userLink(call.base, entity.ownerId),
      ancestors: { data: [materialReference(call.base, library?.id ?? '')] },
      ...drawingRelationship(call, entity, library),
      ...kinRelationships(call, entity, library),
    },
  };
};

const includedBatch = (call: Call, batch: Entity): Json => {
  const { relationships: _none, ...resource } = materialResource(call, batch);
  return resource;
};

export const materialDocument = (call: Call, entity: Entity): Json => {
  const includes = includesOf(call, ['owner', 'batches']);
  const batches = entity.type === 'asset' && includes.has('batches') ? call.tenant.entities.childrenOf(entity.id) : [];
  const included = [
    ...includedUsers(call, [entity], includes),
    ...batches.slice(0, 100).map((batch) => includedBatch(call, batch)),
  ];
  return { links: selfLinks(call), data: materialResource(call, entity), ...(included.length > 0 ? { included } : {}) };
};
