import { describe, expect, it } from 'vitest';
import { bodyOf, changeOf, key, keys, list, one, start } from './consumer-routes-support.ts';

describe('the routes of consumers', () => {
  it.each([
    ['GET', list],
    ['POST', list],
    ['GET', one],
    ['PATCH', one],
    ['DELETE', one],
    ['GET', keys],
    ['POST', keys],
    ['DELETE', key],
  ])('%s %s need a scope that names consumers, and acts the one to write', async (method, route) => {
    const { refusal } = await start();
    const path = { consumerId: 'app', keyId: 'key-1' };
    expect((await refusal(method, route, { path, as: 'app' }))[0]).toBe('SCOPE_MISSING');
    if (method !== 'GET') expect((await refusal(method, route, { path, as: 'viewer' }))[0]).toBe('SCOPE_MISSING');
  });

  it.each([
    ['an id with capitals', bodyOf('Lab', { scopes: [] }), '/data/id'],
    ['no scopes', bodyOf('lab', {}), '/data/attributes/scopes'],
    ['a wrong scope', bodyOf('lab', { scopes: ['*:read', 'all'] }), '/data/attributes/scopes/1'],
    ['another type', { data: { type: 'app', id: 'lab', attributes: { scopes: [] } } }, '/data/type'],
    ['a member that does not exist', bodyOf('lab', { scopes: [], owner: 'x' }), '/data/attributes/owner'],
    [
      'a priority that does not exist',
      bodyOf('lab', { scopes: [], quota: { priority: 'x' } }),
      '/data/attributes/quota/priority',
    ],
    [
      'a negative cap',
      bodyOf('lab', { scopes: [], quota: { caps: [{ units: -1, windowSeconds: 1 }] } }),
      '/data/attributes/quota/caps/0/units',
    ],
    [
      'an issuer that the stage does not trust',
      bodyOf('lab', { scopes: [], oidc: { issuer: 'https://x.example.com', clientId: 'c' } }),
      '/data/attributes/oidc/issuer',
    ],
    [
      'a display name that turns the text around',
      bodyOf('lab', { scopes: [], displayName: 'Lab \u202e' }),
      '/data/attributes/displayName',
    ],
    [
      'a return address without TLS',
      bodyOf('lab', { scopes: [], returnUrls: ['https://lab.example.com/', 'http://lab.example.com/'] }),
      '/data/attributes/returnUrls/1',
    ],
    [
      'calls that need a person and nobody to be',
      bodyOf('lab', { scopes: [], userAttributed: ['*:write'] }),
      '/data/attributes/userAttributed',
    ],
    [
      'a fallback to a service that it does not act as',
      bodyOf('lab', { scopes: [], actsAs: ['user'], withoutLink: 'service' }),
      '/data/attributes/withoutLink',
    ],
    [
      'a fallback that there is not',
      bodyOf('lab', { scopes: [], actsAs: ['user', 'service'], withoutLink: 'bearer' }),
      '/data/attributes/withoutLink',
    ],
  ])('refuse %s with a pointer to it', async (_name, body, pointer) => {
    const { refusal } = await start();
    expect(await refusal('POST', list, { body })).toEqual(['REQUEST_INVALID', pointer]);
  });

  it.each([
    ['scopes', { scopes: ['*:read', 'entites:write'] }, '/data/attributes/scopes/1', 'The nearest is entities:write;'],
    ['scopes of a kind', { scopes: ['entities:wirte'] }, '/data/attributes/scopes/0', 'The nearest is entities:write;'],
    [
      'marks',
      { scopes: [], actsAs: ['user'], userAttributed: ['entities:write', 'entites:write'] },
      '/data/attributes/userAttributed/1',
      'The nearest is entities:write;',
    ],
    [
      'marks of the facade itself',
      { scopes: [], actsAs: ['user'], userAttributed: ['tokens:write'] },
      '/data/attributes/userAttributed/0',
      'never go to the tenant',
    ],
  ])('refuse %s that stand for nothing, and say what would', async (_name, attributes, pointer, text) => {
    const { ask, store } = await start();
    for (const [method, route, body] of [
      ['POST', list, bodyOf('lab', attributes)],
      ['PATCH', one, changeOf(attributes)],
    ] as const) {
      const refused = ask(method, route, { path: { consumerId: 'app' }, body });
      await expect(refused).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
        facts: { source: { pointer }, detail: expect.stringContaining(text) },
      });
    }
    expect(await store.read('lab')).toBeUndefined();
    expect((await store.read('app'))?.version).toBe(1);
  });

  it('show a stored scope that nobody knows, let the record change around it, and grant nothing by it', async () => {
    const { ask, refusal, store } = await start();
    const present = await store.read('app');
    if (!present) throw new Error('no consumer');
    const scopes = ['consumer:write', 'entities:read'];
    const userAttributed = ['entites:write', 'entities:write'];
    await store.write({ ...present, consumer: { ...present.consumer, scopes, userAttributed }, version: 2 }, 1);
    const unknown = { unknownScopes: ['consumer:write'], unknownUserAttributed: ['entites:write'] };
    const path = { consumerId: 'app' };
    const { document } = await ask('GET', one, { path });
    expect(document.data).toMatchObject({ attributes: { scopes, userAttributed }, meta: unknown });
    expect((await ask('GET', list)).document.data[1].meta).toMatchObject(unknown);
    expect((await ask('GET', '/v1/me', { as: 'app' })).document.data.meta).toEqual(unknown);
    expect((await refusal('PATCH', one, { path, as: 'app', body: changeOf({}) }))[0]).toBe('SCOPE_MISSING');
    const changed = await ask('PATCH', one, { path, body: changeOf({ contact: 'lab' }) });
    expect(changed.document.data).toMatchObject({ attributes: { scopes, contact: 'lab' }, meta: unknown });
    const mended = await ask('PATCH', one, {
      path,
      body: changeOf({ scopes: ['entities:read'], userAttributed: ['entities:write'] }),
    });
    expect(Object.keys(mended.document.data.meta)).toEqual(['version', 'createdAt', 'changedAt']);
    expect((await ask('GET', '/v1/me', { as: 'app' })).document.data.meta).toEqual(unknown); // Remembered for 30 s.
  });

  it('refuse a change of the id, a key that has expired, and parameters that cannot be read', async () => {
    const { refusal } = await start();
    const path = { consumerId: 'app' };
    expect(await refusal('PATCH', one, { path, body: bodyOf('other', {}) })).toEqual(['REQUEST_INVALID', '/data/id']);
    const expired = { data: { type: 'consumer-key', attributes: { expiresAt: '2026-02-28T00:00:00Z' } } };
    expect(await refusal('POST', keys, { path, body: expired })).toEqual([
      'REQUEST_INVALID',
      '/data/attributes/expiresAt',
    ]);
    for (const limit of ['0', '101', 'x', '1.5'])
      expect(await refusal('GET', list, { query: [['page[limit]', limit]] })).toEqual([
        'REQUEST_INVALID',
        'page[limit]',
      ]);
    expect(await refusal('GET', list, { query: [['page[after]', 'A b']] })).toEqual(['REQUEST_INVALID', 'page[after]']);
    expect(await refusal('PATCH', one, { path, headers: [['if-match', 'W/"1"']], body: changeOf({}) })).toEqual([
      'REQUEST_INVALID',
      'If-Match',
    ]);
  });
});
