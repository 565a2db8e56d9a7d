/** Runs a compiled query over the entities of a source. */
import { badRequest } from '../errors.ts';
import type { Json } from '../json.ts';
import { canRead } from '../tenant/access.ts';
import type { Entity, User } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { compileQuery, typesOfQuery } from './compile.ts';
import { createBestHits, type Order } from './sort.ts';

const inventoryTypes: ReadonlySet<string> = new Set(['container', 'location', 'order']);

/** Which entities a source holds. Assets and batches are in SN, containers and locations in IVT. */
const sources: Readonly<Record<string, (entity: Entity, tenant: Tenant) => boolean>> = {
  SN: ({ type }) => !inventoryTypes.has(type),
  IVT: ({ type }) => inventoryTypes.has(type),
  CHEMICALS: (entity, tenant) => tenant.searchExtras.smilesOf(entity) !== undefined,
  CONNECTED: () => false,
};

export const readSource = (source: string | null): string => {
  const name = source === null || source === '' ? 'SN' : source;
  if (!Object.hasOwn(sources, name)) throw badRequest(`source "${name}" is unknown.`);
  return name;
};

/** Hits of a query in no order; the trashed, and what is in them, are not in the index. */
export function* matching(tenant: Tenant, user: User, query: Json, source: string): Iterable<Entity> {
  const test = compileQuery(tenant, query);
  const isVisible = (entity: Entity) => !tenant.entities.hasTrashedAncestor(entity) && canRead(tenant, user, entity);
  const isInSource = sources[source] ?? (() => false);
  const types = typesOfQuery(query);
  const candidates = types === undefined ? [tenant.entities.all()] : types.map((type) => tenant.entities.ofType(type));
  for (const group of candidates)
    for (const entity of group)
      if (!entity.isTrashed && test(entity) && isInSource(entity, tenant) && isVisible(entity)) yield entity;
}

export interface SearchPlan {
  readonly user: User;
  readonly query: Json;
  readonly source: string;
  readonly order: Order;
  readonly offset: number;
  readonly limit: number;
  readonly stopAfterItems: number;
}

export interface SearchResult {
  readonly hits: readonly Entity[];
  readonly total: number;
  readonly hasReachedLimit: boolean;
}

/** The page of hits, and how many there are in all (as far as `stopAfterItems` let the search look). */
export const runSearch = (tenant: Tenant, plan: SearchPlan): SearchResult => {
  const best = createBestHits(plan.offset + plan.limit, plan.order);
  let total = 0;
  for (const entity of matching(tenant, plan.user, plan.query, plan.source)) {
    if (total >= plan.stopAfterItems) return { hits: best.sorted().slice(plan.offset), total, hasReachedLimit: true };
    total += 1;
    best.offer(entity);
  }
  return { hits: best.sorted().slice(plan.offset), total, hasReachedLimit: false };
};
