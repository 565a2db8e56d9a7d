/** The order of hits. */
import { badRequest } from '../errors.ts';
import { arrayOf, at, isObject, type Json, textOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Plain } from './index-entry.ts';
import { isSystemField, systemReader, tagReader } from './tags.ts';

/** An entity with the value of the first sort field, which is read once. */
export interface Ranked {
  readonly entity: Entity;
  readonly first: Plain | undefined;
}

export interface Order {
  rank(entity: Entity): Ranked;
  compare(a: Ranked, b: Ranked): number;
}

/** Rows without a value come last in both directions (invented). */
const comparePlain = (a: Plain | undefined, b: Plain | undefined, isDescending: boolean): number => {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : a < b ? -1 : a > b ? 1 : 0;
  return isDescending ? -order : order;
};

interface Key {
  readonly read: (entity: Entity) => Plain | undefined;
  readonly isDescending: boolean;
}

const systemKey = (tenant: Tenant, field: string, isDescending: boolean): Key => {
  if (!isSystemField(field)) return { read: () => undefined, isDescending };
  if (field === 'createdAt') return { read: (entity) => entity.createdAtMillis, isDescending };
  if (field === 'modifiedAt') return { read: (entity) => entity.editedAtMillis, isDescending };
  if (field === 'name') return { read: (entity) => entity.name, isDescending };
  const read = systemReader(field);
  return { read: (entity) => read(entity, tenant)[0], isDescending };
};

const tagKey = (tenant: Tenant, field: string, isDescending: boolean): Key => {
  const read = tagReader(tenant, field);
  return { read: (entity) => read(entity)?.values[0], isDescending };
};

const directionOf = (value: Json | undefined): boolean => {
  if (value === 'asc' || value === undefined) return false;
  if (value === 'desc') return true;
  throw badRequest('A sort order is asc or desc.');
};

/** `name,-modifiedAt` */
const queryKeys = (tenant: Tenant, text: string): Key[] =>
  text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => systemKey(tenant, part.replace(/^-/, ''), part.startsWith('-')));

const itemKeys = (tenant: Tenant, item: Json): Key[] => {
  const field = textOf(at(item, 'field'));
  if (field !== undefined) {
    const isDescending = directionOf(at(item, 'order'));
    return [at(item, 'in') === 'tags' ? tagKey(tenant, field, isDescending) : systemKey(tenant, field, isDescending)];
  }
  if (!isObject(item)) throw badRequest('sort must be an object or a list.');
  return Object.entries(item).map(([name, value]) =>
    isObject(value) && value.in === 'tags'
      ? tagKey(tenant, name, directionOf(value.order))
      : systemKey(tenant, name, directionOf(isObject(value) ? value.order : value)),
  );
};

const compareOthers = (keys: readonly Key[], a: Entity, b: Entity): number => {
  for (const { read, isDescending } of keys) {
    const order = comparePlain(read(a), read(b), isDescending);
    if (order !== 0) return order;
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
};

/** From the query's `sort`, else the body's; ties fall back to the id, no sort at all to the latest change (both invented). */
export const orderOf = (tenant: Tenant, querySort: string | null, bodySort: Json | undefined): Order => {
  const keys =
    querySort !== null && querySort !== ''
      ? queryKeys(tenant, querySort)
      : bodySort === undefined
        ? [systemKey(tenant, 'modifiedAt', true)]
        : Array.isArray(bodySort)
          ? arrayOf(bodySort).flatMap((item) => itemKeys(tenant, item))
          : itemKeys(tenant, bodySort);
  const [first, ...others] = keys;
  return {
    rank: (entity) => ({ entity, first: first?.read(entity) }),
    compare(a, b) {
      const order = comparePlain(a.first, b.first, first?.isDescending === true);
      return order === 0 ? compareOthers(others, a.entity, b.entity) : order;
    },
  };
};
