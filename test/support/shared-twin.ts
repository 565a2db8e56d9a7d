/**
 * One twin for all end-to-end tests that need no options of their own: each process of vitest starts one, when the first of these files
 * runs, and ends it after its last file.
 *
 * Each file finds a fresh tenant and an empty cache. Everything else stays: consumers, keys, linked tokens, uploads, records of requests.
 * So a file names what it makes after itself, and counts only what is its own. A file that changes more than that starts a twin of its own.
 * No function runs at the times of the template: a pull, for example, would bring events of an earlier file.
 */
import { test } from 'vitest';
import { startDemoIssuer } from '../../local/issuer/demo-issuer.ts';
import { variables } from '../../shared/config/names.ts';
import { startProvider } from './provider.ts';
import { startTwin, type TestTwin } from './twin.ts';

type Shared = { readonly twin: TestTwin; readonly issuer: string; readonly demoIssuer: string };

/** Twins that no file has used yet. */
const unused = new WeakSet<TestTwin>();

const sharing = test.extend<{ readonly shared: Shared }>({
  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs.
    async ({}, use) => {
      const provider = await startProvider();
      const demo = await startDemoIssuer(0);
      const issuers = [provider.url, demo.url].map((issuer) => ({ issuer, audience: 'signals-facade' }));
      const settings = {
        [variables.oidcIssuers]: JSON.stringify(issuers),
        // Four announcements of the largest size are more.
        [variables.uploadsMostGiBPerDay]: '1',
        // Each file begins with one.
        [variables.cachePurgesPerMinute]: '60',
      };
      const twin = await startTwin({}, settings, undefined, { runsSchedules: false, demoIssuer: demo.url });
      unused.add(twin);
      await use({ twin, issuer: provider.url, demoIssuer: demo.url });
      await twin.close();
      await Promise.all([provider.close(), demo.close()]);
    },
    { scope: 'worker' },
  ],
});

const emptyCache = async ({ url }: TestTwin): Promise<void> => {
  const body = JSON.stringify({ data: { type: 'cache-purge', attributes: { all: true } } });
  const headers = { 'x-api-key': 'demo-admin' };
  const answer = await fetch(`${url}/v1/cache/purges`, { method: 'POST', headers, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The cache was not emptied: ${answer.status} ${text}`);
};

/** The tenant as it is after its start; nothing of an earlier one in the cache. */
const freshen = async (twin: TestTwin): Promise<void> => {
  if (unused.delete(twin)) return;
  await fetch(`${twin.simulator.url}/_control/reset`, { method: 'POST' });
  await emptyCache(twin);
};

/** Gives the tests of this file, or of this `describe`, the shared twin. After them, no log line and no table holds a secret. */
export const useSharedTwin = (take: (twin: TestTwin, issuer: string, demoIssuer: string) => void): void => {
  sharing.beforeAll(async ({ shared: { twin, issuer, demoIssuer } }) => {
    await freshen(twin);
    take(twin, issuer, demoIssuer);
  });
  sharing.afterAll(({ shared: { twin } }) => twin.expectNoSecrets());
};
