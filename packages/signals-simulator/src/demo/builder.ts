/** Loads demo entities with rising times, so that the tenant has a past. */
import type { NewEntity } from '../tenant/entity-store.ts';
import type { Entity } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { demoStartMillis } from './people.ts';

export interface Builder {
  readonly tenant: Tenant;
  /** Adds an entity some minutes after the one before; id and author come from the seed unless given. */
  add(type: string, name: string, more?: Partial<NewEntity>): Entity;
}

export const createBuilder = (tenant: Tenant): Builder => {
  let nowMillis = demoStartMillis;
  return {
    tenant,
    add(type, name, more = {}) {
      nowMillis += 60_000 * (1 + tenant.random.below(120));
      const createdBy = more.createdBy ?? String(100 + tenant.random.below(10));
      return tenant.entities.load({
        id: `${type}:${tenant.random.uuid()}`,
        type,
        name,
        createdBy,
        createdAtMillis: nowMillis,
        ...more,
      });
    },
  };
};
