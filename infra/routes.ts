/** Which function answers which route, as data out of the route definitions. What is missing here is missing in the twin too. */
import { signalsBasePath } from '../shared/config/names.ts';
import type { RouteDefinition } from '../shared/routes/route.ts';
import { facadeRoutes } from './facade-routes.ts';

export type FunctionName =
  | 'audit'
  | 'requests'
  | 'native'
  | 'uploads'
  | 'cache'
  | 'quota'
  | 'consumers'
  | 'credentials'
  | 'tokens'
  | 'documents';
/** Functions without a route. */
export type BackgroundName = 'sweep' | 'keepalive';
export type Route = { readonly method: string; readonly path: string; readonly function: FunctionName };

/** The capability of health and documents has a function of another name. */
const functionOf = (capability: string): FunctionName => {
  const name = capability === 'service' ? 'documents' : capability;
  if (name in functionSizes) return name as FunctionName;
  throw new Error(`No function serves the capability ${capability}. Add it to functionSizes in infra/routes.ts.`);
};

/** The dispatcher answers HEAD wherever there is GET; tools send it to what needs no key. */
const methodsOf = ({ capability, method }: RouteDefinition): readonly string[] =>
  capability === 'service' && method === 'GET' ? ['GET', 'HEAD'] : [method];

/**
 * How big each function is and how long it may run. API Gateway streams an answer for 15 minutes at most, Lambda runs as
 * long at most; a download above 10 MB is slowed to 2 MB/s (developer guide, response streaming).
 */
export const functionSizes: Readonly<
  Record<FunctionName | BackgroundName, { readonly memoryMiB: number; readonly timeoutSeconds: number }>
> = {
  native: { memoryMiB: 1024, timeoutSeconds: 900 },
  uploads: { memoryMiB: 1024, timeoutSeconds: 900 },
  cache: { memoryMiB: 512, timeoutSeconds: 29 },
  quota: { memoryMiB: 512, timeoutSeconds: 29 },
  consumers: { memoryMiB: 512, timeoutSeconds: 29 },
  credentials: { memoryMiB: 512, timeoutSeconds: 29 },
  requests: { memoryMiB: 512, timeoutSeconds: 29 },
  audit: { memoryMiB: 512, timeoutSeconds: 29 },
  tokens: { memoryMiB: 512, timeoutSeconds: 29 },
  // A run of at most 240 s, and the touches that it has begun.
  keepalive: { memoryMiB: 512, timeoutSeconds: 300 },
  // Two runs of at most 25 s, 30 s apart.
  sweep: { memoryMiB: 512, timeoutSeconds: 58 },
  documents: { memoryMiB: 512, timeoutSeconds: 29 },
};

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
