/** Who may use the operators' part of a twin: nobody's page of another site, and only the key of an administrator. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createGuard, faultScopes, opsScopes } from '../../../local/ops/guard.ts';

const scopes: Readonly<Record<string, readonly string[]>> = {
  admin: ['*:*', 'requests:*', 'quota-admin:read', 'consumers:*'],
  reader: ['*:*', 'requests:read', 'quota-admin:read', 'consumers:read'],
  app: ['*:*'],
  half: ['requests:read'],
};

const createOne = () => {
  const asked: string[] = [];
  const time = { millis: 0 };
  const guard = createGuard({
    scopesOf: async (key) => {
      asked.push(key);
      return scopes[key];
    },
    nowMillis: () => time.millis,
  });
  return { guard, asked, time };
};

const host = '127.0.0.1:4000';

describe('the guard of /_twin/ops', () => {
  it.each([
    { origin: 'https://example.com' },
    { origin: 'null' },
    { origin: `https://${host}` },
    { origin: 'http://localhost:4000' },
    { 'sec-fetch-site': 'cross-site' },
    // Another port of this machine.
    { 'sec-fetch-site': 'same-site' },
  ])('refuses a page of another origin, whatever key it has, and looks up no key: %j', async (headers) => {
    const { guard, asked } = createOne();
    expect(await guard({ method: 'GET', headers: { host, 'x-api-key': 'admin', ...headers } })).toMatchObject({
      status: 403,
    });
    expect(asked).toEqual([]);
  });

  it.each([{}, { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }])(
    'admits an administrator from the page itself, and from the command line: %j',
    async (headers) => {
      const { guard } = createOne();
      expect(await guard({ method: 'GET', headers: { host, 'x-api-key': 'admin', ...headers } })).toBeUndefined();
    },
  );

  it.each([
    [undefined, 401, /administrator/],
    ['nobody', 401, /does not know/],
    ['app', 403, /lacks requests:read and quota-admin:read/],
    ['half', 403, /lacks quota-admin:read/],
  ])('refuses the key %j with %d', async (key, status, detail) => {
    const { guard } = createOne();
    const refusal = await guard({ method: 'GET', headers: { host, 'x-api-key': key } });
    expect(refusal).toMatchObject({ status, detail: expect.stringMatching(detail) });
  });

  it('looks a good key up each 30 s, and a bad one each time', async () => {
    const { guard, asked, time } = createOne();
    const ask = (key: string) => guard({ method: 'GET', headers: { host, 'x-api-key': key } });
    for (const key of ['admin', 'admin', 'app', 'app']) await ask(key);
    expect(asked).toEqual(['admin', 'app', 'app']);
    time.millis = 30_000;
    await ask('admin');
    expect(asked).toEqual(['admin', 'app', 'app', 'admin']);
  });

  it.each(['POST', 'DELETE', 'PUT', undefined])(
    'takes more than reading for %s, looked up each time',
    async (method) => {
      const { guard, asked } = createOne();
      const ask = (key: string, by = method) => guard({ method: by, headers: { host, 'x-api-key': key } });
      expect(await ask('reader', 'GET')).toBeUndefined();
      expect(await ask('reader')).toEqual({ status: 403, detail: 'The key lacks consumers:write.' });
      expect(await ask('app')).toMatchObject({
        status: 403,
        detail: expect.stringContaining('requests:read and quota'),
      });
      expect(await ask('admin')).toBeUndefined();
      expect(await ask('admin')).toBeUndefined();
      expect(asked).toEqual(['reader', 'reader', 'app', 'admin', 'admin']);
    },
  );

  it('asks for the scopes that the page asks for', () => {
    const page = readFileSync(new URL('../../../functions/documents/ops/api.js', import.meta.url), 'utf8');
    expect(page).toContain(`faultScope = '${faultScopes.at(-1)}'`);
    expect(page).toContain(`neededScopes = [${opsScopes.map((scope) => `'${scope}'`).join(', ')}]`);
  });
});
