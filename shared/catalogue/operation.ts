/** What the facade knows of an operation of an upstream: plain data, one row of a table for each operation. */

type OperationKind = 'read' | 'read-body' | 'write' | 'delete' | 'async-start' | 'async-status' | 'async-result';
export type ScopeKind = 'read' | 'write' | 'delete' | 'export';
export const cacheClasses = ['entity', 'listing', 'search', 'reference', 'never'] as const;
export type CacheClass = (typeof cacheClasses)[number];

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
};

/** With what only documents need. */
export type DocumentedOperation = Operation & { readonly summary: string };

/** What an upstream documents about an operation: a row of its table, under the key `<METHOD> <path>`. */
export type OperationFacts = {
  readonly group: string;
  readonly kind: OperationKind;
  readonly digest?: string;
  /** Absent for a `document`. */
  readonly answer?: 'content';
  readonly query?: readonly string[];
  readonly summary: string;
};
type OperationTable = Readonly<Record<string, OperationFacts>>;

type PathParameter<Key> = Key extends `${string}{${infer Name}}${infer Rest}` ? Name | PathParameter<Rest> : never;
type ScopeKindOf<Kind> = Kind extends 'write' | 'delete' | 'async-start' ? Exclude<ScopeKind, 'read'> : 'read';

type PolicyOf<Key, Facts extends OperationFacts, ApartGroup extends string> = {
  readonly scope: `${Facts['group'] | ApartGroup}:${ScopeKindOf<Facts['kind']>}`;
  readonly entity?: PathParameter<Key>;
} & (Facts['kind'] extends 'read' | 'read-body' ? { readonly cache: CacheClass } : { readonly cache?: never });

/**
 * What the facade decides about each row of a table. Only reads have a cache class, and only they and the later steps of
 * a job need no more than a read scope.
 * @template ApartGroup groups in scopes that are not the upstream's own groups.
 */
export type OperationPolicies<Table extends OperationTable, ApartGroup extends string = never> = {
  readonly [Key in keyof Table]: PolicyOf<Key, Table[Key], ApartGroup>;
};

type AnyPolicy = { readonly scope: string; readonly cache?: CacheClass; readonly entity?: string };

/** Puts the facts and the policy of each operation together. */
export const createOperations = <Table extends OperationTable>(
  table: Table,
  policies: Readonly<Record<keyof Table, AnyPolicy>>,
): readonly DocumentedOperation[] =>
  Object.entries(table).map(([key, facts]): DocumentedOperation => {
    const [method = '', path = ''] = key.split(' ');
    const { scope, cache = 'never', entity } = policies[key as keyof Table];
    const [group = '', scopeKind] = scope.split(':');
    return {
      method,
      path,
      group,
      kind: facts.kind,
      scope: scopeKind as ScopeKind,
      cache,
      entity,
      digest: facts.digest,
      answer: facts.answer ?? 'document',
      query: facts.query ?? [],
      summary: facts.summary,
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
  };
};
