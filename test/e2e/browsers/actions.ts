/** The pages of /actions in a frame of a page that plays the tenant, and of pages that do not. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { projectRoot } from '../../../local/start/settings.ts';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { itInFull, openPage } from '../../support/browser.ts';
import { itByKeyboard, logInByKeyboard, tabTo } from '../../support/keyboard.ts';
import { useSharedTwin } from '../../support/shared-twin.ts';
import type { TestTwin } from '../../support/twin.ts';

const axe = readFileSync(join(projectRoot, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** What the tenant's page does with messages: it keeps those of the frame, with their origins. */
const hostPage = (content: string) => `<!doctype html><title>Signals</title>
<script>const received = []; addEventListener('message', ({ origin, data }) => received.push({ origin, data }));</script>
${content}`;

const frameOf = (url: string) => `<iframe title="Check" src="${url}" width="800" height="600"></iframe>`;

type Received = { readonly origin: string; readonly data: unknown };

const receivedBy = (page: Page): Promise<readonly Received[]> => page.evaluate('received') as Promise<Received[]>;

/** A page of another origin than the tenant's. */
const serveElsewhere = async (html: string): Promise<string> => {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

export const describeActions = (browserOf: () => Browser) =>
  describe('the pages of external actions', () => {
    let twin: TestTwin;
    useSharedTwin((shared) => {
      twin = shared;
    });

    const open = async () => {
      const page = await openPage(browserOf(), { viewport: { width: 1_000, height: 700 } });
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      return { page, complaints };
    };

    /** The page of the tenant, whose origin is the simulator's. */
    const openTenant = async (content: string) => {
      const opened = await open();
      const url = `${twin.simulator.url}/a-page-of-signals`;
      // Not `fulfill`: Chromium lets a page that comes from no address frame none of this machine.
      const served = await serveElsewhere(hostPage(content));
      await opened.page.route(url, (route) => route.continue({ url: served }));
      await opened.page.goto(url);
      return { ...opened, frame: opened.page.frameLocator('iframe') };
    };

    const checkOf = (eid: string) => `${twin.url}/actions/signing-check?__eid=${encodeURIComponent(eid)}`;
    const opening = (title: string) => [
      ['setTitle', [title]],
      ['setWidth', [50]],
    ];
    const fromFacade = (messages: readonly unknown[]) =>
      messages.map((data) => ({ origin: new URL(twin.url).origin, data }));

    describe('the signing check', () => {
      beforeAll(async () => {
        const native = `${twin.url}/api/rest/v1.0/entities/${demoIds.experiment}`;
        const answer = await fetch(`${native}/children/Safety%20Sheet?force=true`, {
          method: 'POST',
          headers: { 'x-api-key': 'demo-app', 'content-type': 'application/vnd.ms-excel' },
          body: 'bytes',
        });
        expect(answer.status).toBe(201);
      });

      it('lets signing go on: the tenant gets exactly these messages from the facade', async () => {
        const { page, complaints, frame } = await openTenant(frameOf(checkOf(demoIds.experiment)));
        await expect.poll(async () => (await receivedBy(page)).length).toBe(3);
        expect(await receivedBy(page)).toEqual(
          fromFacade([...opening('Ready to be signed'), ['closeAndContinue', []]]),
        );
        expect(await frame.getByRole('listitem').allInnerTexts()).toEqual([
          'Safety sheet',
          'Project',
          'Not closed yet',
        ]);
        expect(complaints).toEqual([]);
      });

      itByKeyboard(['/actions/signing-check'], 'a person reads what is missing, and stops', async () => {
        const { page, complaints, frame } = await openTenant(frameOf(checkOf(demoIds.closedExperiment)));
        await frame.getByRole('heading', { name: 'Not ready to be signed' }).waitFor();
        expect(await frame.locator('main').innerText()).toContain('A child named “Safety Sheet” of the type excel');
        expect(await receivedBy(page)).toEqual(fromFacade(opening('Not ready to be signed')));
        await frame.locator('button:focus').waitFor();
        await page.keyboard.press('Enter');
        await expect.poll(async () => (await receivedBy(page)).length).toBe(3);
        expect((await receivedBy(page)).at(-1)).toEqual(fromFacade([['closeAndAbort', []]])[0]);
        expect(complaints).toEqual([]);
      });

      itInFull('takes an entity that the tenant posts into the frame', async () => {
        const entity = JSON.stringify([{ data: { id: demoIds.experiment, type: 'experiment' } }]);
        const { page, complaints } = await openTenant(
          `<iframe name="dialog" title="Check"></iframe><form method="post" target="dialog" action="${twin.url}/actions/signing-check">
<input type="hidden" name="data" value='${entity}'><button>Sign</button></form>`,
        );
        await page.getByRole('button', { name: 'Sign' }).click();
        await expect.poll(async () => (await receivedBy(page)).length).toBe(3);
        expect((await receivedBy(page)).at(-1)).toEqual(fromFacade([['closeAndContinue', []]])[0]);
        expect(complaints).toEqual([]);
      });

      it('lets no page of another origin frame it, and tells it nothing', async () => {
        const { page, complaints } = await open();
        await page.goto(await serveElsewhere(hostPage(frameOf(checkOf(demoIds.experiment)))));
        await expect.poll(() => complaints.join()).toContain('frame-ancestors');
        expect(await receivedBy(page)).toEqual([]);
        expect((await page.frames()[1]?.content()) ?? '').not.toContain('Signals facade');
      });

      itInFull.each(['light', 'dark'] as const)('has no violation of axe, %s', async (colorScheme) => {
        const page = await openPage(browserOf(), {
          bypassCSP: true,
          colorScheme,
          viewport: { width: 390, height: 700 },
        });
        await page.goto(checkOf(demoIds.closedExperiment));
        // As in a dialog, with its button.
        await page.evaluate('delete document.body.dataset.alone');
        await page.addScriptTag({ content: axe });
        const found =
          'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))';
        expect(await page.evaluate(found)).toEqual([]);
      });

      itInFull('outside a dialog it says so, and has no button', async () => {
        const { page, complaints } = await open();
        await page.goto(checkOf(demoIds.experiment));
        expect(await page.locator('main').innerText()).toContain('works in a dialog of Signals Notebook only');
        expect(await page.getByRole('button').count()).toBe(0);
        expect(complaints).toEqual([]);
      });

      itInFull('offers to stop where it cannot read the request', async () => {
        const { page, frame } = await openTenant(frameOf(`${twin.url}/actions/signing-check`));
        await frame.getByRole('button', { name: 'Stop signing' }).click();
        await expect.poll(async () => (await receivedBy(page)).at(-1)?.data).toEqual(['closeAndAbort', []]);
      });
    });

    describe('the registration of a sample', () => {
      const nativeKey = { 'x-api-key': 'demo-app' };
      const pageOf = (sampleId: string) => `${twin.url}/actions/register-sample?__eid=${encodeURIComponent(sampleId)}`;
      const stateOf = async (sampleId: string) => {
        const answer = await fetch(`${twin.url}/v1/samples/${sampleId}/registration`, { headers: nativeKey });
        return ((await answer.json()) as { data: { attributes: { state: string } } }).data.attributes.state;
      };

      beforeAll(async () => {
        const oauthClients = [{ clientId: 'demo-client', redirectUris: [`${twin.url}/oauth/callback`] }];
        await fetch(`${twin.simulator.url}/_control/behaviour`, {
          method: 'PATCH',
          body: JSON.stringify({ oauthClients }),
        });
      });

      /** Presses the button in the dialog, and answers the login in the window that it opens. */
      const logIn = async (page: Page, press: () => Promise<void>, decision: 'allow' | 'deny') => {
        const [login] = await Promise.all([page.context().waitForEvent('page'), press()]);
        await login.locator('main button').waitFor();
        await tabTo(login, 'main button');
        await login.keyboard.press('Enter');
        await logInByKeyboard(login, decision);
        await login.locator(`body[data-outcome="${decision === 'allow' ? 'done' : 'failed'}"]`).waitFor();
        return login;
      };

      const both = ['/actions/register-sample', '/oauth/register-sample'];
      itByKeyboard(
        both,
        'a person registers the sample in their own name, and the dialog closes with a refresh',
        async () => {
          const { page, complaints, frame } = await openTenant(frameOf(pageOf(demoIds.sample)));
          await frame.locator('button:focus').waitFor();
          const login = await logIn(page, () => page.keyboard.press('Enter'), 'allow');
          expect(await login.locator('main').innerText()).toMatch(/is registered in the name of .+@.+\. You can close/);
          await expect.poll(async () => (await receivedBy(page)).at(-1)?.data).toEqual(['close', [true]]);
          expect(await receivedBy(page)).toEqual(fromFacade([...opening('Register a sample'), ['close', [true]]]));
          expect(await stateOf(demoIds.sample)).toBe('in-sync');
          const entries = await fetch(`${twin.url}/v1/audit?consumer=facade.register-sample`, {
            headers: { 'x-api-key': 'demo-admin' },
          });
          const recorded = await entries.text();
          expect(recorded).toContain('"principal":"user:signals:101"');
          // Its write can be found by the id of the request.
          expect(recorded).not.toContain('"requestId":"register-sample"');
          expect(complaints).toEqual([]);
        },
      );

      itInFull('says in the dialog why it failed, and can be tried again', async () => {
        const { page, complaints, frame } = await openTenant(frameOf(pageOf(demoIds.sample)));
        const button = frame.getByRole('button', { name: 'Register this sample' });
        await logIn(page, () => button.click(), 'deny');
        await frame.locator('body[data-outcome="failed"]').waitFor();
        expect(await frame.getByRole('status').innerText()).toBe(
          'You did not allow it, so nothing was done. Try again.',
        );
        // The button has the focus, and says what it does now.
        await frame.locator('button:focus').getByText('Try again').waitFor();
        await logIn(page, () => page.keyboard.press('Enter'), 'allow');
        await frame.locator('body[data-outcome="done"]').waitFor();
        // The refusal of the page in the other window is one of its own.
        expect(complaints).toEqual([]);
      });

      itInFull.each(['light', 'dark'] as const)('has no violation of axe, %s', async (colorScheme) => {
        const page = await openPage(browserOf(), {
          bypassCSP: true,
          colorScheme,
          viewport: { width: 390, height: 700 },
        });
        const found =
          'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))';
        for (const url of [
          pageOf(demoIds.sample),
          `${twin.url}/oauth/register-sample?__eid=${demoIds.sample}&watch=${'w'.repeat(43)}`,
        ]) {
          await page.goto(url);
          await page.evaluate('delete document.body.dataset.alone');
          await page.addScriptTag({ content: axe });
          expect(await page.evaluate(found)).toEqual([]);
          const isWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
          expect(await page.evaluate(isWide)).toBe(false);
        }
      });
    });
  });
