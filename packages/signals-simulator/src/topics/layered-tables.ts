/** Tables of several parts: variants of a variations table, layers of a hierarchical one. */
import { includedEntity } from '../documents/entity-document.ts';
import { badRequest, notFound } from '../errors.ts';
import {
  bodyJson,
  type Call,
  checkDigest,
  checkEditable,
  entityOfType,
  type Handler,
  param,
  type Routes,
} from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { noContent, ok } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, textOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import type { Row, Table } from '../tenant/table.ts';
import { changed, type TablePart, type Tenant } from '../tenant/tenant.ts';
import { cellResources, columnResource, writeCells } from './cells.ts';
import { createRowHandlers, type RowKind, rowResource, tableIncluded, tableOf } from './row-table.ts';

const mostVariants = 20;

const partsOf = (tenant: Tenant, entity: Entity): TablePart[] => {
  const parts = tenant.tableParts.get(entity.id) ?? [];
  tenant.tableParts.set(entity.id, parts);
  return parts;
};

const openToWrite = (call: Call, type: string): Entity => {
  const entity = entityOfType(call, 'eid', type);
  checkEditable(call.tenant, entity);
  checkDigest(call, entity);
  return entity;
};

// Variations tables

const componentKind: RowKind = {
  entityType: 'variationsGrid',
  rowType: 'variationsTableRow',
  tableParam: 'eid',
  rowParam: 'rowId',
};
const variantKind: RowKind = {
  ...componentKind,
  tableKey: (call, entity) => `${entity.id}/${param(call, 'variantId')}`,
};
const components = createRowHandlers(componentKind);
const variants = createRowHandlers(variantKind);

const variationsDocument = (call: Call, entity: Entity): Json => {
  const table = tableOf(call, entity);
  return {
    links: selfLinks(call),
    data: {
      type: 'variationsTable',
      id: entity.id,
      attributes: {
        components: table.rows.map((row) => rowResource(call, componentKind, entity, table, row, null)),
        variants: partsOf(call.tenant, entity).map(({ id, name }) => {
          const part = call.tenant.tables.get(`${entity.id}/${id}`) ?? { columns: [], rows: [] };
          return { id, name, rows: part.rows.map((row) => rowResource(call, componentKind, entity, part, row, null)) };
        }),
      },
    },
    included: tableIncluded(call, entity, table),
  };
};

const cloneTable = (table: Table): Table => ({
  columns: table.columns.map((column) => ({ ...column })),
  rows: table.rows.map((row) => ({ ...row, cells: new Map(row.cells) })),
});

const addVariant = (call: Call, entity: Entity, from: Table, name: string | undefined) => {
  const parts = partsOf(call.tenant, entity);
  if (parts.length >= mostVariants) throw badRequest(`At most ${mostVariants} variants.`);
  const id = call.tenant.random.uuid();
  parts.push({ id, name: name ?? `Variant ${parts.length + 1}` });
  call.tenant.tables.set(`${entity.id}/${id}`, cloneTable(from));
};

const dropVariant = (call: Call, entity: Entity, id: string) => {
  const parts = partsOf(call.tenant, entity);
  if (!parts.some((part) => part.id === id)) throw notFound(`Variant ${id} is not found.`);
  call.tenant.tableParts.set(
    entity.id,
    parts.filter((part) => part.id !== id),
  );
  call.tenant.tables.delete(`${entity.id}/${id}`);
};

/** One action per request: create, clone or delete. */
const patchVariations: Handler = (call) => {
  const entity = openToWrite(call, 'variationsGrid');
  const data = at(bodyJson(call), 'data');
  const items = Array.isArray(data) ? arrayOf(data) : isObject(data) ? [data] : [];
  const actions = new Set(items.map((item) => textOf(at(item, 'attributes', 'action')) ?? 'create'));
  if (actions.size !== 1) throw badRequest('One action per request.');
  for (const item of items) {
    const id = textOf(at(item, 'id')) ?? '';
    const name = textOf(at(item, 'attributes', 'name'));
    if (actions.has('delete')) dropVariant(call, entity, id);
    else if (actions.has('clone')) addVariant(call, entity, tableOf(call, entity, `${entity.id}/${id}`), name);
    else if (actions.has('create')) addVariant(call, entity, tableOf(call, entity), name);
    else throw badRequest('action must be create, clone or delete.');
  }
  changed(call.tenant, entity, call.user.id, 'update', 'variants');
  return ok(variationsDocument(call, entity));
};

