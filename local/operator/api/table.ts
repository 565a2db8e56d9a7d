/** Documents as text for people. */
import type { Entry } from './pages.ts';
import { printable } from './printable.ts';

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;
type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => !isScalar(value) && !Array.isArray(value);

const toText = (value: unknown): string => {
  if (value === undefined || value === null) return '-';
  if (Array.isArray(value) && value.every(isScalar)) return printable(value.join(', ')) || '-';
  return printable(isScalar(value) ? String(value) : JSON.stringify(value));
};

const align = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
};

const namesOf = (objects: readonly Fields[]): readonly string[] => [...new Set(objects.flatMap(Object.keys))];

/** A heading, and a line for each entry. Without `columns`: every attribute that holds one value. */
export const tableOf = (entries: readonly Entry[], columns?: readonly string[]): string => {
  const attributes = entries.map((entry) => entry.attributes ?? {});
  const all = namesOf(attributes).filter((name) => attributes.every((one) => isScalar(one[name])));
  const shown = columns ?? all;
  const rows = entries.map((entry) => [printable(entry.id), ...shown.map((name) => toText(entry.attributes?.[name]))]);
  return align([['id', ...shown], ...rows]);
};

const listsIn = (fields: Fields): readonly (readonly [string, readonly Fields[]])[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    Array.isArray(value) && value.length > 0 && value.every(isFields) ? [[name, value] as const] : [],
  );

const tableOfList = ([name, rows]: readonly [string, readonly Fields[]]): string => {
  const columns = namesOf(rows);
  return `\n${printable(name)}\n${align([columns, ...rows.map((row) => columns.map((column) => toText(row[column])))])}`;
};

/** A line for each attribute, and a table for each list of objects. */
export const detailsOf = ({ id, attributes = {}, meta = {} }: Entry): string => {
  const fields = { ...attributes, ...meta };
  const lists = listsIn(fields);
  const listed = new Set(lists.map(([name]) => name));
  const lines = Object.entries(fields).filter(([name]) => !listed.has(name));
  return (
    align([['id', printable(id)], ...lines.map(([name, value]) => [printable(name), toText(value)])]) +
    lists.map(tableOfList).join('')
  );
};
