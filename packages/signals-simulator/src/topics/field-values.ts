/** Field and cell values: accepted values of each type, units, and the three renderings of `value=`. */
import { badRequest } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Field, FieldDefinition, FieldType } from '../tenant/model.ts';

const wrongInput = (definition: FieldDefinition, value: unknown) =>
  badRequest(`Wrong input value ${JSON.stringify(value)} for "${definition.name}".`);

/** `2.5 g` as number and unit; a bare number reads in the base unit. */
export const parseQuantity = (definition: FieldDefinition, value: Json): { number: number; unit: string } => {
  const text = String(value).trim();
  const match = /^([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*(\S.*)?$/i.exec(text);
  const baseUnit = definition.units?.[0] ?? '';
  const unit = match?.[2] ?? baseUnit;
  if (match === null || (definition.units !== undefined && !definition.units.includes(unit)))
    throw wrongInput(definition, value);
  return { number: Number(match[1]), unit };
};

/** Factor to the unit that the others of its measure are counted in. */
const factors: Readonly<Record<string, number>> = {
  kg: 1e3,
  mg: 1e-3,
  ug: 1e-6,
  mmol: 1e-3,
  umol: 1e-6,
  L: 1e3,
  l: 1e3,
  uL: 1e-3,
  ul: 1e-3,
};

export const unitFactor = (unit: string): number => factors[unit] ?? 1;

/** The number in another unit of its measure. */
export const convert = (number: number, from: string, to: string): number =>
  Number(((number * unitFactor(from)) / unitFactor(to)).toPrecision(12));

const isNumeric = (value: Json) =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)));

const checks: Partial<Record<FieldDefinition['type'], (value: Json, definition: FieldDefinition) => boolean>> = {
  number: isNumeric,
  integer: (value) => isNumeric(value) && Number.isInteger(Number(value)),
  boolean: (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
  datetime: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  list: (value, { options }) => typeof value === 'string' && (options === undefined || options.includes(value)),
  attributeList: (value, { options }) =>
    typeof value === 'string' && (options === undefined || options.includes(value)),
  multiSelect: (value, { options }) => typeof value === 'string' && (options === undefined || options.includes(value)),
};

/** @throws 400 "Wrong input value" when the definition does not take it. */
export const checkValue = (definition: FieldDefinition, value: Json): Json => {
  if (value === '' || value === null) return '';
  if (definition.type === 'unit') {
    const { number, unit } = parseQuantity(definition, value);
    return `${number} ${unit}`.trim();
  }
  if (checks[definition.type]?.(value, definition) === false) throw wrongInput(definition, value);
  return value;
};

/** Reads `{value}`, `{values}` or `{display}` into the members of a field. @throws 400 for anything else. */
export const parseField = (definition: FieldDefinition, content: unknown): Pick<Field, 'value' | 'values'> => {
  if (content === null) return { value: '', values: undefined };
  if (!isObject(content)) throw badRequest(`The content of "${definition.name}" must hold value or values.`);
  if (Array.isArray(content.values)) {
    const values = (content.values as readonly Json[]).map((value) => checkValue(definition, value));
    return { value: undefined, values };
  }
  const value = content.value === undefined ? content.display : content.value;
  if (value === undefined) throw badRequest(`The content of "${definition.name}" must hold value or values.`);
  return { value: checkValue(definition, value), values: undefined };
};

const listTypes: ReadonlySet<FieldType> = new Set(['multiSelect', 'multiLink']);

/** `{values}` of a field that has a list; one that may have one shows an empty list. */
export const listContent = (field: Field): { readonly values: readonly Json[] } | undefined => {
  if (field.values !== undefined) return { values: field.values };
  return listTypes.has(field.definition.type) && (field.value ?? '') === '' ? { values: [] } : undefined;
};

/** Several links are of the type `link` too; a column says `multiSelect` beside it (client-shapes S12). */
export const shownType = (type: FieldType): string => (type === 'multiLink' ? 'link' : type);

export type ValueMode = 'display' | 'normalized' | null;

/** Cell content as `value=display` (default) or `value=normalized` shows it; several values are also one text (client-shapes S29). */
export const renderField = (field: Field, mode: ValueMode): JsonObject => {
  const content = listContent(field);
  if (content !== undefined) return { value: content.values.map(String).join(', '), values: content.values };
  const value = field.value ?? '';
  if (field.definition.type !== 'unit' || value === '') return { value };
  const { number, unit } = parseQuantity(field.definition, value);
  const display = `${number} ${unit}`.trim();
  return mode === 'normalized' ? { value: number, units: unit, display } : { value: String(number), display };
};
