/**
 * The facade's own resources in the OpenAPI document, out of their definitions. Here and not in shared/: zod-openapi is
 * needed at build time only.
 */
import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { jsonApiMediaType } from '../../shared/config/names.ts';
import { errorCatalogue } from '../../shared/errors/catalogue.ts';
import { declaredErrors } from '../../shared/routes/declared-errors.ts';
import {
  type AnswerOf,
  isFailure,
  nativeAnswer,
  parameterNamesOf,
  type RouteDefinition,
} from '../../shared/routes/route.ts';
import { facadeTagOf } from './facade-tags.ts';
import { idempotencyKey } from './idempotency-key.ts';
import type { Json } from './native-api.ts';
import { actingAs, nativeFailureHeaders, nativeHeaders } from './native-headers.ts';
import { tidy } from './tidy.ts';

const requestId: Json = { $ref: '#/components/headers/RequestId' };

const headersOf = (
  status: number,
  { callsTenant = false }: Pick<RouteDefinition, 'callsTenant'>,
  more: Readonly<Record<string, string>> = {},
): Json => ({
  'X-Request-Id': requestId,
  ...(callsTenant ? actingAs : {}),
  ...([409, 429, 503].includes(status) ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } : {}),
  ...Object.fromEntries(
    Object.entries(more).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  ),
});

/** `NewBooking` reads as "new booking" where a schema has no description of its own. */
const inWords = (schema: z.ZodType): string => {
  const { description, id } = schema.meta() ?? {};
  return description ?? (id ? id.replace(/([a-z])([A-Z])/g, '$1 $2') : 'The answer.');
};

const contentOf = (answer: Exclude<AnswerOf, string | readonly string[]>): Json | undefined => {
  if (answer instanceof z.ZodType) return { [jsonApiMediaType]: { schema: answer } };
  if (answer.kind === 'content') return { [answer.mediaType]: { schema: answer.schema ?? { type: 'string' } } };
  return answer.kind === 'native' ? { '*/*': {} } : undefined;
};

const describe = (answer: Exclude<AnswerOf, string | readonly string[]>): string => {
  if (answer instanceof z.ZodType) return inWords(answer);
  if (answer.kind === 'content') return answer.description;
  return answer.kind === 'native' ? "The upstream's own answer." : 'Done; no body.';
};

const toSuccesses = (route: RouteDefinition): Json =>
  Object.fromEntries(
    Object.entries(route.answers).flatMap(([status, answer]) => {
      if (isFailure(answer)) return [];
      const content = contentOf(answer);
      const isNative = answer === nativeAnswer;
      const headers = isNative ? nativeHeaders : headersOf(Number(status), route, route.answerHeaders);
      return [[isNative ? '2XX' : status, { description: describe(answer), headers, ...(content ? { content } : {}) }]];
    }),
  );

/** Several codes share a status; the description names them all. A native answer may be a refusal of the upstream's own. */
const toFailures = (route: RouteDefinition): Json => {
  const codes = declaredErrors(route);
  const isNative = Object.values(route.answers).includes(nativeAnswer);
  const statuses = [...new Set(codes.map((code) => errorCatalogue[code].status))].sort((one, other) => one - other);
  const failures = Object.fromEntries(
    statuses.map((status) => {
      const own = codes.filter((code) => errorCatalogue[code].status === status);
      return [
        String(status),
        {
          description: own.map((code) => `\`${code}\`: ${errorCatalogue[code].title}.`).join(' '),
          headers: { ...headersOf(status, route), ...(isNative ? nativeFailureHeaders(status) : {}) },
          content: { [jsonApiMediaType]: { schema: { $ref: '#/components/schemas/ErrorDocument' } } },
        },
      ];
    }),
  );
  return { ...failures, ...(isNative ? { default: { $ref: '#/components/responses/NativeErrorOther' } } : {}) };
};

/** Path parameters without a schema of their own are any text. */
const pathOf = ({ path, parameters }: RouteDefinition): z.ZodObject =>
  parameters ?? z.object(Object.fromEntries(parameterNamesOf(path).map((name) => [name, z.string()])));

const bodyOf = ({ body, bodyMediaType, examples = [] }: RouteDefinition): Json | undefined => {
  if (!body) return bodyMediaType === undefined ? undefined : { content: { [bodyMediaType]: {} } };
  const [first] = examples;
  return {
    required: !body.safeParse(undefined).success,
    content: {
      [bodyMediaType ?? jsonApiMediaType]: { schema: body, ...(first ? { example: first.value } : {}) },
    },
  };
};

const toOperation = (route: RouteDefinition): ZodOpenApiOperationObject => {
  const requestBody = bodyOf(route);
  const parameters = route.idempotency ? [idempotencyKey] : [];
  return {
    operationId: route.id,
    tags: [facadeTagOf(route.capability)],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(route.scope === 'everybody' ? { security: [] } : {}),
    ...(route.scope.includes(':') ? { 'x-facade-scope': route.scope } : {}),
    ...(parameters.length > 0 ? { parameters: parameters as never } : {}),
    requestParams: {
      path: pathOf(route),
      ...(route.query ? { query: route.query } : {}),
      ...(route.headers ? { header: route.headers } : {}),
    },
    ...(requestBody ? { requestBody: requestBody as never } : {}),
    // A page does not answer refusals as JSON:API documents.
    responses: { ...toFailures(route), ...toSuccesses(route) } as ZodOpenApiResponsesObject,
  };
};

type Parameter = { readonly name?: string; example?: unknown };
type Paths = Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>;

/** The first example of a route says which values its parameters have beside that body. */
const addExamples = (paths: Paths, { path, method, examples = [] }: RouteDefinition): void => {
  const values = examples[0]?.parameters ?? {};
  for (const parameter of paths[path.replace('+}', '}')]?.[method.toLowerCase()]?.parameters ?? [])
    if (Object.hasOwn(values, parameter.name ?? '')) parameter.example = values[parameter.name ?? ''];
};

/** @returns the paths of the definitions, and the schemas that they name. */
export const createRoutePaths = (
  routes: readonly RouteDefinition[],
): { readonly paths: Json; readonly schemas: Json } => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const path = route.path.replace('+}', '}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: toOperation(route) };
  }
  const document = createDocument(
    { openapi: '3.1.0', info: { title: '', version: '' }, paths: paths as ZodOpenApiPathsObject },
    { override: tidy },
  );
  for (const route of routes) addExamples((document.paths ?? {}) as Paths, route);
  return { paths: (document.paths ?? {}) as Json, schemas: (document.components?.schemas ?? {}) as Json };
};
