/** What the index knows of an entity: system fields, and tags typed as the index types them. */

import type { Json } from '../json.ts';
import { ownOf } from '../json.ts';
import type { Entity, Field, FieldType } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';

export type Plain = string | number | boolean;
export const tagTypes = ['text', 'date', 'integer', 'double', 'boolean'] as const;
export type TagType = (typeof tagTypes)[number];

export interface Tag {
  readonly type: TagType;
  readonly values: readonly Plain[];
}

const iso = (millis: number) => new Date(millis).toISOString();

const systemReaders: Readonly<
  Record<string, (entity: Entity, tenant: Tenant) => Plain | readonly Plain[] | undefined>
> = {
  type: ({ type }) => type,
  isTemplate: ({ isTemplate }) => isTemplate,
  state: ({ state }) => state,
  name: ({ name }) => name,
  description: ({ description }) => description,
  createdAt: ({ createdAtMillis }) => createdAtMillis,
  modifiedAt: ({ editedAtMillis }) => editedAtMillis,
  createdBy: ({ createdBy }) => createdBy,
  editedBy: ({ editedBy }) => editedBy,
  owner: ({ ownerId }) => ownerId,
  eid: ({ id }) => id,
  _parent_eid: ({ parentId }) => parentId,
  _parent_type: ({ parentId }, tenant) => (parentId === undefined ? undefined : tenant.entities.get(parentId)?.type),
  _starringUserIDs: ({ starredBy }) => starredBy,
  assetTypeEid: (entity, tenant) => tenant.searchExtras.assetTypeOf(entity),
  isMaterial: ({ type }) => type === 'asset' || type === 'batch',
};

export const dateFields: ReadonlySet<string> = new Set(['createdAt', 'modifiedAt']);
export const isSystemField = (field: string): boolean => Object.hasOwn(systemReaders, field);

/** The bare value of a system field, without a list around it: the quick way for the commonest matches. */
export const systemValue = (
  field: string,
): ((entity: Entity, tenant: Tenant) => Plain | readonly Plain[] | undefined) =>
  ownOf(systemReaders, field) ?? (() => undefined);

/** Values of a system field; instants are milliseconds. */
export const systemReader = (field: string): ((entity: Entity, tenant: Tenant) => readonly Plain[]) => {
  const read = ownOf(systemReaders, field);
  return (entity, tenant) => {
    const value = read?.(entity, tenant);
    if (value === undefined) return [];
    return typeof value === 'object' ? value : [value];
  };
};

const numericTypes: ReadonlySet<FieldType> = new Set(['number', 'integer', 'unit', 'formula']);

const plain = (value: Json): Plain => (typeof value === 'object' ? JSON.stringify(value) : (value as Plain));

/** The tag that a field becomes; decimals are doubles, whole-number fields integers. */
const tagOfField = (field: Field): Tag | undefined => {
  const values = (field.values ?? [field.value ?? '']).filter((value) => value !== '' && value !== null).map(plain);
  if (values.length === 0) return undefined;
  const { type } = field.definition;
  if (numericTypes.has(type))
    return {
      type: type === 'integer' ? 'integer' : 'double',
      values: values.map((value) => Number.parseFloat(String(value))),
    };
  if (type === 'date') return { type: 'date', values: values.map((value) => Date.parse(String(value))) };
  if (type === 'boolean') return { type: 'boolean', values: values.map((value) => value === true || value === 'true') };
  return { type: 'text', values: values.map(String) };
};

/** Prefix of the tags of a type's own fields. */
const prefixOf: Readonly<Record<string, string>> = { asset: 'materials.', batch: 'materials.', sample: 'sample.' };

/** One tag by name, or nothing. */
export const readTag = (tenant: Tenant, entity: Entity, name: string): readonly Tag[] => {
  const extra = tenant.searchExtras.tagOf(entity, name);
  if (extra !== undefined) return [extra];
  const dot = name.indexOf('.');
  const prefix = name.slice(0, dot + 1);
  if (prefix !== 'fields.' && prefix !== prefixOf[entity.type]) return [];
  const bare = name.slice(dot + 1);
  if (bare === 'Name') return [{ type: 'text', values: [entity.name] }];
  if (bare === 'Description') return entity.description === '' ? [] : [{ type: 'text', values: [entity.description] }];
  const field = entity.fields.find(({ definition }) => definition.name === bare);
  const tag = field === undefined ? undefined : tagOfField(field);
  return tag === undefined ? [] : [tag];
};

/** Every tag of an entity, by name. */
export const allTags = (tenant: Tenant, entity: Entity): Map<string, Tag> => {
  const tags = new Map<string, Tag>(tenant.searchExtras.allTags(entity));
  tags.set('fields.Name', { type: 'text', values: [entity.name] });
  if (entity.description !== '') tags.set('fields.Description', { type: 'text', values: [entity.description] });
  for (const field of entity.fields) {
    const tag = tagOfField(field);
    if (tag !== undefined) tags.set(`fields.${field.definition.name}`, tag);
  }
  return tags;
};

export const shownValue = (tag: Tag, value: Plain): Plain => (tag.type === 'date' ? iso(Number(value)) : value);
