/** Writes the paths of a native surface: one operation object for each row of its catalogue. */
import type { DocumentedOperation as Operation } from '../../shared/catalogue/operation.ts';
import { groupInScopes, scopeOf } from '../../shared/consumers/consumer.ts';
import { nativeErrorsOf } from './error-responses.ts';
import { type AnswerFacts, type Json, type NativeApi, namePrefixOf, type ParameterFacts } from './native-api.ts';
import { nativeHeaders } from './native-headers.ts';
import { operationIdOf } from './operation-id.ts';

/** A component name cannot contain brackets, so `page[limit]` becomes `page.limit`. */
const componentNameOf = (api: NativeApi, parameter: string): string =>
  namePrefixOf(api) + parameter.replaceAll('[', '.').replaceAll(']', '');

/** OpenAPI has no parameter for the rest of a path. So `*` becomes one parameter whose description says that it may contain slashes. */
const restParameter = 'rest';
const templateOf = (api: NativeApi, operation: Operation): string =>
  `${api.basePath}${operation.path.replace(/\*$/, `{${restParameter}}`)}`;

const toParameter = (place: 'path' | 'query', name: string, facts: ParameterFacts): Json => ({
  name,
  in: place,
  description: facts.description,
  ...(place === 'path' || facts.required ? { required: true } : {}),
  // `a,b` in one value is how lists are written.
  ...(facts.schema.type === 'array' ? { style: 'form', explode: false } : {}),
  schema: facts.schema,
  ...(facts.example === undefined ? {} : { example: facts.example }),
});

const pathParametersOf = (api: NativeApi, operation: Operation): Json[] =>
  [...templateOf(api, operation).matchAll(/\{([^}]+)\}/g)].map(([, name = '']) =>
    toParameter('path', name, api.pathParameter(operation, name)),
  );

const queryParametersOf = (api: NativeApi, operation: Operation): Json[] =>
  operation.query.map((name) => {
    const own = api.queryParameter(operation, name);
    if (own) return toParameter('query', name, own);
    if (api.sharedQuery[name]) return { $ref: `#/components/parameters/${componentNameOf(api, name)}` };
    return toParameter('query', name, { description: 'Passed on to the upstream.', schema: { type: 'string' } });
  });

/** Parameters that operations of `api` share. */
export const sharedParameters = (api: NativeApi): Json =>
  Object.fromEntries(
    Object.entries(api.sharedQuery).map(([name, facts]) => [
      componentNameOf(api, name),
      toParameter('query', name, facts),
    ]),
  );

/** Raw bytes have no schema: OpenAPI 3.1 leaves it out. */
const toMedia = (schemas: readonly string[], example?: unknown): Json => {
  const [first, ...others] = schemas.map((schema) => ({ $ref: `#/components/schemas/${schema}` }));
  return {
    ...(first ? { schema: others.length > 0 ? { anyOf: [first, ...others] } : first } : {}),
    ...(example === undefined ? {} : { example }),
  };
};

const toContent = (mediaTypes: readonly string[], schemas: readonly string[], example?: unknown): Json =>
  Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, toMedia(schemas, example)]));

const requestBodyOf = (api: NativeApi, operation: Operation): Json | undefined => {
  const body = api.body(operation);
  if (!body) return undefined;
  return {
    ...(body.description ? { description: body.description } : {}),
    ...(body.required ? { required: true } : {}),
    content: toContent(body.mediaTypes, body.schema === 'file' ? [] : [body.schema], body.example),
  };
};

const successOf = ({ status, mediaTypes, schemas }: AnswerFacts): Json => ({
  [String(status)]: {
    description: mediaTypes.length > 0 ? "The upstream's answer." : 'Done; the answer has no body.',
    headers: nativeHeaders,
    ...(mediaTypes.length > 0 ? { content: toContent(mediaTypes, schemas) } : {}),
  },
});

const descriptionOf = (api: NativeApi, operation: Operation): string =>
  [`Scope: \`${scopeOf(operation)}\`.`, ...api.notes(operation)].join('\n\n');

const toOperation = (api: NativeApi, operation: Operation): Json => {
  const requestBody = requestBodyOf(api, operation);
  return {
    operationId: operationIdOf(operation, namePrefixOf(api)),
    tags: [groupInScopes(operation)],
    summary: operation.summary,
    description: descriptionOf(api, operation),
    parameters: [...pathParametersOf(api, operation), ...queryParametersOf(api, operation)],
    ...(requestBody ? { requestBody } : {}),
    responses: {
      ...successOf(api.answer(operation)),
      ...nativeErrorsOf(api, requestBody !== undefined, operation.query.includes('digest')),
    },
    'x-facade-scope': scopeOf(operation),
    'x-facade-kind': operation.kind,
    'x-facade-cache': operation.cache,
    ...(operation.digest ? { 'x-facade-digest': operation.digest } : {}),
  };
};

/** The paths object of a native surface. */
export const createNativePaths = (api: NativeApi): Readonly<Record<string, Json>> => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of api.operations) {
    const template = templateOf(api, operation);
    paths[template] = { ...paths[template], [operation.method.toLowerCase()]: toOperation(api, operation) };
  }
  return paths;
};
