/** docs/tutorial.md: its commands run from top to bottom, and the reader sees in each step what the text says. */
import { beforeAll, expect, it } from 'vitest';
import { demoHook } from '../../../local/operator/seed.ts';
import { projectRoot } from '../../../local/start/settings.ts';
import { hookPath } from '../../../shared/notifications/hook-routes.ts';
import { runGuide, type Step } from '../../support/guide.ts';
import { sightsOf } from '../../support/snippets.ts';
import type { TestTwin } from '../../support/twin.ts';

const file = 'docs/tutorial.md';

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
/** `…` stands for anything but nothing. */
const matching = (line: string): unknown =>
  expect.stringMatching(new RegExp(`^${line.split('…').map(escaped).join('.+')}\\s*$`));

const idIn = (step: Step | undefined): string => step?.lines.at(-1)?.split(' ').at(-1) ?? '';

/** @param twinOf a twin in which nothing has begun that the tutorial does. */
export const tutorialPromises = (twinOf: () => TestTwin): void => {
  let steps: ReadonlyMap<string, Step>;
  beforeAll(async () => {
    const twin = twinOf();
    // As `npm start` does; and nothing is in the cache yet.
    twin.simulator.tenant.behaviour.push = { url: twin.url + hookPath, ...demoHook, autoDismiss: true };
    const body = JSON.stringify({ data: { type: 'cache-purge', attributes: { all: true } } });
    await fetch(`${twin.url}/v1/cache/purges`, { method: 'POST', headers: { 'x-api-key': 'demo-admin' }, body });
    steps = await runGuide(file, twin, projectRoot);
  });

  it.each(sightsOf(file))('%s', (heading, lines) => {
    expect(lines.join('')).not.toBe('');
    expect(steps.get(heading)?.lines).toEqual(lines.map(matching));
  });

  it('is about one experiment from its creation to its PDF', () => {
    const [made, received, closed] = [
      'Change something in the tenant',
      'Receive the event',
      'Close the experiment',
    ].map((heading) => idIn(steps.get(heading)));
    expect(made).toMatch(/^experiment:/);
    expect([received, closed]).toEqual([made, made]);
  });
};
