import { describe, expect, it } from 'vitest';
import { echo, startTestGateway, streaming } from './support/start.ts';

const anyRoute = (functionId: string) => [{ method: 'ANY', path: '/{proxy+}', functionId }];

describe('a streamed integration', () => {
  it('answers with the status, headers and body that the function streamed', async () => {
    const source = streaming(`
      const out = open({ statusCode: 201, headers: { 'X-One': '1' }, multiValueHeaders: { 'X-Many': ['a', 'b'] }, cookies: ['c=1', 'd=2'] });
      out.write('hello ');
      out.write('world');
      out.end();
    `);
    const { url } = await startTestGateway({ functions: { Fn: source }, routes: anyRoute('Fn') });

    const response = await fetch(`${url}/x`);

    expect(response.status).toBe(201);
    expect(response.headers.get('x-one')).toBe('1');
    expect(response.headers.get('x-many')).toBe('a, b');
    expect(response.headers.getSetCookie()).toEqual(['c=1', 'd=2']);
    expect(await response.text()).toBe('hello world');
  });

  it('gives the function a REST proxy event with the path as sent', async () => {
    const { url } = await startTestGateway({ functions: { Fn: echo }, routes: anyRoute('Fn') });

    const response = await fetch(`${url}/a%20b/%2F?x=1&x=%C3%A9&y`, { method: 'POST', body: Buffer.from([0, 255]) });

    expect(await response.json()).toMatchObject({
      resource: '/{proxy+}',
      path: '/a%20b/%2F',
      pathParameters: { proxy: 'a%20b/%2F' },
      httpMethod: 'POST',
      queryStringParameters: { x: 'é', y: '' },
      multiValueQueryStringParameters: { x: ['1', 'é'], y: [''] },
      body: 'AP8=',
      isBase64Encoded: true,
      requestContext: { resourcePath: '/{proxy+}', stage: 'local', identity: { sourceIp: '127.0.0.1' } },
    });
  });
});
