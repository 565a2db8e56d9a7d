import { describe, expect, it } from 'vitest';
import { createRouter } from '../../src/http/router.ts';

const router = createRouter<string>();
for (const [method, template] of [
  ['GET', '/entities/{eid}'],
  ['GET', '/entities/{eid}/children'],
  ['GET', '/entities/export/pdf/{fileId}'],
  ['PUT', '/entities/export/pdf'],
  ['GET', '/history/proxy/*'],
] as const)
  router.add(method, template, `${method} ${template}`);

const find = (method: string, path: string) => router.find(method, path.split('/').slice(1));

describe('router', () => {
  it.each([
    ['GET', '/entities/experiment:1', 'GET /entities/{eid}', { eid: 'experiment:1' }],
    ['GET', '/entities/export/pdf/7', 'GET /entities/export/pdf/{fileId}', { fileId: '7' }],
    ['GET', '/entities/export/children', 'GET /entities/{eid}/children', { eid: 'export' }],
    ['GET', '/history/proxy/a/b', 'GET /history/proxy/*', { '*': 'a/b' }],
  ])('finds the operation of %s %s', (method, path, value, params) => {
    expect(find(method, path)).toEqual({ value, params });
  });

  it('finds nothing for other methods and longer paths', () => {
    expect(find('DELETE', '/entities/1')).toBeUndefined();
    expect(find('GET', '/entities/1/children/2')).toBeUndefined();
  });

  it('knows a path by any of its methods', () => {
    expect(router.isKnownPath(['entities', 'export', 'pdf'])).toBe(true);
    expect(router.isKnownPath(['nothing'])).toBe(false);
  });
});
