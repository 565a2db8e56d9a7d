/** The types of tables, and where the tenant has their rows and columns. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { isAbsent, readAnswer } from '../tenant-calls/tenant-refusal.ts';
import { Column } from './columns.ts';
import { entityPath, typeOf, unknownEntity } from './entity-id.ts';

export type Table = {
  readonly eid: string;
  readonly type: string;
  /** The type of a row in a document that the tenant takes. */
  readonly rowType: string;
  /** Path of all rows, without its query. */
  readonly rowsPath: string;
  readonly columnsPath: string;
  /** Of each call about rows. */
  readonly query: Readonly<Record<string, string>>;
  /** Where one row has an address of its own, so that a deletion needs the scope of deletions. */
  readonly rowPath?: (rowId: string) => string;
  /** The path that takes one new row; absent = new rows are a batch, too. */
  readonly addPath?: string;
  /** The layer or the variant, in a table of several parts. */
  readonly part?: string;
  /** Rows of samples have a map of columns in place of a list of cells. */
  readonly hasColumnMap: boolean;
  /** Why rows cannot be added or deleted, and what to do instead. */
  readonly refusals: { readonly add?: string; readonly delete?: string };
};

const id = encodeURIComponent;

/** Tables with the plain model of rows: one list, one address for each row. */
const plain = (base: string, rowType: string, query: Table['query'] = {}) => {
  const make = (eid: string): Omit<Table, 'eid' | 'type'> => {
    const rowsPath = `${base}/${id(eid)}`;
    return {
      ...{ rowType, rowsPath, query, addPath: rowsPath, columnsPath: `${rowsPath}/_column` },
      ...{ rowPath: (rowId: string) => `${rowsPath}/${id(rowId)}`, hasColumnMap: false, refusals: {} },
    };
  };
  return make;
};

/** A table of samples is made of samples: a row begins and ends with its sample. */
const samples = (eid: string): Omit<Table, 'eid' | 'type'> => {
  const base = `/samplesTables/${id(eid)}`;
  return {
    ...{ rowType: 'samplesTableRow', rowsPath: `${base}/rows`, columnsPath: `${base}/_column`, query: {} },
    hasColumnMap: true,
    refusals: { add: 'A row is a sample: create one with POST /entities, with the experiment as its ancestor.' },
  };
};

const layer = (eid: string, part: string): Omit<Table, 'eid' | 'type'> => {
  const base = `/hierarchicalTables/${id(eid)}`;
  const rowsPath = `${base}/tables/${id(part)}`;
  return {
    ...{ rowType: 'hierarchicalTableRow', rowsPath, columnsPath: `${base}/_columns`, query: {}, addPath: rowsPath },
    ...{ rowPath: (rowId: string) => `${rowsPath}/rows/${id(rowId)}`, part, hasColumnMap: false, refusals: {} },
  };
};

/** Without a part, the components. Their rows are those of every variant. */
const variations = (eid: string, part: string | undefined): Omit<Table, 'eid' | 'type'> => {
  const base = `/variationsTables/${id(eid)}`;
  const rowsPath = part === undefined ? `${base}/components` : `${base}/variants/${id(part)}`;
  const common = {
    rowType: 'variationsTableRow',
    rowsPath,
    columnsPath: `${base}/_column`,
    query: {},
    hasColumnMap: false,
  };
  if (part === undefined) return { ...common, rowPath: (rowId) => `${rowsPath}/${id(rowId)}`, refusals: {} };
  const refusal = 'A variant has the rows of the components: add or delete them there, without `part`.';
  return { ...common, part, refusals: { add: refusal, delete: refusal } };
};

const Layers = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      attributes: z.looseObject({ name: z.string().nullish(), columns: z.array(Column).nullish() }),
    }),
  ),
});

const withoutPart: Readonly<Record<string, (eid: string) => Omit<Table, 'eid' | 'type'>>> = {
  // `normalized` gives numbers as numbers.
  grid: plain('/adt', 'adtRow', { value: 'normalized' }),
  materialsTable: plain('/materialsTable', 'materialsTableRow'),
  samplesContainer: samples,
};

