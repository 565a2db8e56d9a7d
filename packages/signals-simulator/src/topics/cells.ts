/** Cells of admin-defined tables: accepted values of each column type, and the shown form of a cell. */
import { badRequest } from '../errors.ts';
import { arrayOf, at, isObject, type Json, textOf } from '../json.ts';
import type { FieldDefinition } from '../tenant/model.ts';
import type { Column, Row, Table } from '../tenant/table.ts';
import { checkValue, parseQuantity, type ValueMode } from './field-values.ts';

const definitionOf = (column: Column): FieldDefinition => ({
  id: column.key,
  name: column.title,
  type: column.type,
  ...(column.options === undefined ? {} : { options: column.options }),
  ...(column.units === undefined ? {} : { units: column.units }),
});

const listTypes: ReadonlySet<string> = new Set(['multiSelect', 'multiLink']);

const parseUnit = (column: Column, content: { readonly [name: string]: Json | undefined }): Json => {
  const given = content.display ?? content.value;
  if (given === undefined) throw badRequest(`"${column.title}" takes {display} or {value}.`);
  const { number, unit } = parseQuantity(definitionOf(column), given);
  return { value: number, units: unit, display: `${number} ${unit}`.trim() };
};

/** The content to keep; `undefined` clears the cell. @throws 400 when the column does not take it. */
const parseContent = (column: Column, content: Json | undefined): Json | undefined => {
  if (content === null) return undefined;
  if (!isObject(content)) throw badRequest(`The content of "${column.title}" must be an object or null.`);
  const definition = definitionOf(column);
  if (listTypes.has(column.type)) {
    if (!Array.isArray(content.values)) throw badRequest(`"${column.title}" takes {values:[…]}.`);
    return { values: (content.values as readonly Json[]).map((value) => checkValue(definition, value)) };
  }
  if (column.type === 'unit') return parseUnit(column, content);
  if (column.type === 'externalLink')
    return { display: textOf(content.display) ?? '', value: textOf(content.value) ?? '' };
  if (content.value === undefined) throw badRequest(`"${column.title}" takes {value}.`);
  return column.type === 'ontology' ? { value: content.value } : { value: checkValue(definition, content.value) };
};

/** Writes the given cells into the row. Cells are addressed by column key, never by title. */
export const writeCells = (table: Table, row: Row, cells: Json | undefined): void => {
  if (!Array.isArray(cells)) throw badRequest('attributes.cells must be a list.');
  for (const cell of arrayOf(cells)) {
    const key = textOf(at(cell, 'key'));
    const column = table.columns.find((known) => known.key === key);
    if (column === undefined) throw badRequest(`No column has the key "${key ?? ''}".`);
    if (column.type === 'formula') continue;
    const content = parseContent(column, at(cell, 'content'));
    if (content === undefined) row.cells.delete(column.key);
    else row.cells.set(column.key, content);
  }
};

const shown = (column: Column, content: Json, mode: ValueMode): Json => {
  if (column.type !== 'unit' || mode === 'normalized' || !isObject(content)) return content;
  return { value: String(content.value ?? ''), display: content.display ?? '' };
};

export const cellResources = (table: Table, row: Row, mode: ValueMode): Json[] =>
  table.columns.flatMap((column) => {
    const content = row.cells.get(column.key);
    if (content === undefined || column.isHidden === true) return [];
    return [{ key: column.key, type: column.type, name: column.title, content: shown(column, content, mode) }];
  });

export const columnResource = (column: Column): Json => ({
  key: column.key,
  title: column.title,
  type: column.type,
  isExternalKey: column.isExternalKey ?? false,
  isUserDefined: column.isUserDefined ?? false,
  ...(column.isHidden === undefined ? {} : { isHidden: column.isHidden }),
  ...(column.options === undefined ? {} : { options: column.options }),
});
