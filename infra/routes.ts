/** Which function answers which route, and which paths API Gateway sends to it. The twin reads them from the template. */

import type { RouteDefinition } from '../shared/routes/route.ts';
import { signalsBasePath } from '../shared/signals/names.ts';
import { facadeRoutes } from '../shared/surface/facade-routes.ts';

export type Route = { readonly method: string; readonly path: string; readonly function: string };

/** The base path of a route: `/v1/quota` of `/v1/quota/bookings/{bookingId}`, `/docs` of `/docs/{proxy+}`. */
const baseOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('/v1/') ? 3 : 2)
    .join('/');

/** A base path has one owner. `tokens` owns `/v1/me` and runs that route's handler itself. */
const ownersOfBases: Readonly<Record<string, string>> = { '/v1/me': 'tokens' };

/** A function has the name of its capability, except the function of health and documents. */
const functionOf = ({ path, capability }: RouteDefinition): string =>
  ownersOfBases[baseOf(path)] ?? (capability === 'service' ? 'documents' : capability);

/** Every route, with the function that answers it. */
export const routes: readonly Route[] = [
  { method: 'ANY', path: `${signalsBasePath}/{proxy+}`, function: 'native' },
  ...facadeRoutes.map((definition) => {
    const { method, path } = definition;
    return { method, path, function: functionOf(definition) };
  }),
];

/** The path of API Gateway that takes a route: the base path itself, or `{proxy+}` for everything below it. */
export const gatewayPathOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => {
  if (method === 'ANY') return path;
  return path === baseOf(path) ? path : `${baseOf(path)}/{proxy+}`;
};

const ownerOf = new Map(routes.map((route) => [gatewayPathOf(route), route.function]));
const stranger = routes.find((route) => ownerOf.get(gatewayPathOf(route)) !== route.function);
if (stranger)
  throw new Error(`Two functions answer at ${gatewayPathOf(stranger)}. Fix: name its owner in infra/routes.ts.`);

/** The paths at which API Gateway sends every method to a function. The dispatcher in the function knows the routes. */
export const gatewayPathsOf = (functionName: string): readonly string[] =>
  [...ownerOf].filter(([, owner]) => owner === functionName).map(([path]) => path);
