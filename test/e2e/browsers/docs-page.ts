/** The documentation page in a real browser: it must work under its own strict policy, and call the facade that serves it. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDocumentRoutes } from '../../../functions/edge/document-routes.ts';
import { httpHandler } from '../../../functions/edge/http-handler.ts';
import { projectRoot } from '../../../local/start/settings.ts';
import { itInFull, openPage } from '../../support/browser.ts';
import { startDocumentsServer } from '../../support/documents-server.ts';

/** Written by the global set-up, with the bundles. */
const assets = join(projectRoot, 'dist', 'functions', 'documents', 'assets');

export const describeDocsPage = (browserOf: () => Browser) =>
  describe('the page at /docs', () => {
    let handler: unknown;
    beforeAll(() => {
      handler = httpHandler('', createDocumentRoutes(assets, 'test'));
    });

    const open = async (path: string, stagePrefix = '/prod') => {
      const server = await startDocumentsServer(handler, stagePrefix);
      onTestFinished(() => server.close());
      const page = await openPage(browserOf(), { viewport: { width: 1280, height: 900 } });
      const complaints: string[] = [];
      const requested: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requested.push(request.url()));
      await page.goto(`${server.url}${path}`);
      await page.locator('.opblock-tag-section').first().waitFor();
      return { page, server, complaints, requested };
    };

    const openOperation = async (page: Page, words: string, operationId: string) => {
      await page.locator('.operation-filter-input').fill(words);
      const tag = page.locator('.opblock-tag[data-is-open="false"]').first();
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

    it('takes a key, calls the facade that serves it, and shows the answer', async () => {
      const { page, server, complaints } = await open('/docs');
      await authorize(page, 'demo-app');
      const block = await openOperation(page, 'entities', 'getEntities');
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

    itInFull('finds operations by words of their path and summary', async () => {
      const { page } = await open('/docs');
      await page.locator('.operation-filter-input').fill('enumeration state');
      await expect.poll(() => page.locator('.opblock-tag').allInnerTexts()).toHaveLength(1);
      expect(await page.locator('.opblock-tag').first().innerText()).toContain('parallel-experiments');
    });

    itInFull.each([
      ['/docs', '/prod'],
      ['/docs/', '/prod'],
      ['/docs', ''],
    ])('works at %s with the prefix %j and asks nobody else', async (path, prefix) => {
      const { page, server, complaints, requested } = await open(path, prefix);
      expect(await page.locator('#document-link').getAttribute('href')).toBe(`${server.url}/openapi.json`);
      const origin = new URL(server.url).origin;
      expect(requested.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith('data:'))).toEqual([]);
      expect(complaints).toEqual([]);
    });

    itInFull('forgets the key when the page is loaded again', async () => {
      const { page } = await open('/docs');
      await authorize(page, 'demo-app');
      await page.reload();
      await page.locator('.auth-wrapper .btn.authorize.unlocked').first().waitFor();
      expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain(
        'demo-app',
      );
    });
  });
