/**
 * The facade's pages in a real browser, which is started once for all of them: the documentation, operations, external actions, and linking a token against the
 * simulator's login pages, by both grants, and what must not work.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { variables } from '../../shared/config/names.ts';
import { itInFull, launchBrowser, openPage, reasonToSkip } from '../support/browser.ts';
import { itByKeyboardInFull, logInByKeyboard, pagesByKeyboard, tabTo } from '../support/keyboard.ts';
import { createLinkingApp, type LinkingApp } from '../support/linking-app.ts';
import { servedPages } from '../support/served-pages.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';
import { describeActions } from './browsers/actions.ts';
import { describeConsentLooks } from './browsers/consent-looks.ts';
import { describeCrossOrigin } from './browsers/cross-origin.ts';
import { describeDocsPage } from './browsers/docs-page.ts';
import { describeMePage } from './browsers/me-page.ts';
import { describeOpsPage } from './browsers/ops-page.ts';
import { type Pages, servePages } from './browsers/pages.ts';

/** A folder for screenshots of the pages. */
const pictures = process.env.OAUTH_PICTURES;

const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
};

const linkFor = async (app: LinkingApp, subject: string): Promise<string> => {
  const answer = await app.call('POST', '/v1/me/token/links', subject);
  expect(answer.status).toBe(201);
  return answer.document.data.attributes.url;
};

