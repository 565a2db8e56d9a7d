/** The portal in a real browser: its pages must work under their own policies, by keyboard, on a phone, in light and dark. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDocumentRoutes } from '../../../functions/edge/document-routes.ts';
import { httpHandler } from '../../../functions/edge/http-handler.ts';
import { projectRoot } from '../../../local/start/settings.ts';
import { itInFull, openPage } from '../../support/browser.ts';
import { startDocumentsServer } from '../../support/documents-server.ts';
import { isFull } from '../../support/test-size.ts';
import { describeKeyboard } from './docs-keyboard.ts';

/** Written by the global set-up, with the bundles. */
const assets = join(projectRoot, 'dist', 'functions', 'documents', 'assets');

const axe = readFileSync(join(projectRoot, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Each kind of page. At the small size a guide on a dark phone: the reference alone takes as long as all other pages. */
const looks = ['/docs', '/docs/guides/errors', '/docs/guides/caching', '/docs/reference', '/docs/swagger']
  .flatMap((path) => (['light', 'dark'] as const).map((scheme) => ({ path, scheme })))
  .flatMap((look) => [390, 1280].map((width) => ({ ...look, width })))
  .filter(
    ({ path, scheme, width }) => isFull || (path === '/docs/guides/caching' && scheme === 'dark' && width === 390),
  );

/** What a page shows once it is there. */
const isDrawn = (path: string): string => {
  if (path.startsWith('/docs/swagger')) return '.opblock-tag-section';
  return path.startsWith('/docs/reference') ? '.section-container, .section' : 'main h1';
};

export const describeDocsPage = (browserOf: () => Browser) =>
  describe('the page at /docs', () => {
    let handler: unknown;
    beforeAll(() => {
      handler = httpHandler('', createDocumentRoutes(assets, 'test'));
    });

    const serve = async (stagePrefix: string) => {
      const server = await startDocumentsServer(handler, stagePrefix);
      onTestFinished(() => server.close());
      return server;
    };

    /** @param options a phone, dark, or axe's script let in. */
    const open = async (path: string, stagePrefix = '/prod', options: BrowserContextOptions = {}) => {
      const server = await serve(stagePrefix);
      const page = await openPage(browserOf(), { viewport: { width: 1280, height: 900 }, ...options });
      const complaints: string[] = [];
      const requested: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requested.push(request.url()));
      await page.goto(`${server.url}${path}`);
      await page.locator(isDrawn(path)).first().waitFor();
      const origin = `${new URL(server.url).origin}/`;
      const foreign = () => requested.filter((url) => !url.startsWith(origin) && !/^(data|blob):/.test(url));
      return { page, server, complaints, foreign };
    };

    const openOperation = async (page: Page, words: string, operationId: string) => {
      await page.locator('.operation-filter-input').fill(words);
      const tag = page.locator('#operations-tag-entities[data-is-open="false"]');
      await expect.poll(() => page.locator('.opblock-tag').count()).toBe(1);
      await tag.click();
      const block = page.locator(`[id$="-${operationId}"]`);
      await block.locator('.opblock-summary-control').click();
      await block.locator('.opblock-body').waitFor();
      return block;
    };

    const authorize = async (page: Page, key: string) => {
      await page.locator('.auth-wrapper .btn.authorize').first().click();
      await page.locator('.modal-ux input[type="text"]').fill(key);
      await page.locator('.modal-ux .btn.modal-btn.authorize').click();
      await page.locator('.modal-ux .btn-done').click();
    };

    itInFull('Swagger UI takes a key, calls the facade that serves it, and shows the answer', async () => {
      const { page, server, complaints } = await open('/docs/swagger');
      await authorize(page, 'demo-app');
      const block = await openOperation(page, 'list entities by type', 'getEntities');
      await block.locator('tr[data-param-name="page[limit]"] input').fill('5');
      await block.locator('.btn.execute').click();
      await block
        .locator('.live-responses-table .response .microlight, .live-responses-table .response code')
        .first()
        .waitFor();
      expect(await block.locator('.live-responses-table').innerText()).toContain('experiment:from-the-test');
      expect(server.calls).toHaveLength(1);
      expect(server.calls[0]?.key).toBe('demo-app');
      const called = new URL(server.calls[0]?.url ?? '', 'http://localhost');
      expect(called.pathname).toBe('/api/rest/v1.0/entities');
      expect(called.searchParams.get('page[limit]')).toBe('5');
      expect(complaints).toEqual([]);
    });

    itInFull('Swagger UI finds operations by words of their path and summary', async () => {
      const { page } = await open('/docs/swagger');
      await page.locator('.operation-filter-input').fill('enumeration state');
      await expect.poll(() => page.locator('.opblock-tag').allInnerTexts()).toHaveLength(1);
      expect(await page.locator('.opblock-tag').first().innerText()).toContain('parallel-experiments');
    });

    it('the reference takes a key, calls the facade that serves it, and asks nobody else', async () => {
      const { page, server, complaints, foreign } = await open('/docs/reference#tag/entities/getEntities');
      await page
        .getByRole('button', { name: /Test Request/ })
        .first()
        .click();
      await page.locator('input[aria-labelledby^="scalar-client"]').fill('demo-app');
      await page.locator('[data-addressbar-action="send"]:visible').click();
      await expect.poll(() => server.calls.length).toBe(1);
      expect([server.calls[0]?.key, new URL(server.calls[0]?.url ?? '', 'http://localhost').pathname]).toEqual([
        ...['demo-app', '/api/rest/v1.0/entities'],
      ]);
      await page.getByText('experiment:from-the-test').first().waitFor();
      expect([complaints, foreign()]).toEqual([[], []]);
      expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain(
        'demo-app',
      );
    });

    itInFull('a reader finds a guide and an operation by keyboard alone', async () => {
      const { page, complaints } = await open('/docs');
      await page.keyboard.press('/');
      await page.keyboard.type('fresh answers', { delay: 0 });
      await page.locator('#results li').first().waitFor();
      await page.keyboard.press('Escape');
      expect(await page.locator('#results').isHidden()).toBe(true);
      await page.keyboard.type('reserve calls');
      await page.locator('#results a[href*="createBooking"]').waitFor();
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.closest("#results") !== null')).toBe(true);
      await page.locator('#results a[href*="createBooking"]').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/docs/reference#tag/facade-quota/createBooking');
      await page.getByRole('heading', { name: 'Reserve calls in a period' }).waitFor();
      expect(complaints).toEqual([]);
    });

    it('examples name the facade that serves them', async () => {
      const { page, server } = await open('/docs/guides/quick-start');
      await expect.poll(() => page.locator('pre').first().innerText()).toContain(`${server.url}/v1/me`);
      expect(await page.locator('main').innerText()).not.toContain("'http://127.0.0.1:4000/");
    });

    it.each(looks)('$path at $width px, $scheme: no violation of axe, no sideways scroll, no error', async (look) => {
      const { page, complaints, foreign } = await open(look.path, '/prod', {
        ...{ viewport: { width: look.width, height: 850 }, colorScheme: look.scheme, bypassCSP: true },
      });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
      const schemes = await page.evaluate('getComputedStyle(document.documentElement).colorScheme');
      expect(schemes).toContain(look.scheme);
      await page.addScriptTag({ content: axe });
      const violations = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
      );
      expect(violations).toEqual([]);
      expect([complaints, foreign()]).toEqual([[], []]);
    });

    describeKeyboard(open);

    itInFull.each([
      ['/docs', '/prod'],
      ['/docs/', '/prod'],
      ['/docs', ''],
      ['/docs/swagger', ''],
      ['/docs/reference', ''],
      ['/docs/guides/errors', ''],
    ])('works at %s with the prefix %j and asks nobody else', async (path, prefix) => {
      const { page, server, complaints, foreign } = await open(path, prefix);
      const link = await page.evaluate(`document.querySelector('a[href$="openapi.json"]').href`);
      expect(link).toBe(`${server.url}/openapi.json`);
      expect([complaints, foreign()]).toEqual([[], []]);
    });

    itInFull('Swagger UI forgets the key when the page is loaded again', async () => {
      const { page } = await open('/docs/swagger');
      await authorize(page, 'demo-app');
      await page.reload();
      await page.locator('.auth-wrapper .btn.authorize.unlocked').first().waitFor();
      expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain(
        'demo-app',
      );
    });
  });
