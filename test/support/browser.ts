/** Chromium for the browser tests, which waits for a page as long as a busy machine needs. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { it, onTestFinished } from 'vitest';
import { isFull } from './test-size.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
/** Only where a person runs the tests without that browser; in CI its absence is a failure. */
export const reasonToSkip =
  existsSync(executablePath) || process.env.CI ? undefined : `no Chromium at ${executablePath} (set CHROMIUM_PATH)`;

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Its own pages, which it otherwise prepares in processes beside each page of a test.
  '--disable-features=PreloadTopChromeWebUI',
];

/** Of playwright's own, 30 s, a page takes more beside other work: this one ends what hangs. */
const patienceMillis = 600_000;

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath, headless: true, args: quiet, timeout: patienceMillis });

/** An empty page with cookies and storage of its own. It is closed after the test. */
export const openPage = async (browser: Browser, options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  context.setDefaultTimeout(patienceMillis);
  return context.newPage();
};

/** Chromium takes two minutes for all of them: at the small size the ways that people take most run, the others in `.ci/run`. */
export const itInFull = it.runIf(isFull);
