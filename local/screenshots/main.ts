/**
 * `npm run screenshots`: starts a twin, and makes the pictures of the documents anew. Ports are those of `npm start`. Names of
 * pictures as parameters make these alone.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { projectRoot, readSettings } from '../start/settings.ts';
import { startTwin } from '../start/twin.ts';
import { dashboardsOf, drawDashboard } from './dashboards.ts';
import { dashboardNames, mostBytes, type Shot, shots, type World } from './shots.ts';

const folder = join(projectRoot, 'docs', 'screenshots');
const wantedNames = process.argv.slice(2);
const isWanted = (name: string): boolean => wantedNames.length === 0 || wantedNames.includes(name);

/** Chromium writes WebP; the method of playwright does not. */
const encode = async (page: Page, height: number | undefined, quality: number): Promise<Buffer> => {
  const session = await page.context().newCDPSession(page);
  const { whole, y } = await page.evaluate<{ whole: number; y: number }>(
    '({ whole: document.documentElement.scrollHeight, y: window.scrollY })',
  );
  const clip = { x: 0, y, width: page.viewportSize()?.width ?? 0, height: height ?? whole, scale: 1 };
  const wanted = { format: 'webp', quality, clip, captureBeyondViewport: height === undefined } as const;
  const { data } = await session.send('Page.captureScreenshot', wanted);
  await session.detach();
  return Buffer.from(data, 'base64');
};

/** As good as the bound allows. @param height of the picture; without it, that of the page. */
const save = async (page: Page, name: string, height?: number): Promise<void> => {
  let picture = await encode(page, height, 80);
  for (let quality = 60; picture.byteLength > mostBytes && quality > 0; quality -= 20)
    picture = await encode(page, height, quality);
  await writeFile(join(folder, `${name}.webp`), picture);
  console.log(`  ${name}: ${picture.byteLength} bytes`);
};

const withPage = async (
  browser: Browser,
  options: BrowserContextOptions,
  work: (page: Page) => Promise<void>,
): Promise<void> => {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
  // As long as a busy machine needs.
  context.setDefaultTimeout(600_000);
  await work(await context.newPage());
  await context.close();
};

const photograph = (browser: Browser, world: World, shot: Shot): Promise<void> => {
  const { name, path, scheme, width, height, shows, addressOf, act } = shot;
  return withPage(browser, { viewport: { width, height: height ?? 100 }, colorScheme: scheme }, async (page) => {
    await page.goto(world.url + (addressOf ? await addressOf(world) : path));
    await page.locator(shows).first().waitFor();
    await act?.(page);
    await page.evaluate('document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 1500)))');
    await save(page, name, height);
  });
};

const photographDashboards = async (browser: Browser, stateDir: string): Promise<void> => {
  const template = await readFile(join(stateDir, 'cdk.out', 'signals-facade-local.template.json'), 'utf8');
  const dashboards = dashboardsOf(JSON.parse(template).Resources);
  for (const name of dashboardNames.filter((one) => isWanted(`dashboard-${one}`))) {
    await withPage(browser, { viewport: { width: 1200, height: 100 } }, async (page) => {
      await page.setContent(drawDashboard(name, dashboards.get(name) ?? []));
      await save(page, `dashboard-${name}`);
    });
  }
};

const stateDir = await mkdtemp(join(tmpdir(), 'signals-facade-screenshots-'));
const closers: (() => Promise<void>)[] = [];
const settings = readSettings(['--fresh', '--state', stateDir], process.env);
if (!settings) throw new Error('no settings');
try {
  const twin = await startTwin(settings, { add: (close) => closers.push(close) }, new AbortController().signal);
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  closers.push(() => browser.close());
  console.log('Pictures:');
  for (const shot of shots.filter(({ name }) => isWanted(name))) await photograph(browser, twin, shot);
  await photographDashboards(browser, stateDir);
} finally {
  for (const close of closers.reverse()) await close().catch(() => {});
  await rm(stateDir, { recursive: true, force: true });
}
process.exit();
