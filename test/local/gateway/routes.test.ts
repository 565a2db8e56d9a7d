import { describe, expect, it } from 'vitest';
import { createRouter, type GatewayRoute } from '../../../local/gateway/http/routes.ts';

const route = (text: string): GatewayRoute => {
  const [method = '', resource = ''] = text.split(' ');
  const segments = resource.split('/').slice(1);
  return { method, resource, segments, functionId: text, isStreaming: true, timeoutMillis: 1000 };
};
const router = createRouter(
  [
    'ANY /{proxy+}',
    'GET /v1/{kind}/{id}',
    'POST /v1/uploads',
    'GET /v1/uploads/{uploadId}',
    'ANY /v1/uploads/{uploadId}',
    'GET /docs',
    'GET /docs/{proxy+}',
    'ANY /v1/quota',
    'ANY /v1/quota/{proxy+}',
  ].map(route),
);

/** Resources of several depths below one greedy resource, in an order in which a faulty comparison leaves the greedy one first. */
const deep = [
  ...['ANY /api/{proxy+}', 'ANY /api/things', 'ANY /api/things/{id}', 'ANY /api/things/{id}/{proxy+}'],
  ...['GET /api/things/{id}/rows', 'GET /api/things/{id}/rows/{row}', 'GET /api/templates'],
];

describe('the router', () => {
  it('takes the most specific resource, in whichever order the template has them', () => {
    const wanted = [
      ['/api/things/1/rows/2', 'GET /api/things/{id}/rows/{row}'],
      ['/api/things/1/rows', 'GET /api/things/{id}/rows'],
      ['/api/things/1/other', 'ANY /api/things/{id}/{proxy+}'],
      ['/api/templates', 'GET /api/templates'],
    ];
    const orders = deep.map((_, index) => [...deep.slice(index), ...deep.slice(0, index)]);
    for (const order of [...orders, ...orders.map((one) => one.toReversed())]) {
      const found = createRouter(order.map(route));
      expect(wanted.map(([path = '']) => [path, found.match('GET', path)?.route.functionId])).toEqual(wanted);
    }
  });

  it.each([
    ['GET', '/v1/uploads/7', 'GET /v1/uploads/{uploadId}', { uploadId: '7' }],
    ['PUT', '/v1/uploads/7', 'ANY /v1/uploads/{uploadId}', { uploadId: '7' }],
    ['GET', '/v1/other/7', 'GET /v1/{kind}/{id}', { kind: 'other', id: '7' }],
    ['GET', '/v1/uploads/7/8', 'ANY /{proxy+}', { proxy: 'v1/uploads/7/8' }],
    ['POST', '/v1/uploads/', 'POST /v1/uploads', {}],
    ['GET', '/docs', 'GET /docs', {}],
    ['GET', '/docs/a//b%2Fc/', 'GET /docs/{proxy+}', { proxy: 'a//b%2Fc/' }],
    ['PATCH', '//x', 'ANY /{proxy+}', { proxy: 'x' }],
    ['GET', '///v1/uploads/7', 'GET /v1/uploads/{uploadId}', { uploadId: '7' }],
    ['GET', '/x//y', 'ANY /{proxy+}', { proxy: 'x//y' }],
    ['OPTIONS', '/v1/quota', 'ANY /v1/quota', {}],
    ['GET', '/v1/quota/', 'ANY /v1/quota', {}],
    ['HEAD', '/v1/quota/bookings/a%2Fb/', 'ANY /v1/quota/{proxy+}', { proxy: 'bookings/a%2Fb/' }],
    ['GET', '/v1/quotas', 'ANY /{proxy+}', { proxy: 'v1/quotas' }],
    ['GET', '/__proto__', 'ANY /{proxy+}', { proxy: '__proto__' }],
  ])('takes %s %s to %s', (method, path, expected, pathParameters) => {
    const match = router.match(method, path);

    expect(match?.route.functionId).toBe(expected);
    expect(match?.pathParameters).toEqual(pathParameters);
  });

  it.each([
    ['a method that the resource has not', 'DELETE', '/v1/uploads'],
    ['a method that ANY does not stand for', 'TRACE', '/x'],
    ['a greedy parameter without a value', 'GET', '/'],
    ['a greedy parameter behind slashes alone', 'GET', '//'],
    ['a target that is no path', 'OPTIONS', '*'],
  ])('finds nothing for %s', (_, method, path) => {
    expect(router.match(method, path)).toBeUndefined();
  });
});
