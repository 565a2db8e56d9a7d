/** Runs a compiled query over the entities of a source. */
import { type Json, ownOf } from '../json.ts';
import { createReader } from '../tenant/access.ts';
import type { Entity, User } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { firstOf } from './best.ts';
import { compileQuery, typesOfQuery } from './compile.ts';
import type { Order, Ranked } from './sort.ts';

const inventoryTypes: ReadonlySet<string> = new Set(['container', 'location', 'order']);

const isInventory = ({ type }: Entity, { switches }: Tenant) =>
  inventoryTypes.has(type) || (switches.materialsInIvt && (type === 'asset' || type === 'batch'));

/** Which entities a source holds. Assets and batches are in SN, containers and locations in IVT. */
const sources: Readonly<Record<string, (entity: Entity, tenant: Tenant) => boolean>> = {
  SN: (entity, tenant) => !isInventory(entity, tenant),
  IVT: (entity, tenant) => isInventory(entity, tenant),
  CHEMICALS: (entity, tenant) => tenant.searchExtras.smilesOf(entity) !== undefined,
  CONNECTED: () => false,
};

/** The source asked for. A wrong one is no error: it holds nothing. */
export const readSource = (source: string | null): string => (source === null || source === '' ? 'SN' : source);

/** Hits of a query in no order; the trashed, and what is in them, are not in the index. */
export function* matching(tenant: Tenant, user: User, query: Json, source: string): Iterable<Entity> {
  const test = compileQuery(tenant, query);
  const canRead = createReader(tenant, user);
  const isVisible = (entity: Entity) => !tenant.entities.hasTrashedAncestor(entity) && canRead(entity);
  const isInSource = ownOf(sources, source) ?? (() => false);
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
  const found: Ranked[] = [];
  let hasReachedLimit = false;
  for (const entity of matching(tenant, plan.user, plan.query, plan.source)) {
    hasReachedLimit = found.length >= plan.stopAfterItems;
    if (hasReachedLimit) break;
    found.push(plan.order.rank(entity));
  }
  const total = found.length;
  const hits = firstOf(found, plan.offset + plan.limit, plan.order.compare).slice(plan.offset);
  return { hits: hits.map(({ entity }) => entity), total, hasReachedLimit };
};
