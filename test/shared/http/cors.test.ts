import { describe, expect, it } from 'vitest';
import { routes } from '../../../infra/routes.ts';
import { allowedHeaders, CorsOrigins, exposedHeaders, isForPages, isPageOrigin } from '../../../shared/http/cors.ts';
import { isForwarded } from '../../../shared/http/forwarded-headers.ts';
import { facadeRoutes } from '../../../shared/surface/facade-routes.ts';
import { nonEmpty } from '../../support/non-empty.ts';

describe('the origin of a page', () => {
  it.each([
    'https://app.example.com',
    'https://app.example.com:8443',
    'https://xn--bcher-kva.example',
    'https://[2001:db8::1]',
    'http://localhost:5173',
    'http://127.0.0.1:4000',
    'http://[::1]:4000',
    'http://localhost',
    'http://app.localhost:5173',
    'http://127.0.0.2',
  ])('may be %s', (origin) => {
    expect(isPageOrigin(origin)).toBe(true);
  });

  it.each([
    ['', 'nothing'],
    ['*', 'any'],
    ['null', 'the origin of files and sandboxes'],
    ['https://*.example.com', 'a pattern'],
    ['app.example.com', 'no scheme'],
    ['http://app.example.com', 'not https'],
    ['http://localhost.example.com', 'a name that begins like loopback'],
    ['http://127.0.0.1.example.com', 'a name that begins like loopback'],
    ['https://app.example.com/', 'a slash'],
    ['https://app.example.com/app', 'a path'],
    ['https://app.example.com?', 'a query'],
    ['https://app.example.com#', 'a fragment'],
    ['https://user@app.example.com', 'a user'],
    ['https://App.example.com', 'capitals, which browsers do not send'],
    ['HTTPS://app.example.com', 'capitals, which browsers do not send'],
    ['https://bücher.example', 'not as browsers send it'],
    ['https://app.example.com:443', 'the port that goes without saying'],
    [' https://app.example.com', 'a blank'],
    ["https://app'.example.com", 'a quote'],
    ['https://app.example.com https://other.example.com', 'two'],
    ['chrome-extension://abcdefgh', 'no web page'],
    ['file://', 'no web page'],
  ])('is not %j: %s', (origin) => {
    expect(isPageOrigin(origin)).toBe(false);
  });
});

describe('the origins of a stage', () => {
  it('come as a comma list or a list, each once', () => {
    const listed = ['https://app.example.com', 'http://localhost:5173'];
    expect(CorsOrigins.parse(' https://app.example.com,http://localhost:5173, ')).toEqual(listed);
    expect(CorsOrigins.parse([...listed, ...listed])).toEqual(listed);
    expect(CorsOrigins.parse('')).toEqual([]);
  });

  it('are 20 at most', () => {
    const origins = (count: number) => Array.from({ length: count }, (_, index) => `https://app${index}.example.com`);
    expect(CorsOrigins.safeParse(origins(20)).success).toBe(true);
    expect(CorsOrigins.safeParse(origins(21)).success).toBe(false);
  });
});

describe('the headers of pages', () => {
  it('are those that the facade reads or sends on', () => {
    const ownNames = ['authorization', 'idempotency-key', 'x-api-key', 'x-on-behalf-of'];
    const sentOn = allowedHeaders.map((name) => name.toLowerCase()).filter((name) => !ownNames.includes(name));
    expect(sentOn.filter((name) => !isForwarded(name, []))).toEqual([]);
    expect(allowedHeaders.map((name) => name.toLowerCase())).toEqual(expect.arrayContaining(ownNames));
  });

  it('never let a page read a cookie', () => {
    expect(exposedHeaders.filter((name) => /cookie|^\*$/i.test(name))).toEqual([]);
  });
});

describe('a path', () => {
  it('is for pages below /v1 and on the native surface, and nowhere else', () => {
    const open = facadeRoutes.filter(({ path }) => isForPages(path));
    expect(nonEmpty(open).every(({ path }) => path.startsWith('/v1/'))).toBe(true);
    expect(facadeRoutes.filter(({ path }) => path.startsWith('/v1/') && !isForPages(path))).toEqual([]);
    expect(routes.filter(({ function: owner }) => owner === 'native').map(({ path }) => isForPages(path))).toEqual([
      true,
    ]);
  });
});
