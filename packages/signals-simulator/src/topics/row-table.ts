/**
 * The row model that every kind of table shares: whole table, one row, batches with actions, hidden columns.
 * A kind names its rows; the digest is always the table entity's.
 */
import { includedEntity } from '../documents/entity-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkEditable, entityOfType, type Handler, param } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created, noContent, ok } from '../http/reply.ts';
import { arrayOf, at, type Json, ownOf, textOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import type { Row, Table } from '../tenant/table.ts';
import { changed } from '../tenant/tenant.ts';
import { cellResources, columnResource, writeCells } from './cells.ts';
import type { ValueMode } from './field-values.ts';

export interface RowKind {
  readonly entityType: string;
  readonly rowType: string;
  /** Name of the path parameter that holds the table's id. */
  readonly tableParam: string;
  readonly rowParam: string;
  /** Where the table is kept when an entity has several; its own id otherwise. */
  readonly tableKey?: (call: Call, entity: Entity) => string;
  /** Rows hang below rows of another layer. */
  readonly isNested?: boolean;
  /** Called when a row was removed. */
  readonly onRemove?: (call: Call, entity: Entity, row: Row) => void;
  /** Further actions of a batch, by name. */
  readonly actions?: Readonly<Record<string, (call: Call, table: Table, row: Row) => void>>;
}

export const valueMode = (call: Call): ValueMode => {
  const mode = call.query.get('value');
  if (mode !== null && mode !== 'display' && mode !== 'normalized')
    throw badRequest('value must be display or normalized.');
  return mode;
};

export const tableOf = (call: Call, entity: Entity, key = entity.id): Table => {
  const table = call.tenant.tables.get(key);
  if (table !== undefined) return table;
  if (key !== entity.id) throw notFound(`Table ${key} is not found.`);
  const empty: Table = { columns: [], rows: [] };
  call.tenant.tables.set(key, empty);
  return empty;
};

export const rowResource = (
  call: Call,
  kind: RowKind,
  entity: Entity,
  table: Table,
  row: Row,
  mode: ValueMode = valueMode(call),
): Json => ({
  type: kind.rowType,
  id: row.id,
  attributes: {
    id: row.id,
    type: kind.rowType,
    ...(kind.isNested === true ? { parentRowId: row.parentRowId ?? null } : {}),
    cells: cellResources(table, row, mode, (eid) => call.tenant.entities.get(eid)?.name),
  },
  relationships: {
    entity: {
      links: { self: `${call.base}/entities/${entity.id}` },
      data: { type: 'entity', id: entity.id },
    },
    columnDefinitions: { data: { type: 'columnDefinitions', id: entity.id } },
  },
});

const columnDefinitions = (entity: Entity, table: Table): Json => ({
  type: 'columnDefinitions',
  id: entity.id,
  attributes: {
    id: entity.id,
    type: 'columnDefinitions',
    ...(entity.templateId === undefined ? {} : { templateId: entity.templateId }),
    columns: table.columns.map(columnResource),
  },
});

/** Column definitions and the table entity, whose digest the next write needs. */
export const tableIncluded = (call: Call, entity: Entity, table: Table): Json[] => [
  columnDefinitions(entity, table),
  includedEntity(call, entity),
];

const document = (call: Call, entity: Entity, table: Table, data: Json): Json => ({
  links: selfLinks(call),
  data,
  included: tableIncluded(call, entity, table),
});

export interface RowHandlers {
  readonly list: Handler;
  readonly append: Handler;
  readonly batch: Handler;
  readonly readRow: Handler;
  readonly changeRow: Handler;
  readonly removeRow: Handler;
  readonly readColumns: Handler;
  readonly hideColumns: Handler;
}

export const createRowHandlers = (kind: RowKind): RowHandlers => {
  const open = (call: Call) => {
    const entity = entityOfType(call, kind.tableParam, kind.entityType);
    return { entity, table: tableOf(call, entity, kind.tableKey?.(call, entity)) };
  };
  /** Opens for writing: state first, then digest. */
  const openToWrite = (call: Call) => {
    const opened = open(call);
    checkEditable(call.tenant, opened.entity);
    checkDigest(call, opened.entity);
    return opened;
  };
  const rowOf = (table: Table, id: string): Row => {
    const row = table.rows.find((known) => known.id === id || known.id.replaceAll('-', '') === id);
    if (row === undefined) throw notFound(`Row ${id} is not found.`);
    return row;
  };
  const show = (call: Call, entity: Entity, table: Table, row: Row) => rowResource(call, kind, entity, table, row);
  const append = (call: Call, table: Table, item: unknown): Row => {
    const parentRowId = kind.isNested === true ? textOf(at(item, 'attributes', 'parentRowId')) : undefined;
    const row: Row = {
      id: call.tenant.random.uuid(),
      cells: new Map(),
      ...(parentRowId === undefined ? {} : { parentRowId }),
    };
    writeCells(table, row, at(item, 'attributes', 'cells'));
    table.rows.push(row);
    return row;
  };
  const remove = (table: Table, row: Row) => {
    table.rows = table.rows.filter((known) => known !== row);
  };
  /** Carries out one item of a batch; answers the row unless it was deleted. */
  const act = (call: Call, table: Table, item: Json): Row[] => {
    const action = textOf(at(item, 'attributes', 'action')) ?? 'update';
    if (action === 'create') return [append(call, table, item)];
    const special = ownOf(kind.actions ?? {}, action);
    if (action !== 'update' && action !== 'delete' && special === undefined)
      throw badRequest(`Action "${action}" is unknown.`);
    const row = rowOf(table, textOf(at(item, 'id')) ?? '');
    if (action === 'update') writeCells(table, row, at(item, 'attributes', 'cells'));
    else if (action === 'delete') remove(table, row);
    else special?.(call, table, row);
    return action === 'delete' ? [] : [row];
  };
  /** All or nothing: a batch works on a copy that takes the table's place when every item succeeded. */
  const batch: Handler = (call) => {
    const { entity, table } = openToWrite(call);
    const data = at(bodyJson(call), 'data');
    if (!Array.isArray(data)) throw badRequest('data must be a list of rows.');
    const copy: Table = {
      columns: table.columns,
      rows: table.rows.map((row) => ({ ...row, cells: new Map(row.cells) })),
    };
    const touched = arrayOf(data).flatMap((item) => act(call, copy, item));
    table.rows = copy.rows;
    changed(call.tenant, entity, call.user.id, 'update', `${data.length} rows`);
    return ok(
      document(
        call,
        entity,
        table,
        touched.map((row) => show(call, entity, table, row)),
      ),
    );
  };
  return {
    list(call) {
      const { entity, table } = open(call);
      return ok(
        document(
          call,
          entity,
          table,
          table.rows.map((row) => show(call, entity, table, row)),
        ),
      );
    },
    append(call) {
      const { entity, table } = openToWrite(call);
      const row = append(call, table, at(bodyJson(call), 'data'));
      changed(call.tenant, entity, call.user.id, 'update', `row ${row.id}`);
      return created(document(call, entity, table, show(call, entity, table, row)));
    },
    batch,
    readRow(call) {
      const { entity, table } = open(call);
      return ok(document(call, entity, table, show(call, entity, table, rowOf(table, param(call, kind.rowParam)))));
    },
    changeRow(call) {
      const { entity, table } = openToWrite(call);
      const row = rowOf(table, param(call, kind.rowParam));
      const next: Row = { ...row, cells: new Map(row.cells) };
      writeCells(table, next, at(bodyJson(call), 'data', 'attributes', 'cells'));
      table.rows = table.rows.map((known) => (known === row ? next : known));
      changed(call.tenant, entity, call.user.id, 'update', `row ${row.id}`);
      return ok(document(call, entity, table, show(call, entity, table, next)));
    },
    removeRow(call) {
      const { entity, table } = openToWrite(call);
      const row = rowOf(table, param(call, kind.rowParam));
      remove(table, row);
      kind.onRemove?.(call, entity, row);
      changed(call.tenant, entity, call.user.id, 'update', 'row removed');
      return noContent;
    },
    readColumns(call) {
      const { entity, table } = open(call);
      return ok({
        links: selfLinks(call),
        data: columnDefinitions(entity, table),
        included: [includedEntity(call, entity)],
      });
    },
    hideColumns(call) {
      const { entity, table } = openToWrite(call);
      const attributes = at(bodyJson(call), 'data', 'attributes');
      const action = textOf(at(attributes, 'action'));
      if (action !== 'hide' && action !== 'unhide') throw badRequest('action must be hide or unhide.');
      for (const item of arrayOf(at(attributes, 'columns'))) {
        const column = table.columns.find(({ key }) => key === textOf(at(item, 'key')));
        if (column === undefined) throw badRequest('No column has this key.');
        column.isHidden = action === 'hide';
      }
      changed(call.tenant, entity, call.user.id, 'update', 'columns');
      return ok(document(call, entity, table, columnDefinitions(entity, table)));
    },
  };
};
