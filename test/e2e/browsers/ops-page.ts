/** The page at /ops in a real browser, in front of a twin: by keyboard alone, on a phone, in light and dark, with hostile names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveOps } from '../../../local/ops/ops.ts';
import { projectRoot } from '../../../local/start/settings.ts';
import { itInFull, openPage } from '../../support/browser.ts';
import { itByKeyboard } from '../../support/keyboard.ts';
import { isFull } from '../../support/test-size.ts';
import type { TestTwin } from '../../support/twin.ts';
import { hostileAnswers } from './ops-hostile.ts';

type Stage = {
  readonly twin: TestTwin;
  readonly browser: Browser;
  /** How far the clock of the alarms is ahead. */
  readonly ahead: { millis: number };
  /** Of pages that may call the facade. */
  readonly otherOrigin: string;
};

const axe = readFileSync(join(projectRoot, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** At the small size: a dark phone. */
const looks = (['light', 'dark'] as const)
  .flatMap((scheme) => [390, 1200].map((width) => ({ scheme, width })))
  .filter(({ scheme, width }) => isFull || (scheme === 'dark' && width === 390));

export const describeOpsPage = (stage: () => Stage) =>
  describe('the page at /ops', () => {
    let close: () => Promise<void>;
    beforeAll(() => {
      const { twin, ahead } = stage();
      ({ close } = serveOps({
        ...{ gateway: twin.gateway, endpoints: twin.endpoints, simulator: twin.simulator },
        nowMillis: () => Date.now() + ahead.millis,
      }));
    });
    afterAll(() => close?.());

    const open = async (options: BrowserContextOptions = {}) => {
      const { browser, twin } = stage();
      const page = await openPage(browser, { viewport: { width: 1280, height: 900 }, ...options });
      const complaints: string[] = [];
      const requested: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requested.push(request.url()));
      const foreign = () => requested.filter((url) => !url.startsWith(`${twin.url}/`));
      return { page, complaints, requested, foreign, go: () => page.goto(`${twin.url}/ops`) };
    };

    /** Types into the field that has the focus. */
    const typeKey = async (page: Page, key: string) => {
      await page.locator('#key:focus').waitFor();
      await page.keyboard.type(key);
      await page.keyboard.press('Enter');
    };
    const enter = async (page: Page) => {
      await typeKey(page, 'demo-admin');
      await page.locator('#verdict[data-state]').waitFor();
      await page.locator('[data-chart="usage"] canvas').waitFor();
    };

    /** By Tab alone. @param place a selector. */
    const tabTo = async (page: Page, place: string) => {
      const isThere = () => page.evaluate(`document.activeElement.matches(${JSON.stringify(place)})`);
      for (let presses = 0; presses < 300 && !(await isThere()); presses += 1) await page.keyboard.press('Tab');
      expect(await isThere()).toBe(true);
    };

    const failures = () => {
      const { gateway } = stage().twin;
      const id = { namespace: 'AWS/ApiGateway', name: '5XXError', dimensions: gateway.apiDimensions };
      return gateway.statistic(id, 'Sum', 0, Number.POSITIVE_INFINITY) ?? 0;
    };

    itByKeyboard(
      ['/ops'],
      'a fault is provoked, its alarm rings, the fault is ended, and the alarm is OK',
      async () => {
        const { page, complaints, foreign, go } = await open();
        const { ahead } = stage();
        await go();
        await enter(page);
        expect(await page.evaluate('document.activeElement.id')).toBe('verdict-title');
        const before = failures();
        await tabTo(page, '[data-focus="fault-tenant-500"]');
        await page.keyboard.press('Enter');
        await page.locator('[data-fault="tenant-500"][data-on]').waitFor();
        expect(await page.evaluate('document.activeElement.dataset.focus')).toBe('fault-tenant-500');
        // As many as the alarm Failures needs.
        await expect.poll(failures).toBeGreaterThanOrEqual(before + 5);
        ahead.millis += 60_000;
        await page.locator('[data-alarm="Failures"][data-state="ALARM"]').waitFor();
        expect(await page.locator('#verdict').innerText()).toMatch(
          /rings?[\s\S]*Failures[\s\S]*Provoked here: The tenant answers 500/,
        );
        await expect.poll(() => page.locator('#news').innerText()).toContain('The alarm Failures is now ALARM.');
        const link = page.locator('[data-alarm="Failures"] a');
        expect(await link.getAttribute('href')).toMatch(/\/docs\/guides\/runbook#answers-of-500-and-above$/);
        await page.locator('#decisions .pill[data-kind="failed"]').first().waitFor();

        await tabTo(page, '#end-faults');
        await page.keyboard.press('Enter');
        await page.locator('#faults-answer', { hasText: 'Ended.' }).waitFor();
        await expect.poll(() => page.locator('[data-on]').count()).toBe(0);
        ahead.millis += 900_000;
        await page.locator('[data-alarm="Failures"][data-state="OK"]').waitFor({ state: 'attached' });
        expect(await page.locator('#change-list').textContent()).toMatch(
          /Failures: ALARM → OK[\s\S]*Failures: \w[\w ]* → ALARM/,
        );
        expect([complaints, foreign()]).toEqual([[], []]);
      },
    );

    itInFull('opens a decision by keyboard, and shows what the budget and the tenant did', async () => {
      const { page, go } = await open();
      const { twin } = stage();
      await fetch(`${twin.url}/api/rest/v1.0/profiles/me`, { headers: { 'x-api-key': 'demo-reader' } });
      await go();
      await enter(page);
      await tabTo(page, '#decision-filter input');
      await page.keyboard.type('demo-reader');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('#decisions .who').allInnerTexts()).not.toContain('demo-app');
      await page.locator('#decisions details').first().waitFor();
      await tabTo(page, '#decisions summary');
      await page.keyboard.press('Enter');
      const shown = await page.locator('#decisions details[open] dl').innerText();
      expect(shown).toMatch(/demo-reader[\s\S]*GET \/profiles\/me[\s\S]*granted, 1 unit,[\s\S]*200/);
    });

    it('says what is wrong with a key, and keeps no key', async () => {
      const { page, go } = await open();
      await go();
      await typeKey(page, 'nobody');
      await page.getByText('The facade does not know this key.').waitFor();
      await typeKey(page, 'demo-reader');
      await page.getByText('belongs to demo-reader, and lacks requests:read and quota-admin:read').waitFor();
      expect(await page.locator('#board').isHidden()).toBe(true);
      await typeKey(page, 'demo-admin');
      await page.locator('#verdict[data-state]').waitFor();
      const kept =
        'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, key.value])';
      expect(await page.evaluate(kept)).not.toContain('demo-admin');
      await page.reload();
      await page.locator('#sign-in').waitFor();
      expect(await page.locator('#board').isHidden()).toBe(true);
    });

    it('shows a stage that is deployed without what only a twin has, and asks it for none of that', async () => {
      const { page, go, requested, complaints } = await open();
      const health = JSON.stringify({ status: 'ok', stage: 'prod', version: '1.2.3' });
      await page.route('**/health', (route) =>
        route.request().url().endsWith('/v1/health')
          ? route.continue()
          : route.fulfill({ body: health, contentType: 'application/json' }),
      );
      await go();
      await enter(page);
      expect(await page.locator('#stage').innerText()).toBe('Stage prod, version 1.2.3.');
      await page.locator('#tokens table, #tokens p').first().waitFor();
      expect(await page.locator('#faults, #alarms, #queues, #cache').filter({ visible: true }).count()).toBe(0);
      expect(requested.filter((url) => url.includes('_twin'))).toEqual([]);
      expect(complaints).toEqual([]);
    });

    itInFull('shows hostile names as text', async () => {
      const { page, go, complaints } = await open();
      const answers = hostileAnswers();
      await page.route('**/v1/**', (route) => {
        const answer = answers[new URL(route.request().url()).pathname];
        return answer
          ? route.fulfill({ body: JSON.stringify(answer), contentType: 'application/json' })
          : route.continue();
      });
      await go();
      await enter(page);
      for (const place of ['#health', '#quota', '#apps', '#decisions', '#usage', '#tokens', '#subscriptions'])
        await expect.poll(() => page.locator(place).innerText()).toContain('<img src=x');
      expect(await page.locator('main img, main script').count()).toBe(0);
      expect(complaints).toEqual([]);
    });

    it.each(looks)(
      'at $width px, $scheme: no violation of axe, no sideways scroll, numbers beside each chart',
      async (look) => {
        const viewport = { width: look.width, height: 850 };
        const { page, complaints, foreign, go } = await open({ viewport, colorScheme: look.scheme, bypassCSP: true });
        await go();
        const violations = async () => {
          await page.addScriptTag({ content: axe });
          return page.evaluate(
            'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
          );
        };
        expect(await violations()).toEqual([]);
        await enter(page);
        await page.locator('#alarm-list summary').click();
        for (const summary of await page.locator('figure summary').all()) await summary.click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
        expect(await violations()).toEqual([]);
        // On a phone, a wide table scrolls by itself. On a desk, none is cut.
        const cut = `[...document.querySelectorAll('.table')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ ariaLabel }) => ariaLabel)`;
        if (look.width > 390) expect(await page.evaluate(cut)).toEqual([]);
        const charts = page.locator('figure[data-chart]');
        expect(await charts.count()).toBe(5);
        expect(await charts.filter({ has: page.locator('table:visible') }).count()).toBe(5);
        expect([complaints, foreign()]).toEqual([[], []]);
      },
    );

    itInFull(
      'its faults cannot be provoked from a page of another origin, not even of one that may call the facade',
      async () => {
        const { browser, twin, otherOrigin } = stage();
        const page = await openPage(browser);
        await page.goto(otherOrigin);
        const call = (method: string, headers: object) =>
          page.evaluate(
            `fetch('${twin.url}/_twin/ops/faults/tenant-down', { method: '${method}', mode: '${method === 'POST' ? 'no-cors' : 'cors'}', headers: ${JSON.stringify(headers)} }).then(({ type }) => type, () => 'refused')`,
          );
        // Without a header of its own, a page may send it, but without the key. With the key, the browser asks first, and is refused.
        expect(await call('POST', {})).toBe('opaque');
        expect(await call('DELETE', { 'x-api-key': 'demo-admin' })).toBe('refused');
        const headers = { 'x-api-key': 'demo-admin', origin: otherOrigin };
        const direct = await fetch(`${twin.url}/_twin/ops/faults/tenant-down`, { method: 'POST', headers });
        expect([direct.status, await direct.json()]).toEqual([
          403,
          { error: 'A page of another site must not ask this.' },
        ]);
        const state = await fetch(`${twin.url}/_twin/ops`, { headers: { 'x-api-key': 'demo-admin' } });
        const { faults } = (await state.json()) as { faults: { sinceMillis?: number }[] };
        expect(faults.filter(({ sinceMillis }) => sinceMillis !== undefined)).toEqual([]);
      },
    );

    itInFull('a tenant that is a real one has no faults', async () => {
      const { twin } = stage();
      const real = serveOps({ gateway: twin.gateway, endpoints: twin.endpoints, simulator: undefined });
      const headers = { 'x-api-key': 'demo-admin' };
      const answer = await fetch(`${twin.url}/_twin/ops/faults/tenant-down`, { method: 'POST', headers });
      const state = (await (await fetch(`${twin.url}/_twin/ops`, { headers })).json()) as { faults: unknown[] };
      expect([answer.status, state.faults]).toEqual([409, []]);
      await real.close();
    });
  });
