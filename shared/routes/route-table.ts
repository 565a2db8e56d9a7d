/** Finds the route of a request among definitions: by raw path, segment by segment, exact ones before parameters. */
import type { RouteDefinition } from './route.ts';

/** What a path leads to: the definitions by method, and the decoded parameters of the path. */
export type Place = {
  readonly path: string;
  readonly byMethod: ReadonlyMap<string, RouteDefinition>;
  readonly parameters: Readonly<Record<string, string>>;
};

type Template = {
  readonly path: string;
  readonly segments: readonly string[];
  readonly byMethod: Map<string, RouteDefinition>;
};

const isParameter = (segment: string): boolean => segment.startsWith('{');

/** `{proxy+}` takes any number of segments. */
const takesRest = (segment: string | undefined): boolean => segment?.endsWith('+}') ?? false;

const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

/** API Gateway keeps a trailing slash below a proxy and routes `//v1` as `/v1` (developer guide), so both name the same route. */
const segmentsOf = (path: string): readonly string[] => path.replace(/^\/+/, '').replace(/\/$/, '').split('/');

const matchTemplate = ({ segments }: Template, wanted: readonly string[]): Record<string, string> | undefined => {
  const rest = takesRest(segments.at(-1));
  if (rest ? wanted.length < segments.length : wanted.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const given = takesRest(segment) ? wanted.slice(index).join('/') : (wanted[index] as string);
    const value = decode(given);
    if (value === undefined || value === '') return undefined;
    if (!isParameter(segment)) {
      if (segment !== value) return undefined;
    } else parameters[segment.slice(1, takesRest(segment) ? -2 : -1)] = value;
  }
  return parameters;
};

/** Fewer parameters first, so that `/v1/me/token` is found before `/v1/me/{thing}`. */
const byExactness = (one: Template, other: Template): number =>
  one.segments.filter(isParameter).length - other.segments.filter(isParameter).length;

const toTemplates = (routes: readonly RouteDefinition[]): readonly Template[] => {
  const templates = new Map<string, Template>();
  for (const definition of routes) {
    const template = templates.get(definition.path) ?? {
      path: definition.path,
      segments: segmentsOf(definition.path),
      byMethod: new Map(),
    };
    if (template.byMethod.has(definition.method))
      throw new Error(`Two routes are ${definition.method} ${definition.path}.`);
    template.byMethod.set(definition.method, definition);
    templates.set(definition.path, template);
  }
  return [...templates.values()].sort(byExactness);
};

/** @returns undefined for a path that no definition has. */
export const createRouteTable = (routes: readonly RouteDefinition[]) => {
  const templates = toTemplates(routes);
  return (path: string): Place | undefined => {
    const wanted = segmentsOf(path);
    for (const template of templates) {
      const parameters = matchTemplate(template, wanted);
      if (parameters) return { path: template.path, byMethod: template.byMethod, parameters };
    }
    return undefined;
  };
};
