/** Cells of admin-defined tables: accepted values of each column type, and the shown form of a cell. */
import { badRequest } from '../errors.ts';
import { arrayOf, at, isObject, type Json, type JsonObject, textOf } from '../json.ts';
import type { FieldDefinition, FieldType } from '../tenant/model.ts';
import type { Column, Row, Table } from '../tenant/table.ts';
import { checkValue, convert, parseQuantity, shownType, type ValueMode } from './field-values.ts';

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
  if (listTypes.has(column.type) || column.isMulti === true) {
    if (!Array.isArray(content.values)) throw badRequest(`"${column.title}" takes {values:[…]}.`);
    return { values: (content.values as readonly Json[]).map((value) => checkValue(definition, value)) };
  }
  if (column.type === 'unit') return parseUnit(column, content);
  if (column.type === 'externalLink')
    return { display: textOf(content.display) ?? '', value: textOf(content.value) ?? '' };
  if (content.value === undefined) throw badRequest(`"${column.title}" takes {value}.`);
  return column.type === 'ontologyList' ? { value: content.value } : { value: checkValue(definition, content.value) };
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

const numeric: ReadonlySet<FieldType> = new Set(['number', 'integer']);

/** `normalized` counts in the column's first unit, whatever unit a person typed (client-shapes, section 4). */
const shownUnit = (column: Column, content: JsonObject, mode: ValueMode): Json => {
  const { value, display = '', units } = content;
  if (mode !== 'normalized') return { value: String(value ?? ''), display };
  const defaultUnit = column.units?.[0] ?? String(units ?? '');
  return { display, value: convert(Number(value), String(units ?? defaultUnit), defaultUnit), units: defaultUnit };
};

/** `undefined` for a cell that holds nothing. */
const shown = (column: Column, content: Json, mode: ValueMode): Json | undefined => {
  if (!isObject(content)) return content;
  const values = Array.isArray(content.values) ? (content.values as readonly Json[]) : undefined;
  if (values !== undefined) return values.length === 0 ? undefined : { value: values.map(String).join(', '), values };
  if (content.value === '' || content.value === null) return undefined;
  if (column.type === 'unit') return shownUnit(column, content, mode);
  if (mode !== 'normalized' || !numeric.has(column.type)) return content;
  return { display: String(content.value), value: Number(content.value) };
};

/** Links say what they lead to. */
const withTarget = (column: Column, content: Json, nameOf: (eid: string) => string | undefined): Json => {
  const eid = at(content, 'value');
  if (column.type !== 'link' || typeof eid !== 'string') return content;
  return { type: eid.slice(0, Math.max(0, eid.indexOf(':'))), display: nameOf(eid) ?? eid, value: eid };
};

/** Empty cells are left out (client-shapes, section 4). */
export const cellResources = (
  table: Table,
  row: Row,
  mode: ValueMode,
  nameOf: (eid: string) => string | undefined,
): Json[] =>
  table.columns.flatMap((column) => {
    const kept = row.cells.get(column.key);
    const content = kept === undefined || column.isHidden === true ? undefined : shown(column, kept, mode);
    if (content === undefined) return [];
    const { key, title: name } = column;
    return [{ key, type: shownType(column.type), name, content: withTarget(column, content, nameOf) }];
  });

export const columnResource = (column: Column): Json => ({
  key: column.key,
  title: column.title,
  type: shownType(column.type),
  saved: true,
  isExternalKey: column.isExternalKey ?? false,
  isUserDefined: column.isUserDefined ?? false,
  readOnly: column.type === 'formula',
  ...(column.type === 'multiLink' ? { multiSelect: true } : {}),
  ...(column.measure === undefined ? {} : { measure: column.measure }),
  ...(column.type === 'unit' ? { defaultUnit: column.units?.[0] ?? '' } : {}),
  ...(column.attributeId === undefined
    ? {}
    : { attributeListEid: column.attributeId, multiSelect: column.isMulti === true }),
  ...(column.autotextListId === undefined ? {} : { autotextListId: column.autotextListId }),
  ...(column.isHidden === undefined ? {} : { isHidden: column.isHidden }),
  ...(column.options === undefined ? {} : { options: column.options }),
});
