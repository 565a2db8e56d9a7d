/** Tables as files: CSV with titles in the first line. */
import { exported, type Reply } from '../http/reply.ts';
import { isObject, type Json } from '../json.ts';
import { textContent } from '../tenant/content.ts';
import type { Entity } from '../tenant/model.ts';
import type { Row, Table } from '../tenant/table.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Exporter, noFormat, withExtension } from './exporter.ts';

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

/** The text of a cell in a file. */
export const textOfContent = cellText;

export const isExportableTable = (tenant: Tenant, entity: Entity): boolean => tenant.tables.has(entity.id);

/** A table of materials starts with the material's id instead of the link to it. */
const idColumn = (tenant: Tenant, entity: Entity, { columns }: Table): ((row: Row) => string) | undefined => {
  const link = columns.find(({ type }) => type === 'link');
  if (entity.type !== 'materialsTable' || link === undefined) return undefined;
  return (row) => tenant.entities.get(cellText(row.cells.get(link.key)))?.name ?? '';
};

const tableCsv = (tenant: Tenant, entity: Entity, table: Table): string => {
  const idOf = idColumn(tenant, entity, table);
  const columns = idOf === undefined ? table.columns : table.columns.filter(({ type }) => type !== 'link');
  const lines = table.rows.map((row) => [
    ...(idOf === undefined ? [] : [idOf(row)]),
    ...columns.map((column) => cellText(row.cells.get(column.key))),
  ]);
  return csvText([[...(idOf === undefined ? [] : ['ID']), ...columns.map(({ title }) => title)], ...lines]);
};

/** A table as a part of a bulk export. */
export const tableJson = (tenant: Tenant, entity: Entity): Json => {
  const { columns, rows } = tenant.tables.get(entity.id) ?? { columns: [], rows: [] };
  return {
    columns: columns.map(({ key, title, type }) => ({ key, title, type })),
    rows: rows.map((row) => ({ id: row.id, cells: Object.fromEntries(row.cells) })),
  };
};

/** CSV, also without a format: recorded exports and two clients outrank the guide's JSON (client-shapes, section 1). */
export const exportTable: Exporter = ({ tenant }, entity, format) => {
  if (format !== '' && format !== 'csv') throw noFormat(entity, format);
  const table = tenant.tables.get(entity.id) ?? { columns: [], rows: [] };
  return csvReply(entity, tableCsv(tenant, entity, table));
};

export const csvReply = (entity: Entity, text: string): Reply =>
  exported(textContent('text/csv', text), withExtension(entity.name, '.csv'));
