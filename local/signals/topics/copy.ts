/** Instances of templates: the template's table and children, copied with ids of their own. */
import type { Entity } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';

export const copyTable = (tenant: Tenant, from: Entity, to: Entity): void => {
  const table = tenant.tables.get(from.id);
  if (table === undefined) return;
  tenant.tables.set(to.id, {
    columns: table.columns.map((column) => ({ ...column })),
    rows: table.rows.map((row) => ({ ...row, id: tenant.random.uuid(), cells: new Map(row.cells) })),
  });
};

export const copyChildren = (tenant: Tenant, from: Entity, to: Entity, userId: string): void => {
  for (const child of tenant.entities.childrenOf(from.id)) {
    const copy = tenant.entities.load({
      id: `${child.type}:${tenant.random.uuid()}`,
      type: child.type,
      name: child.name,
      description: child.description,
      createdBy: userId,
      parentId: to.id,
      templateId: child.templateId,
      fields: child.fields.map((field) => ({ ...field })),
      content: child.content,
      state: child.state,
    });
    copyTable(tenant, child, copy);
    copyChildren(tenant, child, copy, userId);
  }
};
