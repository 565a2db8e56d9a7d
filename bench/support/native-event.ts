/** A REST API's proxy event for a read, with the headers that a client, CloudFront and the gateway put on it. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { signalsBasePath } from '../../shared/signals/names.ts';

const usual: Readonly<Record<string, string>> = {
  Accept: 'application/vnd.api+json',
  'CloudFront-Forwarded-Proto': 'https',
  Host: 'facade.example.com',
  'User-Agent': 'python-requests/2.32.3',
  'X-Amzn-Trace-Id': 'Root=1-00000000-000000000000000000000000',
  'X-Forwarded-For': '192.0.2.1, 192.0.2.2',
  'X-Forwarded-Port': '443',
  'X-Forwarded-Proto': 'https',
  'x-api-key': 'bench-app',
};

/** @param path raw, below the base path. @param coding that the client accepts. */
export const nativeEvent = (path: string, coding = 'identity'): APIGatewayProxyEvent => {
  const headers = { ...usual, 'Accept-Encoding': coding };
  return {
    resource: `${signalsBasePath}/{proxy+}`,
    path: signalsBasePath + path,
    httpMethod: 'GET',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      requestId: '00000000-0000-4000-8000-000000000001',
      stage: 'prod',
      path: `/prod${signalsBasePath}${path}`,
      domainName: 'facade.example.com',
      httpMethod: 'GET',
    },
    body: null,
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEvent;
};
