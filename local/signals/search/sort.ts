/** The order of hits, and the best few of many without sorting all. */
import { badRequest } from '../errors.ts';
import { arrayOf, at, isObject, type Json, textOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { isSystemField, type Plain, readTag, systemReader } from './tags.ts';

export type Order = (a: Entity, b: Entity) => number;

const comparePlain = (a: Plain | undefined, b: Plain | undefined): number => {
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return a < b ? -1 : a > b ? 1 : 0;
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

const tagKey = (tenant: Tenant, field: string, isDescending: boolean): Key => ({
  read: (entity) => readTag(tenant, entity, field)[0]?.values[0],
  isDescending,
});

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
  return (a, b) => {
    for (const { read, isDescending } of keys) {
      const order = comparePlain(read(a), read(b));
      if (order !== 0) return isDescending ? -order : order;
    }
    return a.id < b.id ? -1 : 1;
  };
};

const siftDown = (heap: Entity[], order: Order, from: number) => {
  let at = from;
  for (;;) {
    const left = 2 * at + 1;
    if (left >= heap.length) return;
    const right = left + 1;
    const worse = right < heap.length && order(heap[right] as Entity, heap[left] as Entity) > 0 ? right : left;
    if (order(heap[worse] as Entity, heap[at] as Entity) <= 0) return;
    [heap[at], heap[worse]] = [heap[worse] as Entity, heap[at] as Entity];
    at = worse;
  }
};

export interface BestHits {
  offer(entity: Entity): void;
  sorted(): Entity[];
}

/** Keeps the first `count` in order: the worst of them sits on top of a heap, and most offers fail against it. */
export const createBestHits = (count: number, order: Order): BestHits => {
  const heap: Entity[] = [];
  let isHeap = false;
  return {
    offer(entity) {
      if (heap.length < count) {
        heap.push(entity);
        return;
      }
      if (!isHeap) {
        for (let i = (heap.length >> 1) - 1; i >= 0; i -= 1) siftDown(heap, order, i);
        isHeap = true;
      }
      const worst = heap[0];
      if (worst === undefined || order(entity, worst) >= 0) return;
      heap[0] = entity;
      siftDown(heap, order, 0);
    },
    sorted: () => heap.toSorted(order),
  };
};