const logIn = async (page: Page, decision: 'allow' | 'deny' = 'allow'): Promise<void> => {
  await page.getByRole('button', { name: 'Continue to the login' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.locator('select').selectOption('101');
  await page.locator(`button[value="${decision}"]`).click();
};

const outcome = async (page: Page, kind: 'done' | 'failed'): Promise<string> => {
  await page.locator(`body[data-outcome="${kind}"]`).waitFor();
  return page.locator('main').innerText();
};

describe.skipIf(reasonToSkip)(`pages in a browser${reasonToSkip ? ` (skipped: ${reasonToSkip})` : ''}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  describeDocsPage(() => browser);

  describeActions(() => browser);

  describeMePage(() => browser);

  describe('linking a token', () => {
    const openBrowser = async () => {
      const page = await openPage(browser, { viewport: { width: 900, height: 700 } });
      const context = page.context();
      const complaints: string[] = [];
      const requested: string[] = [];
      const locations: string[] = [];
      // The simulator's login has no icon.
      const isOurs = (url: string) => !url.endsWith('/favicon.ico');
      page.on('console', (message) => {
        if (message.type() === 'error' && isOurs(message.location().url)) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requested.push(request.url()));
      page.on('response', (response) => {
        const location = response.headers().location;
        if (location) locations.push(location);
      });
      return { context, page, complaints, requested, locations };
    };

    const cookieOf = async (context: BrowserContext) =>
      (await context.cookies()).find(({ name }) => name.endsWith('signals-facade-link'));

    describe('by the implicit grant', () => {
      let twin: TestTwin;
      let app: LinkingApp;
      useSharedTwin((shared) => {
        twin = shared;
      });
      beforeAll(async () => {
        app = await createLinkingApp(twin, {}, 'browsing');
      });

      const stateOf = async (subject: string): Promise<string | undefined> =>
        (await app.call('GET', '/v1/me/token', subject)).document.data?.attributes.state;

      it('links the account that logged in, and leaves no token in address, requests or history', async () => {
        const { page, context, complaints, requested, locations } = await openBrowser();
        await page.goto(await linkFor(app, 'anna'));
        expect(await page.locator('main').innerText()).toMatch(/browsing[\s\S]*lab-team@example\.com[\s\S]*anna/);
        await picture(page, 'consent');
        await logIn(page);
        expect(await outcome(page, 'done')).toMatch(
          /browsing now works in Signals Notebook as .+@.+ when it acts for anna/,
        );
        await picture(page, 'linked');
        expect(page.url()).toBe(`${twin.url}/oauth/callback`);
        expect(await page.title()).toBe('Your account is linked - Signals facade');
        const token = new URL(locations.at(-1) ?? '').hash.match(/access_token=([^&]+)/)?.[1] ?? '?';
        expect(twin.simulator.tenant.tokens.list().map((known) => known.token)).toContain(token);
        expect(requested.filter((url) => url.includes(token) && !url.includes('#'))).toEqual([]);
        expect(twin.log.join('\n')).not.toContain(token);
        expect(await cookieOf(context)).toBeUndefined();
        expect(complaints).toEqual([]);
        expect(await stateOf('anna')).toBe('living');
      });

      describeConsentLooks(
        () => browser,
        (subject) => linkFor(app, subject),
      );

      const consent = ['/oauth/start', '/oauth/callback'];
      itByKeyboardInFull(consent, 'a person comes back to the application, whose name the pages show', async () => {
        const returnUrl = 'https://lab.example.com/linked';
        const named = await createLinkingApp(
          twin,
          { displayName: 'Lab <dashboard>', returnUrls: [returnUrl] },
          'returning',
        );
        const body = { data: { type: 'token-link', attributes: { returnUrl } } };
        const urlOf = async () =>
          (await named.call('POST', '/v1/me/token/links', 'anna', body)).document.data.attributes.url;
        const { page, complaints } = await openBrowser();
        await page.route(returnUrl, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Lab</title>' }));
        await page.goto(await urlOf());
        expect(await page.locator('main').innerText()).toMatch(/Lab <dashboard>[\s\S]*returning/);
        expect(await page.getByRole('link').innerText()).toBe('Back to Lab <dashboard> without linking');
        await tabTo(page, 'main a');
        await page.keyboard.press('Enter');
        await page.waitForURL(returnUrl);
        await page.goto(await urlOf());
        await tabTo(page, 'main button');
        await page.keyboard.press('Enter');
        await logInByKeyboard(page, 'allow');
        await outcome(page, 'done');
        const referrers: (string | undefined)[] = [];
        page.on('request', (request) => request.url() === returnUrl && referrers.push(request.headers().referer));
        expect(await page.getByRole('link').innerText()).toBe('Back to Lab <dashboard>');
        await tabTo(page, 'main a');
        await page.keyboard.press('Enter');
        await page.waitForURL(returnUrl);
        expect(referrers).toEqual([undefined]);
        expect(complaints).toEqual([]);
      });

      itInFull('keeps the cookie from scripts and from other sites', async () => {
        const { page, context } = await openBrowser();
        await page.goto(await linkFor(app, 'carl'));
        await page.getByRole('button').click();
        await page.getByRole('heading', { name: 'Log in' }).waitFor();
        expect(await cookieOf(context)).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
      });

      itInFull('links nothing when the person declines', async () => {
        const { page } = await openBrowser();
        await page.goto(await linkFor(app, 'dora'));
        await logIn(page, 'deny');
        expect(await outcome(page, 'failed')).toContain('You did not allow it');
        await picture(page, 'declined');
        expect(await stateOf('dora')).toBeUndefined();
      });

      it('refuses a forged state, and the login goes on', async () => {
        const { page } = await openBrowser();
        await page.goto(await linkFor(app, 'emil'));
        await page.getByRole('button').click();
        await page.getByRole('heading', { name: 'Log in' }).waitFor();
        const token = twin.simulator.tenant.tokens.issue('102', '127.0.0.1');
        const login = page.url();
        await page.goto(`${twin.url}/oauth/callback#access_token=${token}&state=forged`);
        expect(await outcome(page, 'failed')).toContain('The state in the answer is not the one');
        expect(page.url()).toBe(`${twin.url}/oauth/callback`);
        expect(await stateOf('emil')).toBeUndefined();
        // The login goes on: the person finishes it, and the tenant's own answer is taken.
        await page.goto(login);
        await page.locator('select').selectOption('101');
        await page.locator('button[value="allow"]').click();
        expect(await outcome(page, 'done')).toContain('when it acts for emil');
      });

      it('reads a token as its provider wrote it: a plus stays a plus', async () => {
        const { page } = await openBrowser();
        const posted: unknown[] = [];
        await page.route('**/oauth/callback', (route, request) => {
          if (request.method() === 'POST') posted.push(request.postDataJSON());
          return route.continue();
        });
        await page.goto(`${twin.url}/oauth/callback#access_token=ab+/c"d%2B==&state=s`);
        await outcome(page, 'failed');
        expect(posted).toEqual([{ token: 'ab+/c"d+==', state: 's' }]);
      });

      itInFull('refuses an answer that was given already, and one given to another browser', async () => {
        const { page, locations } = await openBrowser();
        await page.goto(await linkFor(app, 'fred'));
        await logIn(page);
        await outcome(page, 'done');
        const answer = locations.at(-1) ?? '';
        await page.goto('about:blank');
        await page.goto(answer);
        expect(await outcome(page, 'failed')).toContain('answered already');

        const victim = await openBrowser();
        await victim.page.goto(await linkFor(app, 'gina'));
        await victim.page.getByRole('button').click();
        await victim.page.getByRole('heading', { name: 'Log in' }).waitFor();
        await victim.page.goto(answer);
        expect(await outcome(victim.page, 'failed')).toContain('It did not work');
        const stranger = await openBrowser();
        await stranger.page.goto(answer);
        expect(await outcome(stranger.page, 'failed')).toContain('started elsewhere');
        expect(await stateOf('gina')).toBeUndefined();
      });

      itInFull('refuses a link that was used', async () => {
        const { page } = await openBrowser();
        const link = await linkFor(app, 'hans');
        await page.goto(link);
        await page.getByRole('button').click();
        await page.getByRole('heading', { name: 'Log in' }).waitFor();
        const again = await page.goto(link);
        expect(again?.status()).toBe(403);
        expect(await outcome(page, 'failed')).toContain('has been used');
        await picture(page, 'used-link');
      });

      itInFull('refuses a token in a query string, says so, and wipes the address', async () => {
        const { page, complaints } = await openBrowser();
        const answer = await page.goto(`${twin.url}/oauth/callback?access_token=exposed-token&state=x`);
        expect(answer?.status()).toBe(403);
        expect(await outcome(page, 'failed')).toContain('should have it revoked');
        await page.waitForURL(`${twin.url}/oauth/callback`);
        expect(twin.log.join('\n')).not.toContain('exposed-token');
        expect(complaints.filter((text) => !text.includes('403'))).toEqual([]);
        await picture(page, 'token-in-query');
      });

      itInFull('links nothing when the tenant has another redirect URI on record', async () => {
        await app.register(`${twin.url}/oauth/callback/`);
        onTestFinished(() => app.register(`${twin.url}/oauth/callback`));
        const { page } = await openBrowser();
        await page.goto(await linkFor(app, 'ines'));
        await page.getByRole('button').click();
        await page.getByText('redirect_uri is not registered').waitFor();
        expect(await stateOf('ines')).toBeUndefined();
      });

      itInFull.each(['/oauth/start?ticket=TICKET', '/oauth/callback'])('cannot be framed: %s', async (path) => {
        const ticket = new URL(await linkFor(app, 'jack')).searchParams.get('ticket') ?? '';
        const target = `${twin.url}${path.replace('TICKET', ticket)}`;
        const server = createServer((_request, response) =>
          response.setHeader('content-type', 'text/html').end(`<!doctype html><iframe src="${target}"></iframe>`),
        ).listen(0, '127.0.0.1');
        onTestFinished(() => void server.close());
        await new Promise((resolve) => server.once('listening', resolve));
        const { page, complaints } = await openBrowser();
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        await expect.poll(() => complaints.join()).toContain('frame-ancestors');
        const framed = await page.frames()[1]?.content();
        expect(framed ?? '').not.toContain('Signals facade');
      });

      itInFull('cannot be started from a page elsewhere', async () => {
        const ticket = new URL(await linkFor(app, 'kate')).searchParams.get('ticket') ?? '';
        const server = createServer((_request, response) =>
          response
            .setHeader('content-type', 'text/html')
            .end(
              `<!doctype html><form method="post" action="${twin.url}/oauth/start"><input name="ticket" value="${ticket}"><button>Win</button></form>`,
            ),
        ).listen(0, '127.0.0.1');
        onTestFinished(() => void server.close());
        await new Promise((resolve) => server.once('listening', resolve));
        const { page } = await openBrowser();
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        await page.getByRole('button').click();
        expect(await outcome(page, 'failed')).toContain('did not come from a page of the facade');
      });

      itInFull('says without scripts why it cannot go on', async () => {
        const context = await browser.newContext({ javaScriptEnabled: false });
        onTestFinished(() => context.close());
        const page = await context.newPage();
        await page.goto(`${twin.url}/oauth/callback`);
        expect(await page.locator('main').innerText()).toContain('needs JavaScript');
      });
    });

    describe('by a code with PKCE', () => {
      let twin: TestTwin;
      let app: LinkingApp;
      let pages: Pages;
      const ahead = { millis: 0 };
      beforeAll(async () => {
        pages = await servePages();
        // Pages of other origins may call this one, which changes nothing for those of OAuth.
        const settings = { [variables.oauthResponseType]: 'code' };
        twin = await startTwin({}, settings, inject('pagesAssemblyDir'), {
          nowMillis: () => Date.now() + ahead.millis,
        });
        app = await createLinkingApp(twin);
      });
      afterAll(async () => {
        await twin?.close();
        pages?.close();
      });

      it('links the account that logged in; the browser never sees the token', async () => {
        const { page, complaints, locations } = await openBrowser();
        await page.goto(await linkFor(app, 'anna'));
        await logIn(page);
        expect(await outcome(page, 'done')).toContain('when it acts for anna');
        expect(page.url()).toBe(`${twin.url}/oauth/callback`);
        expect(locations.some((location) => /code_challenge_method=S256/.test(location))).toBe(true);
        const tokens = twin.simulator.tenant.tokens.list().map(({ token }) => token);
        expect(tokens).toHaveLength(1);
        expect(locations.join()).not.toContain(tokens[0]);
        expect(complaints).toEqual([]);
        const { document } = await app.call('GET', '/v1/me/token', 'anna');
        expect(document.data.attributes).toMatchObject({ state: 'living', personId: '101' });
      });

      itInFull('refuses a code that was used, and one that another browser was given', async () => {
        const { page, locations } = await openBrowser();
        await page.goto(await linkFor(app, 'bert'));
        await logIn(page);
        await outcome(page, 'done');
        await page.goto(locations.at(-1) ?? '');
        expect(await outcome(page, 'failed')).toContain('answered already');
        const stranger = await openBrowser();
        await stranger.page.goto(locations.at(-1) ?? '');
        expect(await outcome(stranger.page, 'failed')).toContain('started elsewhere');
      });

      itInFull('links nothing when the person declines', async () => {
        const { page } = await openBrowser();
        await page.goto(await linkFor(app, 'dora'));
        await logIn(page, 'deny');
        expect(await outcome(page, 'failed')).toContain('You did not allow it');
      });

      describeCrossOrigin(() => ({ twin, browser, pages }));

      describeOpsPage(() => ({ twin, browser, ahead, otherOrigin: pages.listed }));
    });
  });

  it('each page is used by keyboard alone in a test above', () => {
    expect(pagesByKeyboard).toEqual(servedPages);
  });
});
