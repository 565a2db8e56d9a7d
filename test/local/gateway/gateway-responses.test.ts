import { describe, expect, it } from 'vitest';
import { anyRoute, echo, startTestGateway } from './support/start.ts';

const gatewayResponse = (ResponseType: string, properties: Record<string, unknown>) => ({
  Type: 'AWS::ApiGateway::GatewayResponse',
  Properties: { ResponseType, RestApiId: { Ref: 'Api' }, ...properties },
});
const serve = (resources: Record<string, ReturnType<typeof gatewayResponse>>) =>
  startTestGateway({ functions: { Fn: echo }, resources, routes: anyRoute('Fn', { path: '/known' }) });

describe('gateway responses', () => {
  it('fill in the context, and take headers from literals and context', async () => {
    const body =
      '{"id":"$context.requestId","type":"$context.error.responseType","text":$context.error.messageString,"path":"$context.path","none":"$context.unknown"}';
    const { url } = await serve({
      Answer: gatewayResponse('MISSING_AUTHENTICATION_TOKEN', {
        StatusCode: '404',
        ResponseParameters: {
          'gatewayresponse.header.Content-Type': "'application/vnd.api+json'",
          'gatewayresponse.header.X-Request-Id': 'context.requestId',
        },
        ResponseTemplates: { 'application/json': body },
      }),
    });

    const response = await fetch(`${url}/unknown`);

    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/vnd.api+json');
    expect(await response.json()).toEqual({
      id: response.headers.get('x-request-id'),
      type: 'MISSING_AUTHENTICATION_TOKEN',
      text: 'Missing Authentication Token',
      path: '/unknown',
      none: '',
    });
  });

  it('fall back to DEFAULT_4XX, keeping the status of AWS when it names none', async () => {
    const { url } = await serve({
      Default: gatewayResponse('DEFAULT_4XX', { ResponseTemplates: { 'application/json': '{"mine":true}' } }),
    });

    const response = await fetch(`${url}/unknown`);

    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ mine: true });
  });

  it('are those of AWS when the template has none', async () => {
    const { url } = await serve({});

    const response = await fetch(`${url}/unknown`);

    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Missing Authentication Token' });
  });
});
