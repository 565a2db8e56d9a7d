/** The stoichiometry of a drawing in exports. */
import type { Json } from '../json.ts';
import { gridNames } from '../tenant/drawings.ts';
import type { Entity } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';

export const stoichiometryContent = (tenant: Tenant, entity: Entity): Json => {
  const drawing = tenant.drawings.get(entity.id);
  const grids = gridNames.map((name) => [
    name,
    (drawing?.grids[name] ?? []).map(({ id, values }) => ({ rowId: id, ...Object.fromEntries(values) })),
  ]);
  return { ...Object.fromEntries(grids), summary: {}, fields: {} };
};
