/** Finds the operation of a method and path. Literal segments win over parameters; `*` takes the rest of the path. */

interface Match<T> {
  readonly value: T;
  readonly params: Readonly<Record<string, string>>;
}

export interface Router<T> {
  add(method: string, template: string, value: T): void;
  /** @param segments decoded path segments. */
  find(method: string, segments: readonly string[]): Match<T> | undefined;
  /** Whether any method is known on this path. */
  isKnownPath(segments: readonly string[]): boolean;
}

interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  parameter: Node<T> | undefined;
  rest: Node<T> | undefined;
  readonly methods: Map<string, { readonly value: T; readonly names: readonly string[] }>;
}

const createNode = <T>(): Node<T> => ({
  literals: new Map(),
  parameter: undefined,
  rest: undefined,
  methods: new Map(),
});

const child = <T>(node: Node<T>, part: string): Node<T> => {
  if (part === '*') {
    node.rest ??= createNode();
    return node.rest;
  }
  if (part.startsWith('{')) {
    node.parameter ??= createNode();
    return node.parameter;
  }
  const known = node.literals.get(part) ?? createNode<T>();
  node.literals.set(part, known);
  return known;
};

/** Depth first, literal before parameter before rest; `accept` decides which node ends the search. */
const walk = <T>(
  node: Node<T>,
  segments: readonly string[],
  index: number,
  values: readonly string[],
  accept: (node: Node<T>) => boolean,
): { node: Node<T>; values: readonly string[] } | undefined => {
  const segment = segments[index];
  if (segment === undefined) return accept(node) ? { node, values } : undefined;
  const literal = node.literals.get(segment);
  if (literal !== undefined) {
    const found = walk(literal, segments, index + 1, values, accept);
    if (found !== undefined) return found;
  }
  if (node.parameter !== undefined) {
    const found = walk(node.parameter, segments, index + 1, [...values, segment], accept);
    if (found !== undefined) return found;
  }
  if (node.rest !== undefined && accept(node.rest))
    return { node: node.rest, values: [...values, segments.slice(index).join('/')] };
  return undefined;
};

export const createRouter = <T>(): Router<T> => {
  const root = createNode<T>();
  return {
    add(method, template, value) {
      const parts = template.split('/').filter((part) => part !== '');
      const names = parts
        .filter((part) => part.startsWith('{') || part === '*')
        .map((part) => part.replace(/[{}]/g, ''));
      const end = parts.reduce<Node<T>>((node, part) => child(node, part), root);
      end.methods.set(method, { value, names });
    },
    find(method, segments) {
      const found = walk(root, segments, 0, [], (node) => node.methods.has(method));
      const entry = found?.node.methods.get(method);
      if (found === undefined || entry === undefined) return undefined;
      const params = Object.fromEntries(entry.names.map((name, index) => [name, found.values[index] ?? '']));
      return { value: entry.value, params };
    },
    isKnownPath: (segments) => walk(root, segments, 0, [], (node) => node.methods.size > 0) !== undefined,
  };
};
