/** Converts API Gateway's REST proxy event to a plain request: the only place that knows its shape. */
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { Headers } from '../../shared/http/headers.ts';
import type { Query } from '../../shared/http/query.ts';

export type HttpRequest = {
  /** Made of Lambda's id of this invocation. Not API Gateway's: a client can choose that one with a header. */
  readonly requestId: string;
  readonly method: string;
  /** API Gateway's path for the request, such as `/v1/uploads/{proxy+}`; the dispatcher finds the route below it. */
  readonly route: string;
  /** Raw path from the first segment of the route on: without stage and base path mapping. */
  readonly path: string;
  readonly query: Query;
  /** Names in lower case. */
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
  /** Base URL under which the caller reached the API, without a trailing slash. */
  readonly publicUrl: string;
  readonly deadlineMillis: number;
  /**
   * Accepts work that continues after the answer has left. The function is not frozen before it is done. It must not
   * reject. @param mostMillis how long the function waits for it after the answer; by default 10 s.
   */
  readonly background?: (work: Promise<void>, mostMillis?: number) => void;
};

const longestGatewayId = 128;

type MultiValues = Readonly<Record<string, readonly string[] | undefined>>;

const pairsOf = (multiValues: MultiValues | null, toName: (name: string) => string): (readonly [string, string])[] => {
  const pairs: (readonly [string, string])[] = [];
  for (const name in multiValues) for (const value of multiValues[name] ?? []) pairs.push([toName(name), value]);
  return pairs;
};

const headersOf = (event: APIGatewayProxyEvent): Headers =>
  pairsOf(event.multiValueHeaders, (name) => name.toLowerCase());

const queryOf = (event: APIGatewayProxyEvent): Query => pairsOf(event.multiValueQueryStringParameters, (name) => name);

/** No body and an empty body are the same here: API Gateway sends null for both. */
const bodyOf = (event: APIGatewayProxyEvent): Uint8Array | undefined =>
  event.body ? Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8') : undefined;

/** The fixed beginning of such a path: `/v1/uploads` of `/v1/uploads/{proxy+}`. */
const fixedPartOf = (route: string): string => (route.split('{')[0] as string).replace(/\/$/, '');

/**
 * On the default domain every URL starts with the stage; on a custom domain with the base path mapping, which `path`
 * contains too.
 */
const stageOf = ({ requestContext }: APIGatewayProxyEvent): string =>
  requestContext.domainName?.includes('.execute-api.') ? `/${requestContext.stage}` : '';

/** API Gateway routes `//api/…` as `/api/…`. */
const pathOf = (event: APIGatewayProxyEvent): string => event.path.replace(/^\/+/, '/');

/** The part of the path before the route: a base path mapping. */
const mappingOf = (path: string, resource: string): string =>
  path.slice(0, Math.max(0, path.indexOf(fixedPartOf(resource))));

/**
 * API Gateway's id of the request, as in its access log. The client may have chosen it: use it to search, not to trust.
 */
export const gatewayRequestIdOf = ({ requestContext }: APIGatewayProxyEvent): string =>
  requestContext.requestId.slice(0, longestGatewayId);

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/**
 * The id of the request that began at this instant: its first digits say so (shared/requests/request-id.ts), the others are those of the
 * invocation. @param invocationId Lambda's; one that is no UUID stays as it is.
 */
export const requestIdOf = (invocationId: string, startedAtMillis: number): string => {
  if (!uuid.test(invocationId)) return invocationId;
  const time = startedAtMillis.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${invocationId.slice(15)}`;
};

/** @param publicUrl configured base URL; empty = the domain and stage of the request. */
export const toHttpRequest = (
  event: APIGatewayProxyEvent,
  context: Context,
  publicUrl: string,
  startedAtMillis: number,
): HttpRequest => {
  const path = pathOf(event);
  const mapping = mappingOf(path, event.resource);
  return {
    requestId: requestIdOf(context.awsRequestId, startedAtMillis),
    method: event.httpMethod,
    route: event.resource,
    path: path.slice(mapping.length),
    query: queryOf(event),
    headers: headersOf(event),
    body: bodyOf(event),
    publicUrl: publicUrl || `https://${event.requestContext.domainName ?? ''}${stageOf(event)}${mapping}`,
    deadlineMillis: Date.now() + context.getRemainingTimeInMillis(),
  };
};
