import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentRoutes } from '../../functions/edge/document-routes.ts';
import { httpHandler } from '../../functions/edge/http-handler.ts';
import { writeDocumentAssets } from '../../infra/document-assets.ts';
import { ErrorDocumentSchema } from '../../infra/openapi/facade-schemas.ts';
import { pageFiles, portalPages } from '../../shared/documents/page-files.ts';
import { Health } from '../../shared/documents/routes.ts';
import { type EventOptions, invokeStreaming, proxyEvent } from '../support/lambda.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { sized } from '../support/test-size.ts';

let folder: string;
let handler: unknown;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signals-facade-documents-'));
  await writeDocumentAssets(folder);
  await writeFile(join(folder, 'secret.txt'), 'not on the list');
  handler = httpHandler('', createDocumentRoutes(folder, 'test'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = (options: EventOptions) => invokeStreaming(handler, proxyEvent(options));
const askFile = (proxy: string, options: Partial<EventOptions> = {}) =>
  ask({
    resource: '/docs/{proxy+}',
    path: `/docs/${proxy.toWellFormed().split('/').map(encodeURIComponent).join('/')}`,
    ...options,
  });

describe('GET /health', () => {
  it('says ok, the stage and the version, and is not cached', async () => {
    const { status, headers, body } = await ask({ resource: '/health' });
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(Health.parse(JSON.parse(body.toString()))).toMatchObject({ status: 'ok', stage: 'test' });
  });
});

describe('GET /openapi.json', () => {
  it('has the aliases of the seed where the stage has them on, and nowhere else', async () => {
    const pathsOf = async (seedAliases: 'on' | 'off') => {
      const aliased = httpHandler('', createDocumentRoutes(folder, 'test', seedAliases));
      const { body } = await invokeStreaming(aliased, proxyEvent({ resource: '/openapi.json' }));
      return Object.keys(JSON.parse(body.toString()).paths);
    };
    const [off, on] = [await pathsOf('off'), await pathsOf('on')];
    expect(on.filter((path) => !off.includes(path))).toEqual([
      '/api/rest/v1.0/entities/{eid}/rows',
      '/api/rest/v1.0/entities/{eid}/rows/{rowId}',
      '/api/rest/v1.0/entities/{eid}/attachments',
      '/api/rest/v1.0/entities/{eid}/attachments/{attachmentId}',
      '/api/rest/v1.0/templates',
    ]);
  });

  it('names the base URL that the caller used, stage included', async () => {
    const { status, headers, body } = await ask({ resource: '/openapi.json', stagePrefix: '/prod' });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    const { servers } = JSON.parse(body.toString());
    expect(servers).toEqual([
      expect.objectContaining({ url: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod' }),
    ]);
    expect(body.toString()).not.toContain('.invalid');
  });

  it('never mixes up two base URLs', async () => {
    const domains = Array.from({ length: sized(12, 3) }, (_, i) => `host-${i}.example.com`);
    for (const domainName of [...domains, ...domains]) {
      const { body } = await ask({ resource: '/openapi.json', domainName });
      expect(JSON.parse(body.toString()).servers[0].url).toBe(`https://${domainName}`);
    }
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('comes in %s to those who accept it', async (coding, decode) => {
    const plain = await ask({ resource: '/openapi.json' });
    const packed = await ask({ resource: '/openapi.json', headers: { 'Accept-Encoding': `${coding}, identity` } });
    expect(packed.headers['content-encoding']).toBe(coding);
    expect(packed.headers.vary).toBe('accept-encoding');
    expect(decode(packed.body).equals(plain.body)).toBe(true);
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  it('answers 304 without a body to those who have it', async () => {
    const { headers } = await ask({ resource: '/openapi.json' });
    const again = await ask({ resource: '/openapi.json', headers: { 'If-None-Match': `"x", ${headers.etag}` } });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    expect(again.headers.etag).toBe(headers.etag);
  });

  it('answers 200 to those who have another one', async () => {
    const { status } = await ask({ resource: '/openapi.json', headers: { 'If-None-Match': 'W/"other"' } });
    expect(status).toBe(200);
  });

  it('answers HEAD with the headers alone', async () => {
    const { status, headers, body } = await ask({ method: 'HEAD', resource: '/openapi.json' });
    expect(status).toBe(200);
    expect(headers.etag).toBeDefined();
    expect(body).toHaveLength(0);
  });
});

describe('GET /docs', () => {
  it('is a page that runs nothing inline and names no other host', async () => {
    const { status, headers, body } = await ask({ resource: '/docs' });
    const page = body.toString();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    // The address of the twin stands in the example.
    expect(page.replace('http://127.0.0.1:4000', '')).not.toMatch(/https?:\/\/|\sstyle=|\son\w+=|%HASH%/);
    expect(page.match(/<script[^>]*>/g)?.every((tag) => tag.includes('src="docs/'))).toBe(true);
  });

  it.each(['', 'swagger', 'guides/errors'])(
    'forbids everything that does not come from its own origin, at %j',
    async (path) => {
      const { headers } = await (path === '' ? ask({ resource: '/docs' }) : askFile(path));
      const policy = headers['content-security-policy'] ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['x-content-type-options']).toBe('nosniff');
    },
  );

  it('serves the page of operators at /ops under the same policy, and each file that it names', async () => {
    const [page, below] = await Promise.all(
      ['/ops', '/ops/'].map((path) => ask({ resource: '/ops', path, stagePrefix: '/prod' })),
    );
    const policy = page?.headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; .*connect-src 'self';/);
    const html = page?.body.toString() ?? '';
    expect(html).not.toMatch(/https?:\/\/|\sstyle=|\son\w+=|%\w+%|<script>/);
    const names = [...html.matchAll(/"docs\/([^"?]+)\?v=/g)].map(([, name = '']) => name);
    expect(names).toContain('ops.js');
    for (const name of names) expect((await askFile(name)).status).toBe(200);
    expect(below?.body.toString()).toContain('src="../docs/ops.js?');
  });

  it('serves the page of applications at /me under the same policy, and each file that it names', async () => {
    const [page, below] = await Promise.all(['/me', '/me/'].map((path) => ask({ resource: '/me', path })));
    const policy = page?.headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; .*connect-src 'self';/);
    const html = page?.body.toString() ?? '';
    expect(html).not.toMatch(/https?:\/\/|\sstyle=|\son\w+=|%\w+%|<script>/);
    expect(html).toContain('data-admin-groups="consumers ');
    const names = [...html.matchAll(/"docs\/([^"?]+)\?v=/g)].map(([, name = '']) => name);
    expect(names).toContain('me.js');
    for (const name of names) expect((await askFile(name)).status).toBe(200);
    expect(below?.body.toString()).toContain('src="../docs/me.js?');
  });

  it('lets styles into the page of the reference only, and scripts into none', async () => {
    const { headers } = await askFile('reference');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy.match(/'unsafe-[^']*'/g)).toEqual(["'unsafe-inline'"]);
    expect(policy).toMatch(/style-src 'self' 'unsafe-inline';/);
    expect(policy).toContain("script-src 'self';");
  });

  it('is asked for again each time, since its files have addresses that change with them', async () => {
    const { headers } = await ask({ resource: '/docs' });
    expect(headers['cache-control']).toBe('no-cache');
    const file = await askFile('portal.js');
    expect(file.headers['cache-control']).toContain('immutable');
  });

  it('has a page of its own at /docs/, since its addresses are relative', async () => {
    const page = (await ask({ resource: '/docs', path: '/docs/' })).body.toString();
    expect(page).toContain('href="../openapi.json"');
    expect(page).toContain('src="portal.js?');
  });

  it.each(Object.keys(portalPages))('serves the page at %j', async (path) => {
    const { status, headers, body } = await (path === '' ? ask({ resource: '/docs' }) : askFile(path));
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      ...[200, 'text/html; charset=utf-8', 'no-cache'],
    ]);
    expect(body.toString()).toContain('</html>');
  });

  it.each(Object.entries(pageFiles))('serves %s as %s', async (name, mediaType) => {
    const { status, headers, body } = await askFile(name);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(mediaType);
    expect(body.byteLength).toBeGreaterThan(0);
  });

  it('serves every file that the page names, also below /docs/', async () => {
    const page = (await ask({ resource: '/docs' })).body.toString();
    const names = [...page.matchAll(/"docs\/([^"?]+)\?/g)].map(([, name = '']) => name);
    expect(names).toEqual(['favicon-32x32.png', 'portal.css', 'portal.js']);
    for (const name of nonEmpty(names)) {
      expect((await askFile(name)).status).toBe(200);
      expect((await askFile(`docs/${name}`)).status).toBe(200);
    }
  });

  it('serves a file compressed to those who accept it', async () => {
    const plain = await askFile('swagger-ui.css');
    const packed = await askFile('swagger-ui.css', { headers: { 'accept-encoding': 'gzip;q=0, br' } });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(packed.body).equals(plain.body)).toBe(true);
  });

  it.each([
    'secret.txt',
    'openapi.json',
    'swagger-ui.css.br',
    '../index.mjs',
    'docs/../../index.mjs',
    '..%2Findex.mjs',
    'constructor',
    '/',
  ])('answers 404 in the JSON:API form for %j', async (name) => {
    const { status, headers, body } = await askFile(name);
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/vnd.api+json');
    expect(ErrorDocumentSchema.parse(JSON.parse(body.toString())).errors[0]?.code).toBe('ROUTE_UNKNOWN');
  });

  it('serves no name that is not on its list, whatever it is', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.webPath(), fc.constantFrom('__proto__', 'toString')), async (name) => {
        fc.pre(name !== '');
        const { status } = await askFile(name);
        // One slash at the end is not part of a name.
        const file = name.replace(/\/$/, '').replace(/^docs\//, '');
        expect(status).toBe(
          file !== '' && (Object.hasOwn(pageFiles, file) || Object.hasOwn(portalPages, file)) ? 200 : 404,
        );
      }),
    ));
});
