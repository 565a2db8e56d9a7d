/** The event of a Lambda proxy integration of a REST API (payload version 1). */
import type { IncomingMessage } from 'node:http';
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

/** Never reach the function (API Gateway developer guide, "Important notes", on HTTP headers). */
const dropped: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const add = (to: Multi, name: string, value: string): void => {
  if (Object.hasOwn(to, name)) to[name]?.push(value);
  else Object.defineProperty(to, name, { value: [value], enumerable: true, configurable: true, writable: true });
};

const lastOfEach = (multi: Multi): Record<string, string> =>
  Object.fromEntries(Object.entries(multi).map(([name, values]) => [name, values.at(-1) ?? '']));

const requestHeaders = (request: IncomingMessage): Multi => {
  const headers: Multi = {};
  /** One spelling for each name, the first one sent. */
  const spellings = new Map<string, string>();
  const raw = request.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (dropped.has(name.toLowerCase())) continue;
    const spelling = spellings.get(name.toLowerCase()) ?? name;
    spellings.set(name.toLowerCase(), spelling);
    add(headers, spelling, raw[index + 1] ?? '');
  }
  return headers;
};

/** What the gateway itself puts in; a forwarding chain that was sent is continued. */
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

/** Percent-decoding that never fails: what is no escape stays, what is no UTF-8 becomes U+FFFD. */
const decode = (text: string): string => {
  const spaced = text.replaceAll('+', ' ');
  return spaced.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
};

const queryParameters = (rawQuery: string): Multi | null => {
  const parameters: Multi = {};
  for (const pair of rawQuery.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    add(parameters, decode(name), decode(value));
  }
  return Object.keys(parameters).length > 0 ? parameters : null;
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
