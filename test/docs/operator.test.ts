/** docs/operator.md: every command of the table has an example there, and every example runs, in the order of the page. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../local/operator/api/command.ts';
import { commands } from '../../local/operator/api/commands.ts';
import { facadeRoutes } from '../../shared/surface/facade-routes.ts';
import { samples } from '../functions/edge/route-samples.ts';
import { answerWith, asAdmin, createCommandLine } from '../local/operator/api/support.ts';
import { requestId } from '../shared/requests/support.ts';
import { temporaryFolder } from '../support/aws.ts';
import { createFacade, type Facade } from '../support/facade.ts';

const page = await readFile(fileURLToPath(new URL('../../docs/operator.md', import.meta.url)), 'utf8');
const call = 'npm run operator -- ';
/** Those of deployed stages are not for this test. */
const examples = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .filter((line) => line.startsWith(call) && !line.includes('--stage'));

/** As a shell splits it: single quotes hold a word together. */
const split = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

/** What a page cannot name: made by the samples of routes, and by the examples before. */
const prepare = async (facade: Facade): Promise<Readonly<Record<string, string>>> => {
  const make = async (id: string) => {
    const route = facadeRoutes.find((one) => one.id === id);
    if (!route) throw new Error(id);
    return (await samples[id]?.(facade, route)) ?? {};
  };
  const notified = await make('listNotificationDeliveries');
  const linked = await make('revokeToken');
  const archived = await make('readArchiveEntry');
  const pending = await make('confirmSubscription');
  const listed = await make('testList');
  const sourced = await make('testSource');
  await make('readRequest');
  const { code = '' } = JSON.parse(Buffer.from(pending.body ?? '{}').toString()).data.attributes;
  return {
    SUBSCRIPTION_ID: notified.path?.subscriptionId ?? '',
    NOTIFICATION_ID: notified.path?.notificationId ?? '',
    TOKEN_ID: linked.path?.tokenId ?? '',
    ARCHIVE_ID: archived.path?.archiveId ?? '',
    PENDING_ID: pending.path?.subscriptionId ?? '',
    CODE: code,
    REQUEST_ID: requestId,
    CONSUMER_ID: 'admin',
    LIST_NAME: listed.path?.listName ?? '',
    SOURCE_NAME: sourced.path?.sourceName ?? '',
  };
};

/** The list in which an example before has left the id. */
const lists: Readonly<Record<string, readonly string[]>> = {
  KEY_ID: ['keys', 'list', 'my-app'],
  CREDENTIAL_ID: ['credentials', 'list'],
  REPLAY_ID: ['replays', 'list', 'SUBSCRIPTION_ID'],
  HOLD_ID: ['holds', 'list'],
  BACKFILL_ID: ['backfills', 'list'],
  BOOKING_ID: ['bookings', 'list'],
};

describe('docs/operator.md', () => {
  it('has an example of every command', () => {
    const shown = examples.map((line) => line.slice(call.length));
    expect(commands.length).toBeGreaterThan(50);
    expect(commands.map(nameOf).filter((name) => !shown.some((one) => `${one} `.startsWith(`${name} `)))).toEqual([]);
  });

  it('has examples that run', async () => {
    const facade = await createFacade();
    const known: Record<string, string> = { ...(await prepare(facade)) };
    const { run } = createCommandLine(answerWith(facade), { env: asAdmin, secret: 'a-tenant-key' });
    const folder = await temporaryFolder();
    const filled = (word: string): string => (/\.(key|pdf)$/.test(word) ? join(folder, word) : (known[word] ?? word));
    for (const example of examples) {
      const words = split(example.slice(call.length));
      for (const word of words.filter((one) => lists[one] && !known[one])) {
        const { stdout } = await run(...(lists[word] ?? []).map(filled), '--json');
        known[word] = JSON.parse(stdout.split('\n')[0] ?? '').id;
      }
      const { status, stderr } = await run(...words.map(filled));
      expect([example, status, stderr]).toEqual([example, 0, expect.any(String)]);
    }
    expect(Object.keys(known)).toEqual(expect.arrayContaining(Object.keys(lists)));
  });
});
