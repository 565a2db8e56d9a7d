/** Which function answers which route, as data out of the route definitions. What is missing here is missing in the twin too. */
import { signalsBasePath } from '../shared/config/names.ts';
import type { RouteDefinition } from '../shared/routes/route.ts';
import { facadeRoutes } from './facade-routes.ts';

export type Route = { readonly method: string; readonly path: string; readonly function: string };

/** The function of a capability has its name, but for that of health and documents. */
const functionOf = (capability: string): string => (capability === 'service' ? 'documents' : capability);

/** The dispatcher answers HEAD wherever there is GET; tools send it to what needs no key. */
const methodsOf = ({ capability, method }: RouteDefinition): readonly string[] =>
  capability === 'service' && method === 'GET' ? ['GET', 'HEAD'] : [method];

export const routes: readonly Route[] = [
  { method: 'ANY', path: `${signalsBasePath}/{proxy+}`, function: 'native' },
  ...facadeRoutes.flatMap((definition) =>
    methodsOf(definition).map((method): Route => {
      const { path, capability } = definition;
      return { method, path, function: functionOf(capability) };
    }),
  ),
];

/** The routes that browsers ask before a page of another origin may call one of `/v1`. A route for ANY has OPTIONS already. */
export const preflightRoutes: readonly Route[] = routes
  .filter(({ path }, index) => path.startsWith('/v1/') && routes.findIndex((route) => route.path === path) === index)
  .map(({ path, function: name }) => ({ method: 'OPTIONS', path, function: name }));
