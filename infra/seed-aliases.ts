/**
 * Routes of the seed below the base path of the tenant, which has no such operation: the paths and methods that API Gateway sends to
 * `entities` when the stage has `seedAliases` on, and those that must go on to `native`.
 */
import { entityRoutes } from '../shared/entities/routes.ts';
import { templateRoutes } from '../shared/entities/template-routes.ts';
import type { RouteDefinition } from '../shared/routes/route.ts';
import { signalsBasePath } from '../shared/signals/names.ts';
import { signalsOperations } from '../shared/signals/operations.ts';

export type GatewayMethod = {
  readonly method: string;
  readonly path: string;
  readonly function: 'entities' | 'native';
};
type Operation = { readonly method: string; readonly path: string };

const tenantOperations: readonly Operation[] = Object.keys(signalsOperations).map((key) => {
  const [method = '', path = ''] = key.split(' ');
  return { method, path };
});

/** The seed names no fields of a template. */
const seedRoutes: readonly RouteDefinition[] = [
  ...entityRoutes,
  ...templateRoutes.filter(({ path }) => path === '/v1/templates'),
];

const withoutVersion = (path: string): string => path.replace(/^\/v1/, '');

/** Parameters have other names in the table of operations. */
const shapeOf = (path: string): string => path.replaceAll(/\{[^}]+\}/g, '{}');

const parentsOf = (path: string): readonly string[] => {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
};

const parameterAtEnd = /\{[^}]+\}$/;

/** The routes whose alias the tenant has no operation for. */
const aliasedAmong = (operations: readonly Operation[]): readonly RouteDefinition[] => {
  const taken = new Set(operations.map(({ method, path }) => `${method} ${shapeOf(path)}`));
  return seedRoutes.filter(({ method, path }) => !taken.has(`${method} ${shapeOf(withoutVersion(path))}`));
};

/** The aliases as routes, for /openapi.json. */
export const aliasRoutes = (): readonly RouteDefinition[] =>
  aliasedAmong(tenantOperations).map((route) => ({
    ...route,
    id: `${route.id}BySeed`,
    path: `${signalsBasePath}${withoutVersion(route.path)}`,
    description: [`The same as \`${route.method} ${route.path}\`.`, route.description].filter(Boolean).join('\n\n'),
  }));

/**
 * API Gateway chooses the resource first, exact before parameter before greedy, and then its method (developer guide): a resource hides the
 * greedy one of the tenant for its path. So each has an ANY: to `native` where the tenant has an operation at the path, or where the
 * path only leads to an alias. Below a parameter, a greedy resource takes what the tenant has there.
 * @param operations of the tenant. One with the method and the path of an alias takes its place.
 */
export const seedAliases = (operations: readonly Operation[] = tenantOperations): readonly GatewayMethod[] => {
  const nativePaths = new Set(operations.map(({ path }) => shapeOf(path)));
  const aliases = aliasedAmong(operations).map(({ method, path }) => ({ method, path: withoutVersion(path) }));
  const paths = [...new Set(aliases.map(({ path }) => path))];
  const parents = [...new Set(paths.flatMap(parentsOf))];
  const ofPath = (path: string): readonly GatewayMethod[] => {
    if (!nativePaths.has(shapeOf(path))) return [{ method: 'ANY', path, function: 'entities' }];
    const own = aliases.filter((alias) => alias.path === path);
    return [
      ...own.map(({ method }): GatewayMethod => ({ method, path, function: 'entities' })),
      { method: 'ANY', path, function: 'native' },
    ];
  };
  const ofParent = (path: string): readonly GatewayMethod[] => [
    ...(paths.includes(path) ? [] : [{ method: 'ANY', path, function: 'native' } as const]),
    ...(parameterAtEnd.test(path) ? [{ method: 'ANY', path: `${path}/{proxy+}`, function: 'native' } as const] : []),
  ];
  return [...paths.flatMap(ofPath), ...parents.flatMap(ofParent)].map((one) => ({
    ...one,
    path: `${signalsBasePath}${one.path}`,
  }));
};