const putVariations: Handler = (call) => {
  const entity = openToWrite(call, 'variationsGrid');
  const table = tableOf(call, entity);
  const rows = arrayOf(at(bodyJson(call), 'data', 'attributes', 'components'));
  const next: Row[] = rows.map((item) => {
    const row: Row = { id: textOf(at(item, 'id')) ?? call.tenant.random.uuid(), cells: new Map() };
    writeCells(table, row, at(item, 'attributes', 'cells'));
    return row;
  });
  table.rows = next;
  changed(call.tenant, entity, call.user.id, 'update', 'components');
  return ok(variationsDocument(call, entity));
};

// Hierarchical tables

const layerKind: RowKind = {
  entityType: 'hierarchicalGrid',
  rowType: 'hierarchicalTableRow',
  tableParam: 'eid',
  rowParam: 'rowId',
  isNested: true,
  tableKey: (call, entity) => `${entity.id}/${param(call, 'tableId')}`,
  /** Rows below the removed one go too. */
  onRemove(call, entity, row) {
    let gone = new Set([row.id]);
    for (const { id } of partsOf(call.tenant, entity)) {
      const table = call.tenant.tables.get(`${entity.id}/${id}`);
      if (table === undefined) continue;
      const below = table.rows.filter(({ parentRowId }) => gone.has(parentRowId ?? ''));
      table.rows = table.rows.filter((known) => !below.includes(known));
      gone = new Set([...gone, ...below.map((known) => known.id)]);
    }
  },
};
const layers = createRowHandlers(layerKind);

const layerResource = (call: Call, entity: Entity, { id, name }: TablePart): Json => {
  const table = tableOf(call, entity, `${entity.id}/${id}`);
  return {
    type: 'hierarchicalTableLayer',
    id,
    links: { self: `${call.base}/hierarchicalTables/${entity.id}/tables/${id}` },
    attributes: { id, name, rows: table.rows.map((row) => rowResource(call, layerKind, entity, table, row, null)) },
  };
};

const hierarchy: Handler = (call) => {
  const entity = entityOfType(call, 'eid', 'hierarchicalGrid');
  return ok({
    links: selfLinks(call),
    data: partsOf(call.tenant, entity).map((part) => layerResource(call, entity, part)),
    included: [includedEntity(call, entity)],
  });
};

const searchRows: Handler = (call) => {
  const entity = entityOfType(call, 'eid', 'hierarchicalGrid');
  const table = tableOf(call, entity, `${entity.id}/${param(call, 'tableId')}`);
  const parents = new Set(arrayOf(at(bodyJson(call), 'data', 'attributes', 'parentRowIds')).map(String));
  const rows = table.rows.filter(({ parentRowId }) => parents.has(parentRowId ?? ''));
  return ok({
    links: selfLinks(call),
    data: rows.map((row) => rowResource(call, layerKind, entity, table, row, null)),
    included: tableIncluded(call, entity, table),
  });
};

const headerOf = (call: Call, entity: Entity): { readonly table: Table; readonly row: Row } => {
  const table = tableOf(call, entity);
  const row = table.rows[0] ?? { id: call.tenant.random.uuid(), cells: new Map<string, Json>() };
  table.rows = [row];
  return { table, row };
};

const headerDocument = (call: Call, entity: Entity): Json => {
  const { table, row } = headerOf(call, entity);
  return {
    links: selfLinks(call),
    data: {
      type: 'hierarchicalTableHeader',
      id: entity.id,
      attributes: { cells: cellResources(table, row, null, () => undefined) },
    },
    included: tableIncluded(call, entity, table),
  };
};

