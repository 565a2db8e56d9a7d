/** The page at /me in a real browser, in front of a twin: by keyboard alone, on a phone, in light and dark, with hostile names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../local/start/settings.ts';
import { itInFull, openPage } from '../../support/browser.ts';
import { createLinkingApp } from '../../support/linking-app.ts';
import { useSharedTwin } from '../../support/shared-twin.ts';
import { isFull } from '../../support/test-size.ts';
import type { TestTwin } from '../../support/twin.ts';

const axe = readFileSync(join(projectRoot, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** At the small size: a dark phone. */
const looks = (['light', 'dark'] as const)
  .flatMap((scheme) => [390, 1280].map((width) => ({ scheme, width })))
  .filter(({ scheme, width }) => isFull || (scheme === 'dark' && width === 390));

const hostile = '<img src=x onerror="document.title=1"><script>alert(1)</script>';
const instant = '2026-03-01T00:00:00.000Z';

/** Answers whose names are hostile. */
const hostileAnswers: Readonly<Record<string, unknown>> = {
  '/v1/me': {
    data: {
      id: hostile,
      attributes: {
        ...{
          scopes: [hostile, 'subscriptions:read'],
          actsAs: ['user', hostile],
          contact: hostile,
          displayName: hostile,
          returnUrls: [hostile],
        },
        ...{ key: { id: hostile }, quota: { priority: hostile, weight: 1, caps: [] } },
      },
      meta: { unknownScopes: [hostile] },
    },
  },
  '/v1/requests': {
    links: {},
    data: [
      {
        type: 'request',
        id: hostile,
        attributes: {
          ...{ method: 'GET', operation: hostile, reason: hostile, errorCode: hostile, cacheStatus: hostile },
          ...{ sends: [], status: 500, standsFor: 1, startedAt: instant, durationMillis: 1 },
        },
      },
    ],
  },
  '/v1/usage': { links: {}, data: [] },
  '/v1/me/tokens': {
    links: {},
    data: [
      {
        id: hostile,
        attributes: {
          ...{ subject: hostile, state: 'living', personEmail: hostile, personId: '1' },
          ...{ linkedAt: instant, lastUsedAt: instant, daysLeft: 3 },
        },
      },
    ],
  },
  '/v1/subscriptions': {
    data: [
      {
        id: hostile,
        attributes: {
          ...{ consumerId: hostile, state: 'active', queueArn: `arn:${hostile}`, filter: { type: [hostile] } },
          ...{ startAt: instant, enriched: false },
        },
      },
    ],
  },
};

