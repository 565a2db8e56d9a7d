import { describe, expect, it } from 'vitest';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { nativeRequest, publicUrl } from '../../support/pipeline.ts';

import { failing, start } from './support.ts';

describe('who may', () => {
  it.each([
    ['no key', []],
    ['an unknown key', [['x-api-key', 'nobody']]],
    ['an empty key', [['x-api-key', '']]],
    [
      'two keys',
      [
        ['x-api-key', 'app'],
        ['x-api-key', 'reader'],
      ],
    ],
  ] as const)('refuses %s before anything is sent', async (_name, headers) => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    expect((await failing(pipeline.answer(nativeRequest({ headers })))).code).toBe('CONSUMER_UNKNOWN');
    expect(seen).toHaveLength(0);
  });

  it('lets a reader read, search and poll, and refuses writes with the scope that is missing', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    const asReader = (method: string, path: string) =>
      pipeline.answer(nativeRequest({ method, path, headers: [['x-api-key', 'reader']] }));
    await asReader('GET', '/entities');
    await asReader('POST', '/entities/search');
    await asReader('HEAD', '/entities/export/pdf/f1');
    const refused = await failing(asReader('PATCH', '/entities/e1/properties'));
    expect([refused.code, refused.facts.detail]).toEqual(['SCOPE_MISSING', expect.stringContaining('entities:write')]);
    expect((await failing(asReader('DELETE', '/entities/e1'))).code).toBe('SCOPE_MISSING');
    expect((await failing(asReader('PUT', '/entities/export/pdf'))).code).toBe('SCOPE_MISSING');
    expect((await failing(asReader('POST', '/brand/new'))).code).toBe('SCOPE_MISSING');
    expect(seen).toHaveLength(3);
  });
});

describe('a path that an upstream may read as another operation', () => {
  const asWriter = async (pipeline: Awaited<ReturnType<typeof start>>['pipeline'], method: string, path: string) =>
    pipeline.answer(nativeRequest({ method, path, headers: [['x-api-key', 'writer']] }));

  it.each([
    ['POST', '/entities/export/bulk;'],
    ['POST', '/entities/export/bulk%20'],
    ['POST', '/entities/export/bulk%00'],
    ['POST', '/Entities/export/bulk'],
    ['POST', '/entities%2Fexport%2Fbulk'],
    ['PUT', '/entities/export;x=1/pdf'],
  ])('%s %s needs the scope of that one too', async (method, path) => {
    const { pipeline, registry, seen } = await start((_request, response) => void response.end());
    await registry.save({ id: 'writer', scopes: ['*:write'], state: 'active' }, hashKey('writer'));
    expect((await failing(asWriter(pipeline, method, path))).facts.detail).toContain('entities:export');
    expect(seen).toHaveLength(0);
  });

  it('cannot be cut short by a raw # or ?', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    await pipeline.answer(nativeRequest({ method: 'POST', path: '/hierarchicalTables/e/tables/t#/rows/search?x' }));
    expect(seen[0]?.target).toBe('/api/rest/v1.0/hierarchicalTables/e/tables/t%23/rows/search%3Fx');
  });
});

describe('what is noted of a request', () => {
  it('names its operation by the template, and never by a path that the catalogue does not know', async () => {
    const { pipeline } = await start((_request, response) => void response.end());
    const known = {};
    await pipeline.answer(nativeRequest({ path: '/entities/experiment:secret-name' }), known);
    expect(known).toMatchObject({ consumer: 'app', operation: 'GET /entities/{eid}', scope: 'entities:read' });
    const unknown = {};
    await pipeline.answer(nativeRequest({ path: '/brand-new/secret-name' }), unknown);
    expect(unknown).toMatchObject({ operation: 'GET (not in the catalogue)' });
    expect(JSON.stringify([known, unknown])).not.toContain('secret-name');
  });

  it('lets the facade call as a consumer that it knows, without its key and with its scopes only', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    const asReader = pipeline.as({ consumer: { id: 'reader', scopes: ['*:read'], state: 'active' } }, 'r', publicUrl);
    expect(await asReader.call({ method: 'GET', path: '/entities?includeTypes=experiment' })).toMatchObject({
      status: 200,
      actedAs: 'service',
    });
    const refused = await failing(asReader.call({ method: 'DELETE', path: '/entities/e1' }));
    expect(refused.code).toBe('SCOPE_MISSING');
    expect(seen.map(({ target }) => target)).toEqual(['/api/rest/v1.0/entities?includeTypes=experiment']);
  });
});