const patchHeader: Handler = (call) => {
  const entity = openToWrite(call, 'hierarchicalGrid');
  const { table, row } = headerOf(call, entity);
  writeCells(table, row, at(bodyJson(call), 'data', 'attributes', 'cells'));
  changed(call.tenant, entity, call.user.id, 'update', 'header');
  return ok(headerDocument(call, entity));
};

const columnsDocument = (call: Call, entity: Entity): Json => ({
  links: selfLinks(call),
  data: partsOf(call.tenant, entity).map(({ id, name }) => ({
    type: 'columnDefinitions',
    id,
    attributes: { name, columns: tableOf(call, entity, `${entity.id}/${id}`).columns.map(columnResource) },
  })),
  included: [includedEntity(call, entity)],
});

const hideColumns: Handler = (call) => {
  const entity = openToWrite(call, 'hierarchicalGrid');
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const action = at(attributes, 'action');
  if (action !== 'hide' && action !== 'unhide') throw badRequest('action must be hide or unhide.');
  const keys = new Set(arrayOf(at(attributes, 'columns')).map((column) => textOf(at(column, 'key'))));
  for (const { id } of partsOf(call.tenant, entity))
    for (const column of tableOf(call, entity, `${entity.id}/${id}`).columns)
      if (keys.has(column.key)) column.isHidden = action === 'hide';
  changed(call.tenant, entity, call.user.id, 'update', 'columns');
  return ok(columnsDocument(call, entity));
};

export const layeredTableRoutes: Routes = {
  'GET /variationsTables/{eid}': (call) => ok(variationsDocument(call, entityOfType(call, 'eid', 'variationsGrid'))),
  'PATCH /variationsTables/{eid}': patchVariations,
  'PUT /variationsTables/{eid}': putVariations,
  'GET /variationsTables/{eid}/_column': components.readColumns,
  'PATCH /variationsTables/{eid}/_column': components.hideColumns,
  'GET /variationsTables/{eid}/components': components.list,
  'PATCH /variationsTables/{eid}/components': components.batch,
  'GET /variationsTables/{eid}/components/{rowId}': components.readRow,
  'PATCH /variationsTables/{eid}/components/{rowId}': components.changeRow,
  'DELETE /variationsTables/{eid}/components/{rowId}': components.removeRow,
  'GET /variationsTables/{eid}/variants/{variantId}': variants.list,
  'PATCH /variationsTables/{eid}/variants/{variantId}': variants.batch,
  'DELETE /variationsTables/{eid}/variants/{variantId}': (call) => {
    const entity = openToWrite(call, 'variationsGrid');
    dropVariant(call, entity, param(call, 'variantId'));
    changed(call.tenant, entity, call.user.id, 'update', 'variants');
    return noContent;
  },
  'GET /variationsTables/{eid}/variants/{variantId}/{rowId}': variants.readRow,
  'PATCH /variationsTables/{eid}/variants/{variantId}/{rowId}': variants.changeRow,
  'GET /hierarchicalTables/{eid}': hierarchy,
  'GET /hierarchicalTables/{eid}/tables/{tableId}': layers.list,
  'POST /hierarchicalTables/{eid}/tables/{tableId}': layers.append,
  'PATCH /hierarchicalTables/{eid}/tables/{tableId}': layers.batch,
  'POST /hierarchicalTables/{eid}/tables/{tableId}/rows/search': searchRows,
  'GET /hierarchicalTables/{eid}/tables/{tableId}/rows/{rowId}': layers.readRow,
  'PATCH /hierarchicalTables/{eid}/tables/{tableId}/rows/{rowId}': layers.changeRow,
  'DELETE /hierarchicalTables/{eid}/tables/{tableId}/rows/{rowId}': layers.removeRow,
  'GET /hierarchicalTables/{eid}/header': (call) =>
    ok(headerDocument(call, entityOfType(call, 'eid', 'hierarchicalGrid'))),
  'PATCH /hierarchicalTables/{eid}/header': patchHeader,
  'GET /hierarchicalTables/{eid}/_columns': (call) =>
    ok(columnsDocument(call, entityOfType(call, 'eid', 'hierarchicalGrid'))),
  'PATCH /hierarchicalTables/{eid}/_columns': hideColumns,
};
