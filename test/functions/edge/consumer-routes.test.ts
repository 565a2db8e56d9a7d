import { describe, expect, it } from 'vitest';
import { bodyOf, changeOf, issuer, key, keys, list, one, publicUrl, start } from './consumer-routes-support.ts';

describe('the routes of consumers', () => {
  it('create, read, change and remove one', async () => {
    const { ask, refusal } = await start();
    const attributes = {
      scopes: ['*:read'],
      contact: 'lab@example.com',
      displayName: 'Lab dashboard',
      returnUrls: ['https://lab.example.com/linked'],
      quota: { priority: 'background', caps: [{ units: 5, windowSeconds: 60 }] },
      actsAs: ['user', 'service'],
      withoutLink: 'service',
      userAttributed: ['entities:write'],
      oidc: { issuer, clientId: 'c1' },
    };
    const created = await ask('POST', list, { body: bodyOf('lab', attributes) });
    expect([created.status, created.headers.get('location'), created.headers.get('etag')]).toEqual([
      201,
      `${publicUrl}/v1/consumers/lab`,
      '"1"',
    ]);
    expect(created.document.data).toMatchObject({
      type: 'consumer',
      id: 'lab',
      attributes: { ...attributes, state: 'active', quota: { ...attributes.quota, weight: 1 } },
      meta: { version: 1, createdAt: '2026-03-01T00:00:00.000Z' },
    });
    const path = { consumerId: 'lab' };
    const changed = await ask('PATCH', one, {
      path,
      headers: [['if-match', '"1"']],
      body: changeOf({
        contact: null,
        displayName: null,
        returnUrls: null,
        scopes: ['entities:read'],
        userAttributed: null,
        actsAs: null,
        withoutLink: null,
        quota: null,
      }),
    });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    const read = await ask('GET', one, { path, as: 'viewer' });
    expect(read.document).toEqual(changed.document);
    expect(read.document.data.attributes).toEqual({
      scopes: ['entities:read'],
      state: 'active',
      quota: { priority: 'interactive', weight: 1, caps: [] },
      actsAs: ['service'],
      withoutLink: 'refuse',
      userAttributed: [],
      oidc: { issuer, clientId: 'c1' },
    });
    expect(await refusal('PATCH', one, { path, headers: [['if-match', '"1"']], body: changeOf({}) })).toEqual([
      'CONSUMER_CHANGED',
      undefined,
    ]);
    expect((await ask('DELETE', one, { path })).status).toBe(204);
    expect((await refusal('GET', one, { path }))[0]).toBe('CONSUMER_ABSENT');
  });

  it('page through all, each once', async () => {
    const { ask } = await start();
    for (let index = 0; index < 7; index += 1) {
      await ask('POST', list, { body: bodyOf(`c${index}`, { scopes: [] }) });
    }
    const seen: string[] = [];
    let query: readonly (readonly [string, string])[] = [['page[limit]', '4']];
    for (let pages = 0; query.length > 0; pages += 1) {
      expect(pages).toBeLessThan(4);
      const { document } = await ask('GET', list, { query, as: 'viewer' });
      seen.push(...document.data.map(({ id }: { id: string }) => id));
      query = document.links.next ? [...new URL(document.links.next).searchParams] : [];
    }
    expect(seen).toEqual(['admin', 'app', 'c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'viewer']);
  });

  it('show a key once', async () => {
    const { ask } = await start();
    const path = { consumerId: 'app' };
    const made = await ask('POST', keys, {
      path,
      body: { data: { type: 'consumer-key', attributes: { expiresAt: '2026-04-01T00:00:00Z' } } },
    });
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { id, attributes } = made.document.data;
    expect(attributes).toEqual({
      createdAt: '2026-03-01T00:00:00.000Z',
      expiresAt: '2026-04-01T00:00:00.000Z',
      key: expect.stringMatching(/^sfk_[0-9A-Za-z]{49}$/),
    });
    const me = await ask('GET', '/v1/me', { as: attributes.key });
    expect(me.document.data).toMatchObject({ id: 'app', attributes: { key: { id, expiresAt: attributes.expiresAt } } });
    const listed = await ask('GET', keys, { path, as: 'viewer' });
    expect(listed.document.data.map((resource: { id: string }) => resource.id)).toContain(id);
    expect(JSON.stringify(listed.document)).not.toContain('sfk_');
    expect((await ask('DELETE', key, { path: { ...path, keyId: id } })).status).toBe(204);
    expect((await ask('GET', keys, { path })).document.data).toHaveLength(1);
  });

  it.each([
    ['suspended', { state: 'suspended' }],
    ['deprived of its scope', { scopes: ['*:*'] }],
  ])('hear nobody that was %s a moment ago, whatever the instance remembers', async (_name, change) => {
    const { ask, refusal } = await start();
    const second = { consumerId: 'second' };
    await ask('POST', list, { body: bodyOf('second', { scopes: ['*:*', 'consumers:*'] }) });
    const { document } = await ask('POST', keys, { path: second });
    const as = document.data.attributes.key;
    expect((await ask('GET', '/v1/me', { as })).document.data.id).toBe('second');
    await ask('PATCH', one, { path: second, body: changeOf(change) });
    const restored = { as, path: second, body: changeOf({ state: 'active', scopes: ['*:*', 'consumers:*'] }) };
    expect((await refusal('PATCH', one, restored))[0]).toMatch(/CONSUMER_UNKNOWN|SCOPE_MISSING/);
    expect((await refusal('POST', keys, { as, path: second }))[0]).toMatch(/CONSUMER_UNKNOWN|SCOPE_MISSING/);
    expect((await refusal('GET', list, { as }))[0]).toMatch(/CONSUMER_UNKNOWN|SCOPE_MISSING/);
  });

  it('neither show nor take which of several consumers of one id this is', async () => {
    const { ask, refusal, store } = await start();
    const path = { consumerId: 'app' };
    const { incarnation } = (await store.read('app'))?.consumer ?? {};
    expect(incarnation).toMatch(/^c_[0-9a-f]{24}$/);
    for (const body of [bodyOf('lab', { scopes: [], incarnation: 'x' }), changeOf({ incarnation: 'x' })])
      expect((await refusal(body.data.id ? 'POST' : 'PATCH', body.data.id ? list : one, { path, body }))[0]).toBe(
        'REQUEST_INVALID',
      );
    const changed = await ask('PATCH', one, { path, body: changeOf({ contact: 'x' }) });
    expect(JSON.stringify(changed.document)).not.toContain(incarnation);
    expect((await store.read('app'))?.consumer.incarnation).toBe(incarnation);
  });

  it('tell everybody who they are, for whom they call and what they may', async () => {
    const { ask, refusal } = await start();
    const { document } = await ask('GET', '/v1/me', { as: 'app', headers: [['x-on-behalf-of', 'anna']] });
    expect(document.data).toEqual({
      type: 'consumer',
      id: 'app',
      attributes: {
        scopes: ['*:*'],
        state: 'active',
        quota: { priority: 'interactive', weight: 1, caps: [] },
        actsAs: ['user', 'service'],
        withoutLink: 'refuse',
        userAttributed: [],
        key: { id: expect.stringMatching(/^key-[0-9a-f]{12}$/) },
        onBehalfOf: 'anna',
      },
    });
    expect((await refusal('GET', '/v1/me', { as: 'nobody' }))[0]).toBe('CONSUMER_UNKNOWN');
  });
});
