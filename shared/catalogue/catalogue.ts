/** Finds the operation of a request as the upstream would: literal segments before parameters. */
import { type Operation, unknownOperation } from './operation.ts';

export type OperationMatch = {
  readonly operation: Operation;
  /** Path parameters by name, percent-decoded once. */
  readonly parameters: Readonly<Record<string, string>>;
  /**
   * Set for an unknown operation whose path becomes that of a known one when it is read loosely. The upstream may read
   * it so, and then the caller needs the scopes of both.
   */
  readonly lookalike?: Operation;
};

/** The record that an operation names in its path; undefined where it names none. */
export const entityOf = ({
  operation,
  parameters,
}: Pick<OperationMatch, 'operation' | 'parameters'>): string | undefined =>
  operation.entity === undefined ? undefined : parameters[operation.entity];

export type Catalogue = {
  readonly operations: readonly Operation[];
  /**
   * Never fails: a request that matches no row is an unknown operation. `path` is raw, below the base path, without the
   * query.
   */
  readonly match: (method: string, path: string) => OperationMatch;
};

type Node = {
  readonly literals: Map<string, Node>;
  parameter: Node | undefined;
  readonly operations: Map<string, Operation>;
  readonly rest: Map<string, Operation>;
};

const createNode = (): Node => ({
  literals: new Map(),
  parameter: undefined,
  operations: new Map(),
  rest: new Map(),
});

/** Percent-decodes once. Text that cannot be decoded stays. */
const decodeSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

const insert = (root: Node, operation: Operation, spell: (segment: string) => string): void => {
  let node = root;
  for (const template of segmentsOf(operation.path)) {
    const segment = spell(template);
    if (segment === '*') {
      node.rest.set(operation.method, operation);
      return;
    }
    if (segment.startsWith('{')) {
      node.parameter ??= createNode();
      node = node.parameter;
    } else {
      const next = node.literals.get(segment) ?? createNode();
      node.literals.set(segment, next);
      node = next;
    }
  }
  node.operations.set(operation.method, operation);
};

/** How a lenient server may read a path: `%2F` as a slash, without matrix parameters, blanks and case. */
const looseSegmentsOf = (path: string): string[] =>
  segmentsOf(path)
    .flatMap((segment) => decodeSegment(segment).split(/[/\\]/))
    .map((segment) =>
      segment
        .replace(/;.*/s, '')
        .replace(/^[^!-~]+|[^!-~]+$/g, '')
        .toLowerCase(),
    )
    .filter((segment) => segment !== '');

/** Upstreams answer HEAD as GET without a body, so HEAD uses GET's row if it has none of its own. */
const byMethod = (operations: Map<string, Operation>, method: string): Operation | undefined =>
  operations.get(method) ?? (method === 'HEAD' ? operations.get('GET') : undefined);

const find = (node: Node, segments: readonly string[], index: number, method: string): Operation | undefined => {
  const segment = segments[index];
  if (segment === undefined) return byMethod(node.operations, method);
  const literal = node.literals.get(segment);
  return (
    (literal && find(literal, segments, index + 1, method)) ??
    (node.parameter && find(node.parameter, segments, index + 1, method)) ??
    byMethod(node.rest, method)
  );
};

const parametersOf = (template: string, segments: readonly string[]): Record<string, string> => {
  const parameters: Record<string, string> = {};
  segmentsOf(template).forEach((part, index) => {
    const value = segments[index];
    if (part.startsWith('{') && value !== undefined) parameters[part.slice(1, -1)] = value;
  });
  return parameters;
};

/**
 * Builds the look-up once per cold start. Segments are decoded before they are compared, so that an encoded spelling of a
 * known path never counts as an unknown one (it would need other scopes).
 * @param scopePrefix of the upstream in scopes; absent for the first one.
 */
export const createCatalogue = (rows: readonly Operation[], scopePrefix?: string): Catalogue => {
  const prefix = scopePrefix === undefined ? {} : { scopePrefix };
  const operations = scopePrefix === undefined ? rows : rows.map((row) => ({ ...row, ...prefix }));
  const root = createNode();
  const loose = createNode();
  for (const operation of operations) {
    insert(root, operation, (segment) => segment);
    insert(loose, operation, (segment) => segment.toLowerCase());
  }
  return {
    operations,
    match(method, path) {
      const segments = segmentsOf(path).map(decodeSegment);
      const found = find(root, segments, 0, method);
      if (!found) {
        const lookalike = find(loose, looseSegmentsOf(path), 0, method);
        const operation = { ...unknownOperation(method, path), ...prefix };
        return { operation, parameters: {}, ...(lookalike ? { lookalike } : {}) };
      }
      return { operation: found, parameters: parametersOf(found.path, segments) };
    },
  };
};
