/** The summary of sub-experiments: one row for each (client-shapes S23). */
import type { Call, Handler } from '../http/call.ts';
import { pageLinks, readPage, slicePage } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Entity, FieldDefinition } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { renderField } from './field-values.ts';
import { type ObjectKind, openObject } from './plain-objects.ts';

export const summaryKind: ObjectKind = {
  entityType: 'paragrid',
  idParam: 'subexpSummaryId',
  dataType: 'subexpSummary',
};

interface SummaryColumn {
  readonly definition: FieldDefinition;
  readonly section?: 'REACTANTS' | 'PRODUCTS';
}

const nameKey = '2';

/** The link to the sub-experiment, the product's name and the reactant's mass; columns of a real template are not known. */
export const summaryColumns: readonly SummaryColumn[] = [
  { definition: { id: nameKey, name: 'Name', type: 'link', canEdit: false } },
  {
    definition: { id: 'r1:sm', name: 'R1 Mass', type: 'unit', measure: 'mass', units: ['g', 'mg', 'kg'] },
    section: 'REACTANTS',
  },
  { definition: { id: 'p1:name', name: 'P1 Name', type: 'text' }, section: 'PRODUCTS' },
];

export const parentOf = (tenant: Tenant, entity: Entity): Entity =>
  (entity.parentId === undefined ? undefined : tenant.entities.get(entity.parentId)) ?? entity;

export const subexperiments = (tenant: Tenant, parent: Entity): Entity[] =>
  tenant.entities.childrenOf(parent.id).filter((child) => child.type === 'parasubexp' && !child.isTrashed);

/** A row has the id of the sub-experiment's drawing. */
export const rowIdOf = (tenant: Tenant, subexperiment: Entity): string =>
  tenant.entities.childrenOf(subexperiment.id).find(({ type }) => type === 'chemicalDrawing')?.id ?? subexperiment.id;

export type Values = { [key: string]: Json };

export const valuesOf = (tenant: Tenant, summary: Entity): { [rowId: string]: Values } => {
  const known = tenant.objects.get(summary.id) ?? {};
  tenant.objects.set(summary.id, known);
  known.rows ??= {};
  return known.rows as { [rowId: string]: Values };
};

/** The cells of one row; empty ones have a key only. */
export const summaryCells = (tenant: Tenant, summary: Entity, subexperiment: Entity): JsonObject[] => {
  const values = valuesOf(tenant, summary)[rowIdOf(tenant, subexperiment)] ?? {};
  return summaryColumns.map(({ definition }) => {
    if (definition.id === nameKey)
      return { key: nameKey, value: subexperiment.id, display: subexperiment.name, linkedEntityType: 'parasubexp' };
    const value = values[definition.id];
    if (value === undefined || value === '') return { key: definition.id };
    const content = renderField({ definition, value }, 'normalized');
    return { key: definition.id, display: String(content.display ?? content.value), ...content };
  });
};

const columnDefinitionId = (summary: Entity) => `${summary.id}/columns`;

const rowResource = (call: Call, summary: Entity, subexperiment: Entity): Json => {
  const id = rowIdOf(call.tenant, subexperiment);
  return {
    type: 'subexpSummaryRow',
    id,
    attributes: { id, columns: summaryCells(call.tenant, summary, subexperiment) },
    relationships: { columnDefinition: { data: { type: 'columnDefinition', id: columnDefinitionId(summary) } } },
  };
};

const columnDefinition = (summary: Entity): Json => {
  const id = columnDefinitionId(summary);
  const cols = summaryColumns.map(({ definition, section }) => ({
    key: definition.id,
    title: definition.name,
    type: definition.type,
    ...(definition.measure === undefined ? {} : { measure: definition.measure }),
    isUserDefined: false,
    ...(definition.canEdit === false ? { readOnly: true } : {}),
    ...(section === undefined ? {} : { section }),
    templateColumnKey: definition.id,
  }));
  return { type: 'columnDefinition', id, attributes: { id, cols } };
};

export const summaryRows: Handler = (call) => {
  const summary = openObject(call, summaryKind);
  const page = readPage(call, { defaultLimit: 100 });
  const { items, hasMore } = slicePage(subexperiments(call.tenant, parentOf(call.tenant, summary)), page);
  return ok({
    links: pageLinks(call, page, hasMore),
    data: items.map((item) => rowResource(call, summary, item)),
    included: [columnDefinition(summary)],
  });
};
