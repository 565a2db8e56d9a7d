/** Validates a request against its route's definition, and reports all faults at once. */
import type * as z from 'zod';
import { AppError, type ErrorFault } from '../../shared/errors/app-error.ts';
import { bodyFaults, headerFaults, mostFaults, ownWords, parameterFaults } from '../../shared/routes/faults.ts';
import type { RouteDefinition } from '../../shared/routes/route.ts';
import type { HttpRequest } from './http-request.ts';
import { parseJsonBody } from './json-body.ts';

type Faults = typeof bodyFaults;

/** The first fault is also in the error itself, for its message in the log. */
const invalid = (faults: readonly ErrorFault[]): AppError => new AppError('REQUEST_INVALID', { ...faults[0], faults });

const check = <Schema extends z.ZodType>(schema: Schema, value: unknown, toFaults: Faults): z.output<Schema> => {
  const result = schema.safeParse(value, { error: ownWords });
  if (result.success) return result.data;
  throw invalid(toFaults(result.error.issues));
};

const refuseUnknown = (names: readonly string[], known: readonly string[]): void => {
  const unknown = [...new Set(names)].filter((name) => !known.includes(name)).slice(0, mostFaults);
  if (unknown.length === 0) return;
  const takes = known.length === 0 ? 'takes no query parameters' : `takes ${known.join(', ')}`;
  throw invalid(
    unknown.map((parameter) => ({
      detail: `${parameter}: is not a query parameter here. This route ${takes}.`,
      source: { parameter },
    })),
  );
};

const refuseRepeated = (query: HttpRequest['query']): void => {
  const repeated = query.find(([name], index) => query.findIndex(([other]) => other === name) !== index);
  if (!repeated) return;
  throw new AppError('REQUEST_INVALID', {
    detail: `${repeated[0]} is given more than once.`,
    source: { parameter: repeated[0] },
  });
};

/** @throws AppError REQUEST_INVALID. */
export const parseParameters = (
  { parameters: schema }: RouteDefinition,
  found: Readonly<Record<string, string>>,
): unknown => (schema ? check(schema, found, parameterFaults) : found);

/** @throws AppError REQUEST_INVALID. */
export const parseQuery = (
  { query: schema, passesQuery }: RouteDefinition,
  { query }: Pick<HttpRequest, 'query'>,
): unknown => {
  const known = Object.keys(schema?.shape ?? {});
  if (!passesQuery)
    refuseUnknown(
      query.map(([name]) => name),
      known,
    );
  const own = query.filter(([name]) => known.includes(name));
  refuseRepeated(own);
  return schema && check(schema, Object.fromEntries(own), parameterFaults);
};

/** @throws AppError REQUEST_INVALID. */
export const parseHeaders = ({ headers: schema }: RouteDefinition, { headers }: HttpRequest): unknown => {
  if (!schema) return undefined;
  const found = Object.keys(schema.shape).flatMap((name) => {
    const value = headers.findLast(([given]) => given === name.toLowerCase())?.[1];
    return value === undefined ? [] : [[name, value] as const];
  });
  return check(schema, Object.fromEntries(found), headerFaults);
};

/** `fetch` sends a text body without a given type as text/plain. */
const mayBeJson = (mediaType: string): boolean => /^([^;]*[/+]json|text\/plain)\s*(;|$)/i.test(mediaType);

/** @throws AppError MEDIA_TYPE_UNKNOWN. */
export const checkJsonType = ({ headers }: Pick<HttpRequest, 'headers'>): void => {
  const mediaType = headers.find(([name]) => name === 'content-type')?.[1];
  if (mediaType === undefined || mayBeJson(mediaType)) return;
  throw new AppError('MEDIA_TYPE_UNKNOWN', { detail: 'Send application/vnd.api+json or application/json.' });
};

/** For a route that reads its body by itself. @throws AppError MEDIA_TYPE_UNKNOWN, REQUEST_TOO_DEEP, REQUEST_INVALID. */
export const readJsonBody = <Schema extends z.ZodType>(
  request: Pick<HttpRequest, 'headers' | 'body'>,
  schema: Schema,
): z.output<Schema> => check(schema, parseJsonBody(request), bodyFaults);

/** @throws AppError MEDIA_TYPE_UNKNOWN, REQUEST_TOO_DEEP, REQUEST_INVALID. */
export const parseBody = ({ body: schema, bodyMediaType }: RouteDefinition, request: HttpRequest): unknown => {
  if (!schema || bodyMediaType) return undefined;
  if (request.body === undefined) {
    if (schema.safeParse(undefined).success) return undefined;
    throw new AppError('REQUEST_INVALID', { detail: 'This route needs a JSON body.', source: { pointer: '' } });
  }
  checkJsonType(request);
  return readJsonBody(request, schema);
};
