/** What the facade knows of an operation of an upstream: plain data, one row of a table for each operation. */

type OperationKind = 'read' | 'read-body' | 'write' | 'delete' | 'async-start' | 'async-status' | 'async-result';
export type ScopeKind = 'read' | 'write' | 'delete' | 'export';
export type CacheClass = 'entity' | 'listing' | 'search' | 'reference' | 'never';

export type Operation = {
  readonly method: string;
  /** Template below the upstream's base path: `/entities/{eid}`; a last `*` takes any rest. */
  readonly path: string;
  readonly group: string;
  /** Stands before the group in scopes, and a slash between them; absent for operations of the first upstream. */
  readonly scopePrefix?: string;
  readonly kind: OperationKind;
  readonly scope: ScopeKind;
  readonly cache: CacheClass;
  /** Path parameter with the entity of the answer. */
  readonly entity: string | undefined;
  /** Whose digest a write carries. Each table explains its values. */
  readonly digest: string | undefined;
  /** `content` is somebody's file and passes byte for byte; links are rewritten in a JSON `document`. */
  readonly answer: 'document' | 'content';
  readonly query: readonly string[];
  readonly summary: string;
};

const optional = (cell: string): string | undefined => (cell === '-' ? undefined : cell);

/** Reads a table of operations: one row a line, eleven columns separated by ` | `, `-` for an empty cell. */
export const parseOperations = (table: string): readonly Operation[] =>
  table
    .trim()
    .split('\n')
    .map((line): Operation => {
      const cells = line.split(' | ');
      if (cells.length !== 11) throw new Error(`An operation needs 11 columns: ${line}`);
      const [method, path, group, kind, scope, cache, entity, digest, answer, query, summary] = cells as [
        string,
        string,
        string,
        OperationKind,
        ScopeKind,
        CacheClass,
        string,
        string,
        Operation['answer'],
        string,
        string,
      ];
      return {
        method,
        path,
        group,
        kind,
        scope,
        cache,
        entity: optional(entity),
        digest: optional(digest),
        answer,
        query: optional(query)?.split(',') ?? [],
        summary,
      };
    });

const kindOfMethod = (method: string): OperationKind => {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return 'read';
  return method === 'DELETE' ? 'delete' : 'write';
};

/** The group of operations outside all tables. A consumer needs `other:<kind>`, or `*`, to call them. */
export const unknownGroup = 'other';

/** An operation outside the catalogue: never cached; read, write or delete by its method. */
export const unknownOperation = (method: string, path: string): Operation => {
  const kind = kindOfMethod(method);
  return {
    method,
    path,
    group: unknownGroup,
    kind,
    scope: kind as ScopeKind,
    cache: 'never',
    entity: undefined,
    digest: undefined,
    answer: 'document',
    query: [],
    summary: 'An operation that the catalogue does not list',
  };
};
