/** Makes the OpenAPI 3.1 document of the facade: native surfaces from their catalogues, its own resources from their schemas. */
import { groupInScopes } from '../../shared/consumers/consumer.ts';
import { credentialKinds } from '../../shared/exchange/credential.ts';
import type { RouteDefinition } from '../../shared/routes/route.ts';
import { facadeRoutes } from '../../shared/surface/facade-routes.ts';
import { errorResponsesOf } from './error-responses.ts';
import { facadeSchemas } from './facade-schemas.ts';
import { facadeTags } from './facade-tags.ts';
import { introduction } from './introduction.ts';
import type { Json, NativeApi } from './native-api.ts';
import { createNativePaths, sharedParameters } from './native-paths.ts';
import { createRoutePaths } from './route-paths.ts';

const header = (description: string, schema: Json = { type: 'string' }): Json => ({ description, schema });

const headers: Json = {
  RequestId: header('Id of this request. Quote it when you ask for help.'),
  ActingAs: header(
    'As whom the facade called the tenant: its service account, the person who linked a token, or the token that the caller sent. On native operations, forwarded uploads and the routes that call the tenant for you, such as `/v1/materials`; missing where no call was to be made.',
    { type: 'string', enum: [...credentialKinds] },
  ),
  CacheStatus: header('What the cache did (RFC 9211).'),
  RateLimitPolicy: header(
    'The limits that hold: the budget of the tenant, then caps of the consumer. `q` calls in any `w` seconds (draft-ietf-httpapi-ratelimit-headers-11).',
  ),
  RateLimit: header('What is left of each limit: `r` calls; more in `t` seconds.'),
  RetryAfter: header('Seconds to wait before the same request may succeed.', { type: 'integer', minimum: 0 }),
};

const securitySchemes: Json = {
  facadeKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'Your key for this facade, `sfk_…`. A key of the tenant itself does not work here.',
  },
};

const tagsOf = (api: NativeApi): Json[] => {
  const groups = new Map(api.operations.map((operation) => [groupInScopes(operation), operation.group]));
  return [...groups].map(([name, group]) => ({ name, description: api.groups[group] ?? name }));
};

/** @throws Error for a name that two of them have: what one says would stand for the other. */
const merged = (parts: readonly Json[]): Json => {
  const names = parts.flatMap(Object.keys);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw new Error(`Two parts of the OpenAPI document have ${twice.join(', ')}.`);
  return Object.assign({}, ...parts);
};

/** An alias may stand beside the native operations of its path. */
const mergedPaths = (parts: readonly Json[]): Json => {
  const paths: Record<string, Json> = {};
  for (const [path, item] of parts.flatMap((part) => Object.entries(part)))
    paths[path] = merged([paths[path] ?? {}, item as Json]);
  return paths;
};

export type OpenApiOptions = {
  /** Base URL of the facade, without a trailing slash. */
  readonly serverUrl: string;
  /** Version of the facade. */
  readonly version: string;
  /** One for each upstream. */
  readonly apis: readonly NativeApi[];
  /** Routes that some stages have beside those of all. */
  readonly more?: readonly RouteDefinition[];
};

/** Pure: equal options make an equal document, in the same order. */
export const createOpenApiDocument = ({ serverUrl, version, apis, more = [] }: OpenApiOptions): Json => {
  const own = createRoutePaths([...facadeRoutes, ...more]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Signals facade',
      version,
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl, description: 'This facade' }],
    security: [{ facadeKey: [] }],
    // Pages show the groups in this order: the facade's own resources first.
    tags: [...facadeTags, ...apis.flatMap(tagsOf)],
    'x-tagGroups': [
      { name: 'Resources of the facade', tags: facadeTags.map(({ name }) => name) },
      ...apis.map((api) => ({
        name: `API of the tenant, below ${api.basePath}`,
        tags: tagsOf(api).map(({ name }) => name),
      })),
    ],
    paths: mergedPaths([...apis.map(createNativePaths), own.paths]),
    components: {
      securitySchemes,
      headers,
      parameters: merged(apis.map(sharedParameters)),
      responses: errorResponsesOf(apis),
      schemas: merged([...apis.map(({ schemas }) => schemas), facadeSchemas, own.schemas]),
    },
  };
};
