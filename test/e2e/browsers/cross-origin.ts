/** What pages of other origins can do with the facade, in a real browser and by requests as browsers send them. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { projectRoot } from '../../../local/start/settings.ts';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { exposedHeaders } from '../../../shared/http/cors.ts';
import { signalsBasePath } from '../../../shared/signals/names.ts';
import { itInFull, openPage } from '../../support/browser.ts';
import type { TestTwin } from '../../support/twin.ts';
import type { Pages } from './pages.ts';

type Stage = { readonly twin: TestTwin; readonly browser: Browser; readonly pages: Pages };

/** Headers that every page may read (Fetch standard, "CORS-safelisted response-header name"), and headers about the connection. */
const readableAnyway = ['cache-control', 'content-length', 'content-type', 'expires', 'last-modified'];
const ofNoUse = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'vary',
  'x-amzn-requestid',
  'x-amzn-trace-id',
  'x-amzn-errortype',
  'x-amz-apigw-id',
];

const jsonApi = 'application/vnd.api+json';
const guide = readFileSync(join(projectRoot, 'docs/browsers.md'), 'utf8');
const snippets = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code]) => code ?? '');

/** Registers the tests; `stage` is asked in them, once it has started. */
export const describeCrossOrigin = (stage: () => Stage): void => {
  const secondOrigin = inject('secondOrigin');
  /** Runs the body of an async function in an empty page of `origin`; gives what it returns, and what the console said. */
  const inPage = async (origin: string, body: string) => {
    const page = await openPage(stage().browser);
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(origin);
    const code = `const base = ${JSON.stringify(stage().twin.url)}; ${body}`;
    const value: unknown = await page.evaluate(`(async () => { ${code} })().catch((error) => error.name)`);
    return { value, said };
  };
  const forTwin = (code: string): string => code.replaceAll('http://127.0.0.1:4000', stage().twin.url);

  const ask = (path: string, origin: string | undefined, init: RequestInit = {}) =>
    fetch(path.startsWith('http') ? path : stage().twin.url + path, {
      ...init,
      headers: { 'x-api-key': 'demo-app', ...(origin === undefined ? {} : { origin }), ...init.headers },
    });
  /** The facade asks the tenant by itself as well: only requests that a test names are looked for. */
  const arrivedAs = (isWanted: (arrival: { readonly method: string; readonly path: string }) => boolean): boolean =>
    stage().twin.simulator.arrivals.some(isWanted);
  const experiment = `${signalsBasePath}/entities/${demoIds.experiment}`;

  describe('a page of a listed origin', () => {
    it('reads native answers and their headers as docs/browsers.md shows it', async () => {
      const [code = '', ...others] = snippets('js');
      expect(others).toEqual([]);
      const { said } = await inPage(stage().pages.listed, forTwin(code.replace('const base =', 'globalThis.base =')));
      expect(said).toEqual([expect.stringMatching(/^5 .*r=\d+.* [0-9a-f-]{36}$/)]);
    });

    it('reads /v1, and errors with the challenge of a 401', async () => {
      const { value } = await inPage(
        stage().pages.listed,
        `const me = await fetch(base + '/v1/me', { headers: { 'x-api-key': 'demo-app' } });
         const refused = await fetch(base + '/v1/me');
         return [
           me.status, (await me.json()).data.id,
           refused.status, (await refused.json()).errors[0].code,
           refused.headers.get('x-amzn-remapped-www-authenticate'),
         ];`,
      );
      expect(value).toEqual([200, 'demo-app', 401, 'CONSUMER_UNKNOWN', expect.stringMatching(/^ApiKey /)]);
    });

    itInFull('uploads a file by the bucket', async () => {
      const digest = stage().twin.simulator.tenant.entities.get(demoIds.experiment)?.digest;
      const attributes = {
        method: 'POST',
        path: `${experiment}/children/page.txt?digest=${digest}`,
        mediaType: 'text/plain',
        sizeBytes: 5,
      };
      const { value } = await inPage(
        stage().pages.listed,
        `const headers = { 'x-api-key': 'demo-app', 'content-type': '${jsonApi}' };
         const body = JSON.stringify({ data: { type: 'upload', attributes: ${JSON.stringify(attributes)} } });
         const { data } = await (await fetch(base + '/v1/uploads', { method: 'POST', headers, body })).json();
         const type = data.attributes.uploadHeaders['content-type'];
         const put = await fetch(data.links.upload, { method: 'PUT', headers: { 'content-type': type }, body: 'bytes' });
         const forwarded = await fetch(data.links.forward, { method: 'POST', headers });
         return [put.status, put.headers.get('etag'), forwarded.status];`,
      );
      expect(value).toEqual([200, expect.stringMatching(/^"[0-9a-f]{32}"$/), 201]);
    });

    itInFull("cannot read API Gateway's own answers where several origins are listed", async () => {
      const { value } = await inPage(stage().pages.listed, `return (await fetch(base + '/v1/nothing')).status;`);
      expect(value).toBe('TypeError');
    });
  });

  describe('a page of another origin', () => {
    it.each(['/v1/me', `${experiment}/pdf`])('cannot call %s, and nothing reaches the tenant', async (path) => {
      const { value } = await inPage(
        stage().pages.unlisted,
        `return (await fetch(base + '${path}', { headers: { 'x-api-key': 'demo-app' } })).status;`,
      );
      expect([value, arrivedAs((arrival) => arrival.path.includes('/pdf'))]).toEqual(['TypeError', false]);
    });

    itInFull('cannot PUT to the upload bucket', async () => {
      const { gateway, endpoints } = stage().twin;
      const [, bucket] =
        Object.entries(gateway.resources).find(
          ([id, { type }]) => id.startsWith('UploadsBucket') && type === 'AWS::S3::Bucket',
        ) ?? [];
      expect(bucket?.id).toMatch(/./);
      const { value } = await inPage(
        stage().pages.unlisted,
        `return (await fetch('${endpoints.s3}/${bucket?.id}/uploads/1', { method: 'PUT', body: 'x' })).status;`,
      );
      expect(value).toBe('TypeError');
    });
  });

  describe('by requests as browsers send them', () => {
    it('a preflight is granted as docs/browsers.md shows it, and does not reach the tenant', async () => {
      const [command = '', ...others] = snippets('sh');
      expect(others).toEqual([]);
      const curl = forTwin(command).replaceAll('http://localhost:5173', stage().pages.listed);
      const { stdout } = await promisify(execFile)('bash', ['-c', curl]);
      expect(stdout).toMatch(/^HTTP\/1.1 204 /);
      expect(stdout.toLowerCase()).toContain(`\r\naccess-control-allow-origin: ${stage().pages.listed}\r\n`);
      expect(arrivedAs(({ method }) => method === 'OPTIONS')).toBe(false);
      expect(stage().twin.log.filter((line) => line.includes('"preflight":"granted"')).length).toBeGreaterThan(0);
    });

    it('an answer out of the cache and a repeated one name the origin of their own request', async () => {
      const first = await ask(experiment, stage().pages.listed);
      await first.text();
      const second = await ask(experiment, secondOrigin);
      await second.text();
      expect(second.headers.get('cache-status')).toContain('hit');
      const create = (origin: string | undefined) =>
        ask(`${signalsBasePath}/entities`, origin, {
          method: 'POST',
          headers: { 'content-type': jsonApi, 'idempotency-key': 'from-two-pages' },
          body: JSON.stringify({ data: { type: 'experiment', attributes: { name: 'From a page' } } }),
        });
      const made = await create(stage().pages.listed);
      const repeated = await create(secondOrigin);
      const withoutOrigin = await create(undefined);
      expect(repeated.headers.get('idempotency-replayed')).toBe('true');
      const named = [first, second, made, repeated, withoutOrigin].map(({ headers }) =>
        headers.get('access-control-allow-origin'),
      );
      expect(named).toEqual([stage().pages.listed, secondOrigin, stage().pages.listed, secondOrigin, null]);
    });

    itInFull('every header of an answer can be read by a page, or is of no use to it', async () => {
      const answers = await Promise.all([
        ask(experiment, secondOrigin),
        ask(`${signalsBasePath}/entities/${demoIds.image}/export`, secondOrigin),
        ask('/v1/me', secondOrigin),
        ask('/v1/quota', secondOrigin),
        ask('/v1/nothing/at/all', secondOrigin),
        ask('/v1/me', secondOrigin, { headers: { 'x-api-key': 'nobody' } }),
      ]);
      await Promise.all(answers.map((answer) => answer.arrayBuffer()));
      const names = new Set(answers.flatMap(({ headers }) => [...headers.keys()]));
      const known = [...exposedHeaders.map((name) => name.toLowerCase()), ...readableAnyway, ...ofNoUse];
      expect(names.size).toBeGreaterThan(10);
      expect([...names].filter((name) => !known.includes(name) && !name.startsWith('access-control-'))).toEqual([]);
    });

    it.each(['/docs', '/oauth/callback', '/health', '/openapi.json'])(
      '%s says nothing to other origins',
      async (path) => {
        const { headers } = await ask(path, stage().pages.listed);
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      },
    );
  });
};
