/** Has the dynalite of this process count the units that DynamoDB would bill, those of indexes and of refused conditions included. */
import { createRequire } from 'node:module';

type Unit = 'readUnits' | 'writeUnits';
type Add = (table: string, unit: Unit, count: number) => void;

type Item = Readonly<Record<string, unknown>> | null | undefined;
type Request = { readonly TableName: string; ReturnConsumedCapacity?: string };
type Index = {
  readonly KeySchema: readonly { readonly AttributeName: string }[];
  readonly Projection: { readonly ProjectionType: string };
};
type TableOf = Index & { readonly TableName: string; readonly GlobalSecondaryIndexes?: readonly Index[] };

type Dynalite = {
  itemSize(item: object): number;
  addConsumedCapacity(data: Request, isRead: boolean, one?: Item, other?: Item): { CapacityUnits: number };
  checkConditional(data: Request, item?: Item): object | null | undefined;
  updateIndexes(store: unknown, table: TableOf, one: Item, other: Item, done: unknown): unknown;
  queryTable(store: unknown, table: TableOf, data: Request, ...rest: unknown[]): unknown;
};

type QueryResult = { readonly ConsumedCapacity?: { readonly CapacityUnits: number } };
type Done = (error: unknown, result?: QueryResult) => unknown;

const bytesOfUnit = 1_024;
const unitsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / bytesOfUnit));

/** What an index holds of an item; undefined without its keys. */
const projected = (table: TableOf, index: Index, item: Item): object | undefined => {
  const names = index.KeySchema.map(({ AttributeName }) => AttributeName);
  if (!item || !names.every((name) => name in item)) return undefined;
  if (index.Projection.ProjectionType === 'ALL') return item;
  const keys = [...table.KeySchema.map(({ AttributeName }) => AttributeName), ...names];
  return Object.fromEntries(keys.map((name) => [name, item[name]]));
};

const keyIn = ({ KeySchema }: Index, item: Item): string =>
  JSON.stringify(KeySchema.map(({ AttributeName }) => item?.[AttributeName]));

/** An entry that comes or goes is a write, a changed one too; with other keys it goes and comes (developer guide, global secondary indexes). */
const indexUnits = (db: Dynalite, table: TableOf, index: Index, before: Item, after: Item): number => {
  const [from, to] = [projected(table, index, before), projected(table, index, after)];
  const sizes = [from, to].map((entry) => (entry ? unitsOf(db.itemSize(entry)) : 0)) as [number, number];
  if (!from || !to || keyIn(index, before) !== keyIn(index, after)) return sizes[0] + sizes[1];
  return JSON.stringify(from) === JSON.stringify(to) ? 0 : Math.max(...sizes);
};

/** Before the first request. */
export const countUnits = (add: Add): void => {
  const db = createRequire(import.meta.url)('dynalite/db') as Dynalite;
  const { addConsumedCapacity, checkConditional, updateIndexes, queryTable } = { ...db };
  db.addConsumedCapacity = (data, isRead, one, other) => {
    const { CapacityUnits } = addConsumedCapacity({ ...data, ReturnConsumedCapacity: 'TOTAL' }, isRead, one, other);
    add(data.TableName, isRead ? 'readUnits' : 'writeUnits', CapacityUnits);
    return addConsumedCapacity(data, isRead, one, other);
  };
  // A refused write costs what the item costs that is there (developer guide, condition expressions).
  db.checkConditional = (data, item) => {
    const refusal = checkConditional(data, item);
    if (refusal) add(data.TableName, 'writeUnits', item ? unitsOf(db.itemSize(item)) : 1);
    return refusal;
  };
  db.updateIndexes = (store, table, before, after, done) => {
    for (const index of table.GlobalSecondaryIndexes ?? []) {
      const units = indexUnits(db, table, index, before, after);
      if (units > 0) add(table.TableName, 'writeUnits', units);
    }
    return updateIndexes(store, table, before, after, done);
  };
  db.queryTable = (store, table, data, ...rest) => {
    const done = rest.pop() as Done;
    const counted: Done = (error, result) => {
      // A query that finds nothing costs half a unit, or one with strong consistency.
      const least = (data as { ConsistentRead?: boolean }).ConsistentRead ? 1 : 0.5;
      if (result) add(table.TableName, 'readUnits', Math.max(least, result.ConsumedCapacity?.CapacityUnits ?? 0));
      return done(error, result);
    };
    return queryTable(store, table, { ...data, ReturnConsumedCapacity: 'TOTAL' }, ...rest, counted);
  };
};
