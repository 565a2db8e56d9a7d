/** Which operation a method and a path mean, in the spelling of the documents or of the server. */
import { type Operation, operations } from '../operations.ts';

export interface Place {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

interface Entry {
  readonly operation: Operation;
  readonly parts: readonly string[];
}

const split = (path: string) => path.split('/').slice(1);

const entries: readonly Entry[] = operations.flatMap((operation) =>
  [operation.path, operation.realPath ?? []].flat().map((path) => ({ operation, parts: split(path) })),
);

const isParameter = (part: string) => part.startsWith('{');

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const matches = ({ parts }: Entry, given: readonly string[]) =>
  parts.every((part, index) => (isParameter(part) ? given[index] !== '' : part === given[index]));

/** Literal words win over parameters: `upload/register` is not an id. */
const literals = ({ parts }: Entry) => parts.filter((part) => !isParameter(part)).length;

const find = (path: string) => {
  const given = split(path).map(decode);
  const found = entries.filter((entry) => entry.parts.length === given.length && matches(entry, given));
  const most = Math.max(...found.map(literals));
  return { given, found: found.filter((entry) => literals(entry) === most) };
};

/** HEAD is answered as GET. */
export const locate = (method: string, path: string): Place | undefined => {
  const { given, found } = find(path);
  const entry = found.find(({ operation }) => operation.method === (method === 'HEAD' ? 'GET' : method));
  if (entry === undefined) return undefined;
  const params = entry.parts.flatMap((part, index) =>
    isParameter(part) ? [[part.slice(1, -1), given[index] ?? ''] as const] : [],
  );
  return { operation: entry.operation, params: Object.fromEntries(params) };
};

/** The methods that a path has; empty for an unknown path. */
export const methodsOf = (path: string): string[] => {
  const methods = find(path).found.map(({ operation }) => operation.method);
  return [...new Set(methods.includes('GET') ? [...methods, 'HEAD'] : methods)];
};
