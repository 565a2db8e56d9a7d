/** Columns of a table, and cells in the flat form that these routes read and write. */
import * as z from 'zod';

export const Column = z.looseObject({
  key: z.string().min(1),
  title: z.string(),
  type: z.string(),
  readOnly: z.boolean().nullish(),
  multiSelect: z.boolean().nullish(),
  defaultUnit: z.string().nullish(),
  options: z.array(z.string()).nullish().catch(undefined),
});
export type Column = z.output<typeof Column>;

const Link = z.strictObject({ value: z.string().max(4_000), display: z.string().max(4_000).optional() });

/** What a caller writes into one cell. */
export const CellValue = z.union([
  z.string().max(32_000),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(4_000)).max(500),
  Link,
]);
export type CellValue = z.output<typeof CellValue>;
export type Cells = Readonly<Record<string, CellValue>>;

type Content = Readonly<Record<string, unknown>>;

const isMulti = ({ type, multiSelect }: Pick<Column, 'type' | 'multiSelect'>): boolean =>
  type === 'multiSelect' || multiSelect === true;

const decimal = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const digitsOf = (text: string): string =>
  text
    .replace(/e.*$/i, '')
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '');

/** Text stays text where it is no decimal number, or where a number would lose digits. */
const asNumber = (value: unknown): unknown => {
  if (typeof value !== 'string' || !decimal.test(value)) return value;
  const number = Number(value);
  return Number.isFinite(number) && digitsOf(value) === digitsOf(String(number)) ? number : value;
};

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

const idIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : value;

/** The content of a cell of the tenant, as one value. What no column type explains stays as the tenant gives it. */
export const toFlat = (column: Pick<Column, 'type' | 'multiSelect'>, content: Content): unknown => {
  const { value, display, values } = content;
  // A cell of one value may have an empty list beside it.
  if (Array.isArray(values) && (isMulti(column) || values.length > 0 || !isScalar(value))) return values;
  switch (column.type) {
    case 'number':
    case 'integer':
      return asNumber(value ?? display);
    case 'boolean':
      return value === 'true' || (value === 'false' ? false : value);
    case 'unit':
      return display ?? value;
    case 'externalLink':
      if (value === undefined || value === null) return display;
      return typeof display === 'string' && display !== '' ? { value, display } : { value };
    case 'ontologyList':
      return idIn(value) ?? display;
    default:
      return isScalar(value) ? value : (display ?? content);
  }
};

type Written = { readonly content: unknown } | { readonly problem: string };

const instant = z.iso.datetime({ offset: true });

const fails = (problem: string): Written => ({ problem });
const takes = (value: unknown): Written => ({ content: { value } });

const outside = ({ options }: Column, texts: readonly string[]): string | undefined =>
  options && options.length > 0 && !texts.every((text) => options.includes(text))
    ? `must be one of ${JSON.stringify(options.slice(0, 20))}`
    : undefined;

const writeMany = (column: Column, value: CellValue): Written => {
  if (!Array.isArray(value)) return fails('must be a list of texts');
  const problem = outside(column, value);
  return problem === undefined ? { content: { values: value } } : fails(problem);
};

const writeText = (column: Column, value: CellValue): Written => {
  if (typeof value !== 'string') return fails('must be text');
  const problem = outside(column, [value]);
  return problem === undefined ? takes(value) : fails(problem);
};

const writeLink = (value: CellValue): Written => {
  if (typeof value === 'string') return { content: { value, display: value } };
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fails('must be an address, or an object of value and display');
  const link = value as z.output<typeof Link>;
  return { content: { value: link.value, display: link.display ?? link.value } };
};

/** A number is meant in the base unit of the column. */
const writeUnit = (value: CellValue): Written => {
  if (typeof value === 'number') return takes(value);
  return typeof value === 'string' && value.trim() !== ''
    ? { content: { display: value } }
    : fails('must be text with its unit, such as "2.5 g", or a number');
};

/** By the type of the column. */
const writers: Readonly<Record<string, (column: Column, value: CellValue) => Written>> = {
  text: writeText,
  list: writeText,
  attributeList: writeText,
  autotextList: writeText,
  unit: (_column, value) => writeUnit(value),
  externalLink: (_column, value) => writeLink(value),
  number: (_column, value) => (typeof value === 'number' ? takes(value) : fails('must be a number')),
  integer: (_column, value) => (Number.isSafeInteger(value) ? takes(value) : fails('must be a whole number')),
  boolean: (_column, value) => (typeof value === 'boolean' ? takes(value) : fails('must be true or false')),
  datetime: (_column, value) =>
    instant.safeParse(value).success ? takes(value) : fails('must be an instant with its zone'),
  link: (_column, value) =>
    typeof value === 'string' && /^\w+:./.test(value) ? takes(value) : fails('must be the id of an entity'),
  ontologyList: (_column, value) =>
    typeof value === 'string' && value !== '' ? takes({ id: value }) : fails('must be the id of a term'),
};

/** The content of a cell as the tenant takes it, or what is wrong with the value. Null empties the cell. */
export const toContent = (column: Column, value: CellValue): Written => {
  if (column.readOnly === true || column.type === 'formula') return fails('cannot be written, the tenant fills it');
  const write = isMulti(column) ? writeMany : writers[column.type];
  if (!write) return fails(`has the type ${column.type}: write it with the native operation of the table`);
  return value === null ? { content: null } : write(column, value);
};

type Found = { readonly column: Column } | { readonly problem: string };

/** By its key or by its title, which several columns may have. */
export const findColumn = (columns: readonly Column[], name: string): Found => {
  const byKey = columns.find(({ key }) => key === name);
  if (byKey) return { column: byKey };
  const [column, another] = columns.filter(({ title }) => title === name);
  if (!column) return { problem: 'is no column of this table' };
  return another ? { problem: 'is the title of several columns: name one by its key' } : { column };
};

/** The name that a cell has in a row: its title, or its key where another column has the same title. */
export const nameOf = (columns: readonly Column[], { key, title }: Pick<Column, 'key' | 'title'>): string =>
  title === '' || columns.some((other) => other.key !== key && (other.title === title || other.key === title))
    ? key
    : title;
