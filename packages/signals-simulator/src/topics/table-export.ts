/** Tables as files: CSV with titles in the first line, and the JSON form of an export without a format. */
import { isObject, type Json } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import type { Column, Table } from '../tenant/table.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { renderField } from './field-values.ts';

const cellText = (content: Json | undefined): string => {
  if (!isObject(content)) return '';
  const shown = content.display ?? content.value ?? content.values ?? '';
  if (Array.isArray(shown))
    return shown.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))).join('; ');
  return typeof shown === 'object' ? JSON.stringify(shown) : String(shown);
};

/** RFC 4180: quotes doubled, fields with commas, quotes or line ends quoted, CRLF between lines. */
export const csvLine = (values: readonly string[]): string =>
  values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');

export const csvText = (lines: readonly (readonly string[])[]): string => `${lines.map(csvLine).join('\r\n')}\r\n`;

/** The type of the rows, by type of a table whose rows are entities. */
const rowTypes: Readonly<Record<string, string>> = { samplesContainer: 'sample', taskContainer: 'task' };

export const isExportableTable = (tenant: Tenant, entity: Entity): boolean =>
  tenant.tables.has(entity.id) || Object.hasOwn(rowTypes, entity.type);

/** The rows of a samples or tasks table in the form of the other tables: name and status, then the fields. */
const itemTable = (tenant: Tenant, entity: Entity): Table => {
  const items = tenant.entities
    .childrenOf(entity.id)
    .filter(({ type, isTrashed }) => type === rowTypes[entity.type] && !isTrashed);
  const columns = new Map<string, Column>([
    ['name', { key: 'name', title: 'Name', type: 'text' }],
    ['status', { key: 'status', title: 'Status', type: 'text' }],
  ]);
  for (const { fields } of items)
    for (const { definition } of fields)
      columns.set(definition.id, { key: definition.id, title: definition.name, type: definition.type });
  const rows = items.map(({ id, name, state, fields }) => ({
    id,
    cells: new Map<string, Json>([
      ['name', { value: name }],
      ['status', { value: state ?? '' }],
      ...fields.map((field) => [field.definition.id, renderField(field, null)] as const),
    ]),
  }));
  return { columns: [...columns.values()], rows };
};

const tableOf = (tenant: Tenant, entity: Entity): Table =>
  Object.hasOwn(rowTypes, entity.type)
    ? itemTable(tenant, entity)
    : (tenant.tables.get(entity.id) ?? { columns: [], rows: [] });

export const tableCsv = (tenant: Tenant, entity: Entity): string => {
  const { columns, rows } = tableOf(tenant, entity);
  const lines = rows.map((row) => columns.map((column) => cellText(row.cells.get(column.key))));
  return csvText([columns.map(({ title }) => title), ...lines]);
};

export const tableJson = (tenant: Tenant, entity: Entity): Json => {
  const { columns, rows } = tableOf(tenant, entity);
  return {
    columns: columns.map(({ key, title, type }) => ({ key, title, type })),
    rows: rows.map((row) => ({ id: row.id, cells: Object.fromEntries(row.cells) })),
  };
};