const tableNames = [...Object.keys(withoutPart), 'hierarchicalGrid', 'variationsGrid'].join(', ');

/** For what is no table. An entity that the tenant does not show is unknown. */
const refuseOther = async (tenant: Tenant, eid: string): Promise<never> => {
  const answer = await tenant.ask({ method: 'GET', path: entityPath(eid) });
  if (isAbsent(answer)) throw unknownEntity(eid);
  readAnswer(answer, z.looseObject({}));
  const detail = `${eid} has no rows here. Tables are ${tableNames}. Lists of tasks, plates and summaries of parallel experiments have operations of their own in the native API.`;
  throw new AppError('TABLE_REFUSED', { detail, sent: false });
};

const refusePart = (detail: string): AppError =>
  new AppError('REQUEST_INVALID', { detail: `part: ${detail}.`, source: { parameter: 'part' } });

/** @throws AppError REQUEST_INVALID that names the layers. */
const refuseNoLayer = async (tenant: Tenant, eid: string): Promise<never> => {
  const answer = await tenant.ask({ method: 'GET', path: `/hierarchicalTables/${id(eid)}/_columns` });
  if (isAbsent(answer)) throw unknownEntity(eid);
  const layers = readAnswer(answer, Layers).data.map((one) => `${one.id} (${one.attributes.name ?? 'no name'})`);
  throw refusePart(`must be a layer of this table: ${layers.join(', ')}`);
};

/**
 * The table of an id. @param part the layer of a hierarchical table, or the variant of a variations table.
 * @throws AppError TABLE_REFUSED, ENTITY_UNKNOWN, REQUEST_INVALID.
 */
export const tableOf = async (tenant: Tenant, eid: string, part: string | undefined): Promise<Table> => {
  const type = typeOf(eid);
  const make = Object.hasOwn(withoutPart, type) ? withoutPart[type] : undefined;
  if (make && part !== undefined) throw refusePart('is for hierarchical tables and variations tables');
  if (make) return { eid, type, ...make(eid) };
  if (type === 'variationsGrid') return { eid, type, ...variations(eid, part) };
  if (type !== 'hierarchicalGrid') return refuseOther(tenant, eid);
  return part === undefined ? refuseNoLayer(tenant, eid) : { eid, type, ...layer(eid, part) };
};

/** The operation that adds rows, as far as the id tells it: any part stands for the others. */
export const additionTo = (eid: string): { readonly method: string; readonly path: string } => {
  const type = typeOf(eid);
  const make = Object.hasOwn(withoutPart, type) ? withoutPart[type] : undefined;
  const { addPath, rowsPath } =
    make?.(eid) ?? (type === 'hierarchicalGrid' ? layer(eid, 'any') : variations(eid, undefined));
  return addPath === undefined ? { method: 'PATCH', path: rowsPath } : { method: 'POST', path: addPath };
};

/** Path of a call about rows, with its query. */
export const pathWith = (path: string, query: Readonly<Record<string, string>>): string => {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
};

const Columns = z.looseObject({
  data: z.looseObject({ attributes: z.looseObject({ columns: z.array(Column) }) }),
});

/** @throws AppError ENTITY_UNKNOWN, and as `readAnswer` does. */
export const readColumns = async (tenant: Tenant, table: Table): Promise<readonly Column[]> => {
  const answer = await tenant.ask({ method: 'GET', path: table.columnsPath });
  if (isAbsent(answer)) throw unknownEntity(table.eid);
  if (table.type !== 'hierarchicalGrid') return readAnswer(answer, Columns).data.attributes.columns;
  const found = readAnswer(answer, Layers).data.find((one) => one.id === table.part);
  if (!found) throw unknownEntity(`layer ${table.part} of ${table.eid}`);
  return found.attributes.columns ?? [];
};
