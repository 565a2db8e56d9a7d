import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothing, type RouteDefinition, route } from '../../../shared/routes/route.ts';
import { createRouteTable } from '../../../shared/routes/route-table.ts';

const define = (method: RouteDefinition['method'], path: RouteDefinition['path']): RouteDefinition =>
  route({
    id: `${method}${path}`,
    method,
    path,
    capability: 'test',
    scope: 'everybody',
    summary: path,
    answers: { 204: nothing },
  });

const find = createRouteTable([
  define('GET', '/v1/things'),
  define('POST', '/v1/things'),
  define('GET', '/v1/things/{thingId}'),
  define('GET', '/v1/things/special'),
  define('DELETE', '/v1/things/{thingId}/parts/{partId}'),
  define('GET', '/files/{proxy+}'),
]);

describe('the route table', () => {
  it.each([
    ['/v1/things', '/v1/things', {}],
    ['/v1/things/', '/v1/things', {}],
    ['//v1/things', '/v1/things', {}],
    ['/v1/things/special', '/v1/things/special', {}],
    ['/v1/things/a%2Fb', '/v1/things/{thingId}', { thingId: 'a/b' }],
    ['/v1/th%69ngs', '/v1/things', {}],
    ['/v1/things/1/parts/2', '/v1/things/{thingId}/parts/{partId}', { thingId: '1', partId: '2' }],
    ['/files/a/b.css', '/files/{proxy+}', { proxy: 'a/b.css' }],
  ])('finds %s', (path, template, parameters) => {
    const place = find(path);
    expect([place?.path, place?.parameters]).toEqual([template, parameters]);
  });

  it.each(['/v1', '/v1/things//', '/v1/things/%', '/v1/things/1/parts', '/v1/Things', '/files', '/files/', ''])(
    'finds nothing for %s',
    (path) => {
      expect(find(path)).toBeUndefined();
    },
  );

  it('names the methods of a path', () => {
    expect([...(find('/v1/things')?.byMethod.keys() ?? [])]).toEqual(['GET', 'POST']);
  });

  it('gives back every parameter as it was before encoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
        fc.pre(id.isWellFormed() && id !== 'special');
        expect(find(`/v1/things/${encodeURIComponent(id)}`)?.parameters).toEqual({ thingId: id });
      }),
    );
  });

  it('refuses two definitions of one method and path', () => {
    expect(() => createRouteTable([define('GET', '/a'), define('GET', '/a')])).toThrow('Two routes are GET /a.');
  });
});
