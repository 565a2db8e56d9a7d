/** The event of a Lambda proxy integration of a REST API (payload version 1). */
import type { IncomingMessage } from 'node:http';
import { reachesFunction } from './header-table.ts';
import { queryParameters } from './query.ts';
import type { Match } from './routes.ts';

export type ApiIdentity = {
  readonly apiId: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>> | null;
  readonly accountId: string;
  /** Media types whose bodies are base64 in the event, such as `*` `/*`. */
  readonly binaryMediaTypes: readonly string[];
};
export type RequestFacts = {
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly traceId: string;
  readonly receivedMillis: number;
  /** As sent, still percent-encoded. */
  readonly rawPath: string;
  readonly rawQuery: string;
  readonly sourceIp: string;
  readonly port: number;
};
type Multi = Record<string, string[]>;

const add = (to: Multi, name: string, value: string): void => {
  if (Object.hasOwn(to, name)) to[name]?.push(value);
  else Object.defineProperty(to, name, { value: [value], enumerable: true, configurable: true, writable: true });
};

const lastOfEach = (multi: Multi): Record<string, string> =>
  Object.fromEntries(Object.entries(multi).map(([name, values]) => [name, values.at(-1) ?? '']));

/** A signature of AWS is for the gateway itself, and dropped as well. */
const isSigned = (name: string, value: string): boolean =>
  name.toLowerCase() === 'authorization' && /^aws4-hmac-sha256\b/i.test(value);

const requestHeaders = (request: IncomingMessage): Multi => {
  const headers: Multi = {};
  /** One spelling for each name, the first one sent. */
  const spellings = new Map<string, string>();
  const raw = request.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (!reachesFunction(name) || isSigned(name, raw[index + 1] ?? '')) continue;
    const spelling = spellings.get(name.toLowerCase()) ?? name;
    spellings.set(name.toLowerCase(), spelling);
    add(headers, spelling, raw[index + 1] ?? '');
  }
  return headers;
};

/** The headers that the gateway adds. It continues a forwarding chain of the request. */
const withGatewayHeaders = (headers: Multi, facts: RequestFacts): Multi => {
  const sent = Object.keys(headers);
  const take = (wanted: string): string | undefined => {
    const name = sent.find((candidate) => candidate.toLowerCase() === wanted);
    const value = name === undefined ? undefined : headers[name]?.join(', ');
    if (name !== undefined) delete headers[name];
    return value;
  };
  const chain = take('x-forwarded-for');
  take('x-forwarded-port');
  take('x-forwarded-proto');
  take('x-amzn-trace-id');
  headers['X-Amzn-Trace-Id'] = [facts.traceId];
  headers['X-Forwarded-For'] = [chain ? `${chain}, ${facts.sourceIp}` : facts.sourceIp];
  headers['X-Forwarded-Port'] = [String(facts.port)];
  headers['X-Forwarded-Proto'] = ['http'];
  return headers;
};

const isBinary = (contentType: string | undefined, binaryMediaTypes: readonly string[]): boolean =>
  binaryMediaTypes.some((type) => type === '*/*' || type === (contentType ?? '').split(';')[0]?.trim().toLowerCase());

const bodyOf = (request: IncomingMessage, body: Buffer, api: ApiIdentity) => {
  if (body.length === 0) return { body: null, isBase64Encoded: false };
  const isBase64Encoded = isBinary(request.headers['content-type'], api.binaryMediaTypes);
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
};

const identityOf = (request: IncomingMessage, facts: RequestFacts) => ({
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: facts.sourceIp,
  user: null,
  userAgent: request.headers['user-agent'] ?? null,
  userArn: null,
});

const requestContext = (request: IncomingMessage, match: Match, facts: RequestFacts, api: ApiIdentity) => ({
  accountId: api.accountId,
  apiId: api.apiId,
  domainName: request.headers.host ?? '',
  domainPrefix: (request.headers.host ?? '').split(/[.:]/)[0],
  extendedRequestId: facts.extendedRequestId,
  httpMethod: request.method,
  identity: identityOf(request, facts),
  path: facts.rawPath,
  protocol: `HTTP/${request.httpVersion}`,
  requestId: facts.requestId,
  requestTime: new Date(facts.receivedMillis).toUTCString(),
  requestTimeEpoch: facts.receivedMillis,
  resourceId: match.route.resource,
  resourcePath: match.route.resource,
  stage: api.stage,
});

/** The event as JSON. `path` and path parameters stay as sent; query names and values arrive decoded. */
export const createProxyEvent = (
  request: IncomingMessage,
  body: Buffer,
  match: Match,
  facts: RequestFacts,
  api: ApiIdentity,
): string => {
  const multiValueHeaders = withGatewayHeaders(requestHeaders(request), facts);
  const multiValueQuery = queryParameters(facts.rawQuery);
  const hasParameters = Object.keys(match.pathParameters).length > 0;
  return JSON.stringify({
    resource: match.route.resource,
    path: facts.rawPath,
    httpMethod: request.method,
    headers: lastOfEach(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: multiValueQuery && lastOfEach(multiValueQuery),
    multiValueQueryStringParameters: multiValueQuery,
    pathParameters: hasParameters ? match.pathParameters : null,
    stageVariables: api.stageVariables,
    requestContext: requestContext(request, match, facts, api),
    ...bodyOf(request, body, api),
  });
};