export const describeMePage = (browserOf: () => Browser) =>
  describe('the page at /me', () => {
    let twin: TestTwin;
    useSharedTwin((shared) => {
      twin = shared;
    });

    const open = async (options: BrowserContextOptions = {}) => {
      const page = await openPage(browserOf(), { viewport: { width: 1280, height: 900 }, ...options });
      const complaints: string[] = [];
      const requests: Request[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requests.push(request));
      await page.goto(`${twin.url}/me`);
      await page.locator('#key:focus').waitFor();
      return { page, complaints, requests };
    };

    const enter = async (page: Page, key: string) => {
      await page.locator('#key:focus').waitFor();
      await page.keyboard.type(key);
      await page.keyboard.press('Enter');
    };
    const enterAndWait = async (page: Page, key: string) => {
      await enter(page, key);
      await page.locator('#name:focus').waitFor();
      await expect.poll(() => page.locator('#board [aria-busy]').count()).toBe(0);
    };

    const press = async (page: Page, key: string, until: string) => {
      for (let presses = 0; (await page.locator(`${until}:focus`).count()) === 0; presses += 1) {
        expect(presses).toBeLessThan(60);
        await page.keyboard.press(key);
      }
    };

    it('takes a person from the key to the answer of a call by keyboard alone', async () => {
      const { page, complaints, requests } = await open();
      await enterAndWait(page, 'demo-app');
      expect(await page.locator('#who').innerText()).toContain('demo-app');
      expect(await page.locator('#limits').innerText()).toContain('by all applications together');
      expect(await page.locator('#scopes').innerText()).toContain('Do everything with exports.');
      await press(page, 'Tab', '#find-operation');
      await page.keyboard.type('one entity getEntity');
      await expect.poll(() => page.locator('#operation').inputValue()).not.toBe('getEntities');
      await page.locator('#find-operation').press('ControlOrMeta+a');
      await page.keyboard.type('List entities by type');
      await expect.poll(() => page.locator('#operation').inputValue()).toBe('getEntities');
      await press(page, 'Tab', '#call button.main');
      await page.keyboard.press('Enter');
      await page.locator('#answer pre').waitFor();
      const answer = await page.locator('#answer').innerText();
      expect(answer).toContain('Status 200');
      expect(answer).toContain('signals-facade');
      expect(answer).toContain('experiment:');
      await press(page, 'Shift+Tab', '#sign-out');
      await page.keyboard.press('Enter');
      await page.locator('#key:focus').waitFor();
      expect(await page.locator('#board').innerText()).not.toContain('demo-app');
      expect(await page.locator('#key').inputValue()).toBe('');
      // The key is in a header to the facade, and nowhere else.
      const keyed = requests.filter((request) => request.headers()['x-api-key'] === 'demo-app');
      expect(keyed.length).toBeGreaterThan(5);
      expect(requests.filter((request) => !request.url().startsWith(`${twin.url}/`))).toEqual([]);
      expect(requests.map((request) => request.url() + (request.postData() ?? '')).join()).not.toContain('x-api-key');
      const kept =
        'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.title, document.cookie])';
      expect(await page.evaluate(kept)).not.toContain('demo-app');
      expect(complaints).toEqual([]);
    });

    it('says in plain words why a key opens nothing, and what a key lacks', async () => {
      const { page, complaints } = await open();
      await enter(page, 'no-such-key');
      await expect.poll(() => page.locator('#refusal').innerText()).toContain('This key opens nothing here');
      await page.locator('#key').fill('zwei Wörter');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('#refusal').innerText()).toContain('not a facade key');
      await page.locator('#key').fill('');
      await enterAndWait(page, 'demo-reader');
      expect(await page.locator('#subscriptions').innerText()).toContain('subscriptions:read');
      expect(await page.locator('#tokens').innerText()).toContain('calls for no people');
      // Chromium reports the answer 401.
      expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
    });

    it('makes one link for a person, however often the button is pressed', async () => {
      const { page, requests } = await open();
      await enterAndWait(page, 'demo-people');
      await page.locator('#link input[name="subject"]').fill('of-me-page');
      await page.evaluate(`(() => {
        const button = document.querySelector('#link button');
        button.click();
        button.click();
      })()`);
      await page.locator('#link-url').waitFor();
      expect(await page.locator('#link-url').inputValue()).toContain(`${twin.url}/oauth/start?ticket=`);
      expect(requests.filter((request) => request.method() === 'POST')).toHaveLength(1);
    });

    itInFull('leads the person of a link back to the address that the application lists, or to this page', async () => {
      const returnUrl = 'https://lab.example.com/from-me';
      const app = await createLinkingApp(twin, { displayName: 'Lab <board>', returnUrls: [returnUrl] }, 'of-me-page');
      const { page } = await open();
      await enterAndWait(page, app.key);
      expect(await page.locator('#name').innerText()).toBe('Lab <board>');
      const made = async (back: { readonly label: string } | { readonly value: string }) => {
        await page.locator('#link input[name="subject"]').fill('anna');
        await page.locator('#link select').selectOption(back);
        const link = page.locator('#link-url');
        const now = async () => ((await link.count()) > 0 ? link.inputValue() : '');
        const before = await now();
        await page.getByRole('button', { name: 'Make a link' }).click();
        await expect.poll(async () => ['', before].includes(await now())).toBe(false);
        return now();
      };
      const linkBack = await made({ value: returnUrl });
      const linkHere = await made({ label: 'this page' });
      const person = await openPage(browserOf());
      await person.route(returnUrl, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Lab</title>' }));
      for (const [link, address] of [
        [linkBack, returnUrl],
        [linkHere, `${twin.url}/me`],
      ] as const) {
        await person.goto(link);
        expect(await person.locator('main').innerText()).toContain('Lab <board>');
        await person.getByRole('button', { name: 'Continue to the login' }).click();
        await person.locator('select').selectOption('101');
        await person.locator('button[value="allow"]').click();
        await person.getByRole('link', { name: 'Back to Lab <board>', exact: true }).click();
        await person.waitForURL(address);
      }
      await page.reload();
      await enterAndWait(page, app.key);
      expect(await page.locator('#tokens li').innerText()).toContain('anna');
      await page.getByRole('button', { name: 'Forget the token of anna' }).click();
      await page.getByRole('button', { name: 'Forget it' }).click();
      await expect.poll(() => page.locator('#tokens').innerText()).toContain('is forgotten');
      expect((await app.call('GET', '/v1/me/token', 'anna')).status).toBe(404);
    });

    it('offers to try again where the facade fails, and keeps the rest', async () => {
      const { page } = await open();
      let fails = true;
      await page.route('**/v1/usage?*', (route) => (fails ? route.abort() : route.continue()));
      await enterAndWait(page, 'demo-app');
      expect(await page.locator('#usage').innerText()).toContain('cannot be reached');
      expect(await page.locator('#scopes li').count()).toBeGreaterThan(0);
      fails = false;
      await page.locator('#usage').getByRole('button', { name: 'Try again' }).click();
      await expect.poll(() => page.locator('#usage').innerText()).not.toContain('cannot be reached');
    });

    it('shows hostile names as text', async () => {
      const { page } = await open();
      await page.route('**/v1/**', (route) => {
        const answer = hostileAnswers[new URL(route.request().url()).pathname];
        return answer === undefined ? route.fulfill({ status: 404, body: hostile }) : route.fulfill({ json: answer });
      });
      await enterAndWait(page, 'demo-app');
      for (const place of ['#who', '#scopes', '#requests', '#subscriptions', '#tokens'])
        expect(await page.locator(place).innerText()).toContain('<img');
      expect(await page.locator('main img, main script').count()).toBe(0);
      expect(await page.title()).toBe('Your access - Signals facade');
    });

    it.each(looks)('at $width px, $scheme: no violation of axe, no sideways scroll, no error', async (look) => {
      const { page, complaints } = await open({
        ...{ viewport: { width: look.width, height: 850 }, colorScheme: look.scheme, bypassCSP: true },
      });
      await page.addScriptTag({ content: axe });
      const violations = () =>
        page.evaluate(
          'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
        );
      expect(await violations()).toEqual([]);
      await enterAndWait(page, 'demo-people');
      await page.locator('#call button.main').click();
      await page.locator('#answer pre').waitFor();
      expect(await violations()).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
      expect(complaints).toEqual([]);
    });

    itInFull('works at /me/, too', async () => {
      const { page, complaints } = await open();
      await page.goto(`${twin.url}/me/`);
      await enterAndWait(page, 'demo-app');
      expect(complaints).toEqual([]);
    });
  });
