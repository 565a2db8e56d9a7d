/** The tags of an entity in the index: system fields, and tags with the index's types. */
import { ownOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { entryOf } from './entry.ts';
import type { Plain, Tag, TagShape } from './index-entry.ts';

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

/** Prefix of the tags of a type's own fields. */
const prefixOf: Readonly<Record<string, string>> = { asset: 'materials.', batch: 'materials.', sample: 'sample.' };

/** Reads one tag by name: those of the inventory, then fields under the prefixes of the type. */
export const tagReader = (tenant: Tenant, name: string): ((entity: Entity) => Tag | undefined) => {
  const dot = name.indexOf('.');
  const prefix = name.slice(0, dot + 1);
  const key = `fields.${name.slice(dot + 1)}`;
  let lastShape: TagShape | undefined;
  let place: number | undefined;
  const readField = (entity: Entity): Tag | undefined => {
    const { shape, tags } = entryOf(entity);
    if (shape !== lastShape) place = shape.places.get(key);
    lastShape = shape;
    return place === undefined ? undefined : tags[place];
  };
  return (entity) => {
    const extra = tenant.searchExtras.tagOf(entity, name);
    if (extra !== undefined) return extra;
    return prefix === 'fields.' || prefix === prefixOf[entity.type] ? readField(entity) : undefined;
  };
};

/** Every tag of an entity, by name. */
export const allTags = (tenant: Tenant, entity: Entity): Map<string, Tag> => {
  const all = new Map<string, Tag>(tenant.searchExtras.allTags(entity));
  const { shape, tags } = entryOf(entity);
  for (const [place, tag] of tags.entries()) all.set(shape.tags[place]?.[0] ?? '', tag);
  return all;
};

export const shownValue = (tag: Tag, value: Plain): Plain => (tag.type === 'date' ? iso(Number(value)) : value);
