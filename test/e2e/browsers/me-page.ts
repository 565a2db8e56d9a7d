/** The page at /me in a real browser, in front of a twin: by keyboard alone, on a phone, in light and dark, with hostile names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { askAt } from '../../../local/incidents/ask-facade.ts';
import { projectRoot } from '../../../local/start/settings.ts';
import { itInFull, openPage } from '../../support/browser.ts';
import { itByKeyboard } from '../../support/keyboard.ts';
import { createLinkingApp } from '../../support/linking-app.ts';
import { useSharedTwin } from '../../support/shared-twin.ts';
import { isFull } from '../../support/test-size.ts';
import type { TestTwin } from '../../support/twin.ts';
import { hostile, hostileAnswers, instant } from './me-hostile.ts';

const axe = readFileSync(join(projectRoot, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** At the small size: a dark phone. */
const looks = (['light', 'dark'] as const)
  .flatMap((scheme) => [390, 1280].map((width) => ({ scheme, width })))
  .filter(({ scheme, width }) => isFull || (scheme === 'dark' && width === 390));

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

    itByKeyboard(['/me'], 'takes a person from the key to the answer of a call', async () => {
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

    itInFull('says of a key that was revoked, and of one that has expired, that it opens nothing', async () => {
      const app = await createLinkingApp(twin, {}, 'of-ended-keys');
      const keys = '/v1/consumers/of-ended-keys/keys';
      const ask = askAt(twin.url);
      const { document } = await ask('GET', keys, 'demo-admin');
      for (const { id } of document.data) await ask('DELETE', `${keys}/${id}`, 'demo-admin');
      // Longer each time: a busy machine may take longer to make a key than the key is valid.
      const makeShort = async (seconds: number): Promise<string> => {
        const expiresAt = new Date(Date.now() + seconds * 1_000).toISOString();
        const made = await ask('POST', keys, 'demo-admin', {
          data: { type: 'consumer-key', attributes: { expiresAt } },
        });
        return made.status === 201 ? made.document.data.attributes.key : makeShort(2 * seconds);
      };
      const short = await makeShort(2);
      await expect.poll(async () => (await ask('GET', '/v1/me', short)).status).toBe(401);
      const { page } = await open();
      for (const key of [app.key, short]) {
        await page.locator('#key').fill(key);
        await page.keyboard.press('Enter');
        await expect
          .poll(() => page.locator('#refusal').innerText())
          .toMatch(/opens nothing here.* expired or revoked/);
        expect(await page.locator('#board').isHidden()).toBe(true);
        await page.locator('#key').fill('');
        await page.reload();
        await page.locator('#key:focus').waitFor();
      }
    });

    itInFull('shows more requests at the press of a key, asked of this facade whatever the answer names', async () => {
      const { page, requests } = await open();
      const attributes = {
        ...{ method: 'GET', operation: 'GET /roles', sends: [], status: 200, standsFor: 1 },
        ...{ startedAt: instant, durationMillis: 1 },
      };
      const pageOf = (ids: readonly string[], next?: string) => ({
        links: next === undefined ? {} : { next },
        data: ids.map((id) => ({ type: 'request', id, attributes })),
      });
      await page.route('**/v1/requests?*', (route) => {
        const isSecond = route.request().url().includes('cursor');
        const next = 'https://elsewhere.example/v1/requests?page[cursor]=second';
        return route.fulfill({ json: isSecond ? pageOf(['third']) : pageOf(['first', 'second'], next) });
      });
      const counts = { calls: 1, hits: 1, upstreamCalls: 0, refusals: 0, errors: 1, bytes: 1 };
      const from = `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}T00:00:00.000Z`;
      await page.route('**/v1/usage?*', (route) =>
        route.fulfill({ json: { links: {}, data: [{ attributes: { ...counts, from } }] } }),
      );
      await enterAndWait(page, 'demo-app');
      expect(await page.locator('#usage p').first().innerText()).toMatch(/^1 call: 1 answered.* 1 error\./);
      const items = page.locator('#requests summary');
      expect(await items.count()).toBe(2);
      await press(page, 'Tab', '#requests button:text("Show more")');
      await page.keyboard.press('Enter');
      await expect.poll(() => items.count()).toBe(3);
      await page.locator('#requests li:nth-child(3) summary:focus').waitFor();
      expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
      await page.keyboard.press('Enter');
      expect(await page.locator('#requests li:nth-child(3) dl').innerText()).toContain('third');
      expect(requests.filter((request) => !request.url().startsWith(`${twin.url}/`))).toEqual([]);
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
