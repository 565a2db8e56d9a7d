/** The pages of a login on a phone, in light and dark: the consent page, and the page that says how it ended. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { projectRoot } from '../../../local/start/settings.ts';
import { itInFull, openPage } from '../../support/browser.ts';
import { logInByKeyboard } from '../../support/keyboard.ts';

const axe = readFileSync(join(projectRoot, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const width = 390;
const found =
  'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))';

export const describeConsentLooks = (browserOf: () => Browser, linkFor: (subject: string) => Promise<string>): void => {
  itInFull.each(['light', 'dark'] as const)('have no violation of axe and no sideways scroll, %s', async (scheme) => {
    const page = await openPage(browserOf(), {
      ...{ bypassCSP: true, colorScheme: scheme, viewport: { width, height: 700 } },
    });
    const check = async (): Promise<void> => {
      await page.addScriptTag({ content: axe });
      expect(await page.evaluate(found)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    };
    await page.goto(await linkFor('looks'));
    await check();
    await page.getByRole('button', { name: 'Continue to the login' }).click();
    await logInByKeyboard(page, 'allow');
    await page.locator('body[data-outcome="done"]').waitFor();
    await check();
  });
};
