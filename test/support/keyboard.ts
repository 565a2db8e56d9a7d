/** Cases that use a page by keyboard alone, as people do who cannot use a mouse. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { itInFull } from './browser.ts';
import { kindOfPage } from './served-pages.ts';

const used = new Set<string>();
/** The kinds of pages that have such a case. Complete when all tests of the file are declared. */
export const pagesByKeyboard: ReadonlySet<string> = used;

const declareBy =
  (declare: (title: string, run: () => Promise<void>) => void) =>
  (paths: readonly string[], title: string, run: () => Promise<void>): void => {
    for (const path of paths) used.add(kindOfPage(path));
    declare(`by keyboard alone, ${title}`, run);
  };

/** Takes the paths of the pages that the case uses. */
export const itByKeyboard = declareBy(it);
export const itByKeyboardInFull = declareBy(itInFull);

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
export const tabTo = async (page: Page, selector: string): Promise<void> => {
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

/** On the login page of the simulator, which is none of the facade's: it need not show its focus. */
export const logInByKeyboard = async (page: Page, decision: 'allow' | 'deny'): Promise<void> => {
  const reach = async (selector: string): Promise<void> => {
    while (!(await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)))
      await page.keyboard.press('Tab');
  };
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await reach('select');
  while ((await page.locator('select').inputValue()) !== '101') await page.keyboard.press('ArrowDown');
  await reach(`button[value="${decision}"]`);
  await page.keyboard.press('Enter');
};
