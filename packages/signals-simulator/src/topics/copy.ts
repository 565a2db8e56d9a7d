/** Instances of templates: the template's table and children, copied with ids of their own. */
import { blankCdxml } from '../chemistry/cdxml.ts';
import { textContent } from '../tenant/content.ts';
import type { Entity } from '../tenant/model.ts';
import type { Table } from '../tenant/table.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** The digest of a child that a template gave, until its first edit (client-shapes, section 1). */
const untouched = '0';

const copied = (tenant: Tenant, table: Table): Table => ({
  columns: table.columns.map((column) => ({ ...column })),
  rows: table.rows.map((row) => ({ ...row, id: tenant.random.uuid(), cells: new Map(row.cells) })),
});

/** The entity's table, and the parts under it (`<id>/<part>`) when it has several. */
export const copyTable = (tenant: Tenant, from: Entity, to: Entity): void => {
  const table = tenant.tables.get(from.id);
  if (table !== undefined) tenant.tables.set(to.id, copied(tenant, table));
  const parts = tenant.tableParts.get(from.id);
  if (parts === undefined) return;
  tenant.tableParts.set(
    to.id,
    parts.map((part) => ({ ...part })),
  );
  for (const { id } of parts) {
    const part = tenant.tables.get(`${from.id}/${id}`);
    if (part !== undefined) tenant.tables.set(`${to.id}/${id}`, copied(tenant, part));
  }
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
      digest: untouched,
      state: child.state,
    });
    copyTable(tenant, child, copy);
    copyChildren(tenant, child, copy, userId);
  }
};

/** A sub-experiment starts with one blank drawing (client-shapes, section 1). */
export const addBlankDrawing = (tenant: Tenant, parent: Entity, userId: string): Entity =>
  tenant.entities.load({
    id: `chemicalDrawing:${tenant.random.uuid()}`,
    type: 'chemicalDrawing',
    name: 'Reaction',
    createdBy: userId,
    parentId: parent.id,
    digest: untouched,
    content: textContent('chemical/x-cdxml', blankCdxml),
  });
