/** Each kind of page of the portal by keyboard alone: Tab leads to its main action, always to be seen, and Enter does it. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';

type Opened = { readonly page: Page; readonly server: { readonly calls: readonly { readonly url: string }[] } };
type Open = (path: string) => Promise<Opened>;

/** Marks where the focus is, and says how that looks. */
const look = `(() => {
  const element = document.activeElement;
  const wasHere = element.hasAttribute('data-tabbed');
  element.setAttribute('data-tabbed', '');
  const shown = (style) =>
    (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  const { width, height } = element.getBoundingClientRect();
  return {
    isBody: element === document.body,
    wasHere,
    isVisible: width > 0 && height > 0 && shown(getComputedStyle(element)),
    html: element.outerHTML.slice(0, 200),
  };
})()`;
type Look = { readonly isBody: boolean; readonly wasHere: boolean; readonly isVisible: boolean; readonly html: string };

/** Presses Tab until the focus is on it. On the way, the focus is always to be seen, and is nowhere twice. */
const tabTo = async (page: Page, selector: string): Promise<void> => {
  const isThere = `document.activeElement.matches(${JSON.stringify(selector)})`;
  await page.evaluate(
    "for (const one of document.querySelectorAll('[data-tabbed]')) one.removeAttribute('data-tabbed')",
  );
  do {
    await page.keyboard.press('Tab');
    const seen: Look = await page.evaluate(look);
    expect(seen).toMatchObject({ isBody: false, wasHere: false, isVisible: true });
  } while (!(await page.evaluate(isThere)));
};

export const describeKeyboard = (open: Open): void => {
  it('by keyboard, the start page leads to the quick start', async () => {
    const { page } = await open('/docs');
    await tabTo(page, 'main a[href$="guides/quick-start"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/guides/quick-start');
    expect(await page.locator('main h1').innerText()).toMatch(/quick start/i);
  });

  it('by keyboard, a guide begins with a way past the bar and the list of guides, and its links and examples follow', async () => {
    const { page } = await open('/docs/guides/errors');
    await tabTo(page, '.skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await tabTo(page, 'main pre');
    await tabTo(page, 'main a[href="quota"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/guides/quota*');
  });

  it('by keyboard, the search leads to what it finds', async () => {
    const { page } = await open('/docs/guides/caching');
    await tabTo(page, '#search');
    await page.keyboard.type('reserve calls');
    await page.locator('#results a[href*="createBooking"]').waitFor();
    await tabTo(page, '#results a[href*="createBooking"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/reference#tag/facade-quota/createBooking');
  });
};
