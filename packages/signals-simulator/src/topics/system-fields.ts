/** Fields that only the tenant writes, of samples and tasks alike. */
import type { Entity, Field, FieldType } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';

export const systemField = (id: string, name: string, type: FieldType, value: string): Field => ({
  definition: { id, name, type, canEdit: false },
  value,
});

/** The number of files below the entity; empty without one. That a number stands there is invented. */
export const attachedDocs = (tenant: Tenant, entity: Entity): string => {
  const count = tenant.entities.childrenOf(entity.id).filter(({ isTrashed }) => !isTrashed).length;
  return count === 0 ? '' : String(count);
};
