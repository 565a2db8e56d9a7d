/** The pages of the facade that are photographed for the documents: one entry for each picture in `docs/screenshots/`. */
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';

/** What a picture may ask of the twin before it is taken. */
export type World = {
  /** Base URL of the facade. */
  readonly url: string;
};

export type Shot = {
  /** Name of the picture, without `.webp`. */
  readonly name: string;
  /** Path of the page, without what `addressOf` adds. */
  readonly path: string;
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  /** Of the screen; without it, the picture has the whole page. */
  readonly height?: number;
  /** Path with query and hash, where the path alone does not do. */
  readonly addressOf?: (world: World) => Promise<string>;
  /** On the page once all is there that the picture shows. */
  readonly shows: string;
  /** What a person does before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
};

/** Of one picture. */
export const mostBytes = 150_000;

const desk = { width: 1200, height: 760 } as const;
const phone = { width: 390, height: 780 } as const;
/** Of the dialog in which the tenant opens a page. */
const dialog = { width: 720 } as const;

/** A new link for the demo consumer that acts for people. */
const consentAddress = async ({ url }: World): Promise<string> => {
  const headers = { 'x-api-key': 'demo-people', 'x-on-behalf-of': 'anna' };
  const answer = await fetch(`${url}/v1/me/token/links`, { method: 'POST', headers });
  if (!answer.ok) throw new Error(`No link was made: ${answer.status}`);
  const { data } = (await answer.json()) as { data: { attributes: { url: string } } };
  const { pathname, search } = new URL(data.attributes.url);
  return pathname + search;
};

const checked = (eid: string) => async (): Promise<string> => `/actions/signing-check?__eid=${eid}`;

/** As the dialog makes it: with a random name, under which it asks how the registration ended. */
const registrationAddress = async (): Promise<string> =>
  `/oauth/register-sample?__eid=${demoIds.sample}&watch=${randomBytes(32).toString('base64url')}`;

const logIn = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Continue to the login' }).click();
  await page.locator('select').selectOption('101');
  await page.locator('button[value="allow"]').click();
  await page.locator('body[data-outcome="done"]').waitFor();
};

/** Some calls, so that the pages of applications and operators have something to show. */
const callTenant = async ({ url }: World, key: string): Promise<void> => {
  const paths = ['entities?includeTypes=experiment&page[limit]=5', 'roles', 'users', 'no-such-thing'];
  for (const path of [...paths, ...paths])
    await fetch(`${url}/api/rest/v1.0/${path}`, { headers: { 'x-api-key': key } });
};

const withCalls = (path: string, key: string) => async (world: World) => {
  await callTenant(world, key);
  return path;
};

/** Pastes a key, and waits until the page has all answers. */
const enterKey = (key: string, shown: string) => async (page: Page) => {
  await page.locator('#key').fill(key);
  await page.keyboard.press('Enter');
  await page.locator(shown).first().waitFor();
  await page.locator('main [aria-busy]').first().waitFor({ state: 'detached' });
};

export const shots: readonly Shot[] = [
  { name: 'portal', path: '/docs', scheme: 'light', ...desk, shows: 'main h1' },
  { name: 'portal-phone', path: '/docs', scheme: 'dark', ...phone, shows: 'main h1' },
  { name: 'guide', path: '/docs/guides/caching', scheme: 'light', ...desk, shows: 'main h1' },
  { name: 'guide-phone', path: '/docs/guides/errors', scheme: 'dark', ...phone, shows: 'main h1' },
  {
    ...{ name: 'search', path: '/docs', scheme: 'dark', ...desk, shows: 'main h1' },
    act: async (page) => {
      await page.getByRole('searchbox').fill('retry');
      await page.locator('#results a').first().waitFor();
    },
  },
  {
    ...{ name: 'reference', path: '/docs/reference', scheme: 'light', ...desk },
    addressOf: async () => '/docs/reference#tag/facade-quota/readQuota',
    shows: '.section',
    act: async (page) => {
      await page
        .getByRole('heading', { name: 'Test Request' })
        .or(page.getByRole('button', { name: /Test Request/ }))
        .first()
        .waitFor();
    },
  },
  { name: 'reference-phone', path: '/docs/reference', scheme: 'dark', ...phone, shows: '.section' },
  { name: 'swagger', path: '/docs/swagger', scheme: 'light', ...desk, shows: '.opblock-tag-section' },
  { name: 'swagger-dark', path: '/docs/swagger', scheme: 'dark', ...desk, shows: '.opblock-tag-section' },
  {
    ...{ name: 'me', path: '/me', scheme: 'light', width: 1200, height: 1900, shows: '#key' },
    ...{ addressOf: withCalls('/me', 'demo-app'), act: enterKey('demo-app', '#call button.main') },
  },
  {
    ...{ name: 'me-phone', path: '/me', scheme: 'dark', ...phone, shows: '#key' },
    act: enterKey('demo-people', '#call button.main'),
  },
  {
    ...{ name: 'ops', path: '/ops', scheme: 'light', width: 1200, height: 1000, shows: '#key' },
    ...{ addressOf: withCalls('/ops', 'demo-reader'), act: enterKey('demo-admin', '#verdict[data-state]') },
  },
  {
    ...{ name: 'ops-phone', path: '/ops', scheme: 'dark', ...phone, shows: '#key' },
    act: enterKey('demo-admin', '#verdict[data-state]'),
  },
  {
    ...{ name: 'signing-check', path: '/actions/signing-check', scheme: 'light', ...dialog },
    addressOf: checked(demoIds.experiment),
    shows: '[data-verdict]',
  },
  {
    ...{ name: 'signing-check-phone', path: '/actions/signing-check', scheme: 'dark', width: 390 },
    addressOf: checked(demoIds.experiment),
    shows: '[data-verdict]',
  },
  {
    ...{ name: 'register-sample', path: '/actions/register-sample', scheme: 'light', ...dialog },
    addressOf: async () => `/actions/register-sample?__eid=${demoIds.sample}`,
    shows: 'main h1',
  },
  {
    ...{ name: 'register-sample-login', path: '/oauth/register-sample', scheme: 'light', width: 390 },
    ...{ addressOf: registrationAddress, shows: 'main button' },
  },
  {
    ...{ name: 'consent', path: '/oauth/start', scheme: 'light', ...dialog },
    addressOf: consentAddress,
    shows: 'main button',
  },
  {
    ...{ name: 'consent-phone', path: '/oauth/start', scheme: 'dark', width: 390 },
    addressOf: consentAddress,
    shows: 'main button',
  },
  {
    ...{ name: 'linked', path: '/oauth/callback', scheme: 'light', ...dialog },
    ...{ addressOf: consentAddress, shows: 'main button', act: logIn },
  },
];

/** The dashboards of the template, which are drawn from their definitions: `dashboard-health` and so on. */
export const dashboardNames = ['health', 'capabilities', 'cost'] as const;

export const pictureNames: readonly string[] = [
  ...shots.map(({ name }) => name),
  ...dashboardNames.map((name) => `dashboard-${name}`),
];
