/** Each kind of page of the portal by keyboard alone: Tab leads to its main action, and Enter does it. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { itByKeyboard, itByKeyboardInFull, tabTo } from '../../support/keyboard.ts';

type Opened = { readonly page: Page; readonly server: { readonly calls: readonly { readonly url: string }[] } };
type Open = (path: string) => Promise<Opened>;

export const describeKeyboard = (open: Open): void => {
  itByKeyboard(['/docs'], 'the start page leads to the quick start', async () => {
    const { page } = await open('/docs');
    await tabTo(page, 'main a[href$="guides/quick-start"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/guides/quick-start');
    expect(await page.locator('main h1').innerText()).toMatch(/quick start/i);
  });

  itByKeyboard(
    ['/docs/guides/errors'],
    'a guide begins with a way past the bar and the list of guides, and its links and examples follow',
    async () => {
      const { page } = await open('/docs/guides/errors');
      await tabTo(page, '.skip');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('content');
      await tabTo(page, 'main pre');
      await tabTo(page, 'main a[href="quota"]');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/docs/guides/quota*');
    },
  );

  itByKeyboard(['/docs/guides/caching'], 'the search leads to what it finds', async () => {
    const { page } = await open('/docs/guides/caching');
    await tabTo(page, '#search');
    await page.keyboard.type('reserve calls');
    await page.locator('#results a[href*="createBooking"]').waitFor();
    await tabTo(page, '#results a[href*="createBooking"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/reference#tag/facade-quota/createBooking');
  });

  itByKeyboardInFull(['/docs/reference'], 'the reference takes a key, sends a call and shows its answer', async () => {
    const { page, server } = await open('/docs/reference#tag/entities/getEntities');
    await page
      .getByRole('button', { name: /Test Request/ })
      .first()
      .waitFor();
    // The operation that the address names has the focus once it is drawn.
    await page.locator('section[id$="tag/entities/getEntities"]:focus').waitFor();
    await tabTo(page, '[id$="tag/entities/getEntities"] .show-api-client-button');
    await page.keyboard.press('Enter');
    await page.locator('input[aria-labelledby^="scalar-client"]').waitFor();
    await tabTo(page, 'input[aria-labelledby^="scalar-client"]');
    await page.keyboard.type('demo-app');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => server.calls.length).toBe(1);
    expect(server.calls[0]).toMatchObject({ key: 'demo-app' });
    await page.getByText('experiment:from-the-test').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-addressbar-action="send"]:visible').waitFor({ state: 'hidden' });
  });

  itByKeyboardInFull(['/docs/swagger'], 'Swagger UI takes a key, sends a call and shows its answer', async () => {
    const { page, server } = await open('/docs/swagger');
    await tabTo(page, '.auth-wrapper .btn.authorize');
    await page.keyboard.press('Enter');
    await page.locator('.modal-ux input:focus').waitFor();
    await page.keyboard.type('demo-app');
    await tabTo(page, '.modal-ux .btn.modal-btn.authorize');
    await page.keyboard.press('Enter');
    await page.locator('.modal-ux .btn-done').waitFor();
    await tabTo(page, '.modal-ux .btn-done');
    await page.keyboard.press('Enter');
    await page.locator('.modal-ux').waitFor({ state: 'detached' });
    await tabTo(page, '.operation-filter-input');
    await page.keyboard.type('list entities by type');
    await expect.poll(() => page.locator('.opblock-tag-section').count()).toBeLessThan(5);
    await tabTo(page, '#operations-tag-entities button');
    await page.keyboard.press('Enter');
    const block = page.locator('[id$="-getEntities"]');
    await block.waitFor();
    await tabTo(page, '[id$="-getEntities"] .opblock-summary-control');
    await page.keyboard.press('Enter');
    await block.locator('.btn.execute').waitFor();
    await tabTo(page, '[id$="-getEntities"] .btn.execute');
    await page.keyboard.press('Enter');
    await block.locator('.live-responses-table .response-col_status', { hasText: '200' }).first().waitFor();
    expect(server.calls).toEqual([expect.objectContaining({ key: 'demo-app' })]);
    expect(await block.locator('.live-responses-table').innerText()).toContain('experiment:from-the-test');
  });
};
