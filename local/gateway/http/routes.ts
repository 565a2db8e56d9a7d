/** The routes of the template's REST API, and which of them a request takes. */
import * as z from 'zod';
import type { Stack } from '../template/stack.ts';
import { TwinError, templateError } from '../twin-error.ts';

export type GatewayRoute = {
  /** As in the template: ANY or one method. */
  readonly method: string;
  /** Resource path such as `/v1/uploads/{uploadId}`. */
  readonly resource: string;
  readonly segments: readonly string[];
  /** Logical id of the function. */
  readonly functionId: string;
  /** Whether the answer is streamed (response-streaming-invocations) or buffered. */
  readonly isStreaming: boolean;
  readonly timeoutMillis: number;
};
export type Match = { readonly route: GatewayRoute; readonly pathParameters: Readonly<Record<string, string>> };
export type Router = { match(method: string, rawPath: string): Match | undefined };

const Resource = z.object({ ParentId: z.string(), PathPart: z.string() });
const Method = z.object({
  HttpMethod: z.string(),
  ResourceId: z.string(),
  AuthorizationType: z.literal('NONE', 'the twin runs no authorizers of API Gateway').default('NONE'),
  ApiKeyRequired: z.literal(false, 'the twin knows no API keys of API Gateway').default(false),
  Integration: z.object({
    Type: z.literal('AWS_PROXY', 'the twin runs Lambda proxy integrations only'),
    Uri: z.string(),
    TimeoutInMillis: z.coerce.number().default(29_000),
    ResponseTransferMode: z.enum(['BUFFERED', 'STREAM']).default('BUFFERED'),
  }),
});

/** The methods that ANY stands for (API Gateway developer guide, "Set up a method"). */
const anyMethods: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

const pathOf = (stack: Stack, resourceId: string): string => {
  const logicalId = stack.findByName('AWS::ApiGateway::Resource', resourceId);
  if (!logicalId) return '';
  const { ParentId, PathPart } = stack.read(logicalId, Resource);
  return `${pathOf(stack, ParentId)}/${PathPart}`;
};

const functionOf = (stack: Stack, methodId: string, uri: string): string => {
  const arn = /functions\/(arn:[^/]+)\/(response-streaming-)?invocations$/.exec(uri)?.[1];
  const functionId = arn && stack.findByName('AWS::Lambda::Function', arn);
  if (!functionId) throw templateError(methodId, `its integration names no function of the stack (${uri})`);
  return functionId;
};

const readRoute = (stack: Stack, methodId: string): GatewayRoute => {
  const { HttpMethod, ResourceId, Integration } = stack.read(methodId, Method);
  const { Uri, ResponseTransferMode, TimeoutInMillis } = Integration;
  const streamsByUri = Uri.endsWith('/response-streaming-invocations');
  if (streamsByUri !== (ResponseTransferMode === 'STREAM'))
    throw templateError(methodId, 'its integration URI and its ResponseTransferMode disagree about streaming');
  const path = pathOf(stack, ResourceId);
  return {
    method: HttpMethod,
    resource: path || '/',
    segments: path.split('/').slice(1),
    functionId: functionOf(stack, methodId, Uri),
    isStreaming: streamsByUri,
    timeoutMillis: TimeoutInMillis,
  };
};

/** Every route of the stack's one REST API. @throws TwinError for integrations that the twin cannot run. */
export const readRoutes = (stack: Stack): GatewayRoute[] => {
  const apis = stack.ofType('AWS::ApiGateway::RestApi');
  if (apis.length > 1) throw new TwinError(`The template has ${apis.length} REST APIs; the twin serves one.`);
  return stack.ofType('AWS::ApiGateway::Method').map((methodId) => readRoute(stack, methodId));
};

const isGreedy = (segment: string): boolean => /^\{.+\+\}$/.test(segment);
const isParameter = (segment: string): boolean => /^\{.+\}$/.test(segment);
const parameterName = (segment: string): string => segment.replace(/^\{|\+?\}$/g, '');
/** Static before parameter before greedy, segment by segment. */
const rank = (segment: string): number => (isGreedy(segment) ? 2 : isParameter(segment) ? 1 : 0);

const compare = (left: readonly string[], right: readonly string[]): number => {
  // Over the longer one: an order that depends on which side is asked about sorts nothing.
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = rank(left[index] ?? '') - rank(right[index] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
};

const matchSegments = (pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const value = isGreedy(segment) ? path.slice(index).join('/') : path[index];
    if (value === undefined) return undefined;
    if (!isParameter(segment)) {
      if (value !== segment) return undefined;
      continue;
    }
    if (value === '') return undefined;
    parameters[parameterName(segment)] = value;
  }
  const isWhole = path.length === pattern.length || isGreedy(pattern.at(-1) ?? '');
  return isWhole ? parameters : undefined;
};

/** A trailing slash is no segment of its own, except below a greedy parameter, which keeps it. */
const withoutTrailingSlash = (segments: readonly string[]): readonly string[] =>
  segments.length > 1 && segments.at(-1) === '' ? segments.slice(0, -1) : segments;

/** Picks routes as API Gateway does: the resource first, by its path alone, then its method, then its ANY. */
export const createRouter = (routes: readonly GatewayRoute[]): Router => {
  const resources = Map.groupBy(routes, (route) => route.resource);
  const ordered = [...resources.values()].sort((a, b) => compare(a[0]?.segments ?? [], b[0]?.segments ?? []));
  return {
    match: (method, rawPath) => {
      // Several slashes in front count as one.
      const path = rawPath.replace(/^\/+/, '/').split('/').slice(1);
      for (const candidates of ordered) {
        const segments = candidates[0]?.segments ?? [];
        const whole = isGreedy(segments.at(-1) ?? '') ? path : withoutTrailingSlash(path);
        const pathParameters = matchSegments(segments, whole);
        if (!pathParameters) continue;
        const exact = candidates.find((route) => route.method === method);
        const any = anyMethods.has(method) ? candidates.find((route) => route.method === 'ANY') : undefined;
        const route = exact ?? any;
        return route && { route, pathParameters };
      }
      return undefined;
    },
  };
};
