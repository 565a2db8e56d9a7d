/** Tables as files: CSV with titles in the first line, and the JSON form of an export without a format. */
import { isObject, type Json } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';

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

export const tableCsv = (tenant: Tenant, entity: Entity): string => {
  const { columns = [], rows = [] } = tenant.tables.get(entity.id) ?? {};
  const lines = rows.map((row) => columns.map((column) => cellText(row.cells.get(column.key))));
  return csvText([columns.map(({ title }) => title), ...lines]);
};

export const tableJson = (tenant: Tenant, entity: Entity): Json => {
  const { columns = [], rows = [] } = tenant.tables.get(entity.id) ?? {};
  return {
    columns: columns.map(({ key, title, type }) => ({ key, title, type })),
    rows: rows.map((row) => ({ id: row.id, cells: Object.fromEntries(row.cells) })),
  };
};
