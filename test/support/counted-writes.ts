/** Sees each write that reaches the dynalite of this process: puts, updates and deletes, those that a condition refuses included. */
import { createRequire } from 'node:module';

type Attributes = Readonly<Record<string, { readonly S?: string }>>;
type WriteRequest = { readonly TableName: string; readonly Key?: Attributes; readonly Item?: Attributes };
type Dynalite = { checkConditional(request: WriteRequest, ...rest: unknown[]): unknown };

export type SeenWrite = { readonly table: string; readonly pk: string; readonly sk: string };

const toSeen = ({ TableName, Key, Item }: WriteRequest): SeenWrite => {
  const { pk, sk } = Key ?? Item ?? {};
  return { table: TableName, pk: pk?.S ?? '', sk: sk?.S ?? '' };
};

/** Tells of each write until the returned function is called. */
export const watchWrites = (tell: (write: SeenWrite) => void): (() => void) => {
  const db = createRequire(import.meta.url)('dynalite/db') as Dynalite;
  const { checkConditional } = db;
  // Each kind of write asks this, with a condition or without.
  db.checkConditional = (request, ...rest) => {
    tell(toSeen(request));
    return checkConditional(request, ...rest);
  };
  return () => {
    db.checkConditional = checkConditional;
  };
};
