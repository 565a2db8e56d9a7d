/** Assets, batches and libraries as resources. */
import { writeStructure } from '../chemistry/structure-file.ts';
import { type Call, isEditable } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import type { Json, JsonObject } from '../json.ts';
import { structureOf } from '../search/extras.ts';
import { type Library, libraryOf, type MaterialField } from '../tenant/materials.ts';
import type { Entity, Field } from '../tenant/model.ts';
import { parseQuantity } from '../topics/field-values.ts';
import { includedUsers, includesOf, iso } from './entity-document.ts';

const fieldResource = ({ definition, dataType, isMandatory }: MaterialField): Json => ({
  id: definition.id,
  name: definition.name,
  dataType,
  mandatory: isMandatory,
  hidden: false,
  collection: 'SINGLE',
  ...(definition.options === undefined ? {} : { options: definition.options }),
});

export const libraryResource = (base: string, library: Library, digest: string): JsonObject => ({
  type: 'AssetType',
  id: library.id,
  links: { self: `${base}/materials/${library.id}` },
  attributes: {
    id: library.id,
    eid: library.id,
    type: 'assetType',
    name: library.name,
    digest,
    enabled: true,
    isChemical: library.isChemical,
    numbering: { format: `${library.prefix}${'#'.repeat(library.digits)}` },
    uniqueness: { fields: library.isChemical ? ['Structure'] : [] },
    assets: { fields: library.assetFields.map(fieldResource) },
    batches: { fields: library.batchFields.map(fieldResource) },
  },
});

const specOf = (library: Library | undefined, field: Field): MaterialField | undefined =>
  [...(library?.assetFields ?? []), ...(library?.batchFields ?? [])].find(
    ({ definition }) => definition === field.definition,
  );

/** MASS and PERCENTAGE show both as typed and as read. */
export const materialValue = (library: Library | undefined, field: Field): Json => {
  const value = field.value ?? '';
  const dataType = specOf(library, field)?.dataType;
  if (value === '' || (dataType !== 'MASS' && dataType !== 'PERCENTAGE')) return value;
  const { number, unit } = parseQuantity(field.definition, value);
  return { rawValue: String(number), displayValue: `${number} ${unit}` };
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

/** Blanks and brackets of names stand raw in this address, as real tenants send them. */
const kinRelationships = (base: string, entity: Entity, library: Library | undefined): JsonObject =>
  entity.type === 'asset'
    ? { batches: { links: { self: `${base}/materials/${library?.name}/assets/${entity.name}/batches` } } }
    : {
        asset: {
          links: { self: `${base}/materials/${entity.parentId}` },
          data: { type: 'material', id: entity.parentId ?? '' },
        },
      };

export const materialResource = (call: Call, entity: Entity): JsonObject => {
  const library = libraryOf(call.tenant.materials, entity);
  const fields = entity.fields.map((field) => [field.definition.name, { value: materialValue(library, field) }]);
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
        assetTypeId: library?.id ?? '',
        assetId: entity.type === 'batch' ? (entity.parentId ?? '') : entity.id,
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
      library: {
        links: { self: `${call.base}/materials/${library?.id}` },
        data: { type: 'AssetType', id: library?.id ?? '' },
      },
      ...kinRelationships(call.base, entity, library),
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
