/** npm run operator through the whole facade: an application is admitted, rotated and removed with commands alone. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { createCommandLine } from '../local/operator/api/support.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import type { TestTwin } from '../support/twin.ts';

describe('npm run operator', () => {
  let twin: TestTwin;
  let demoIssuer: string;
  useSharedTwin((shared, _issuer, itsDemoIssuer) => {
    [twin, demoIssuer] = [shared, itsDemoIssuer];
  });

  const commandLine = (key = 'demo-admin') =>
    createCommandLine(
      ({ method, url, headers, body }) =>
        fetch(url, { method, headers, redirect: 'manual', ...(body ? { body } : {}) }),
      {
        env: { OPERATOR_URL: twin.url, OPERATOR_KEY: key },
        newId: randomUUID,
      },
    );
  const nativeAs = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(`${twin.url}${signalsBasePath}/profiles/me`, { headers })).status;

  it('admits an application, rotates its key and removes it, and the audit log has each act', async () => {
    const { run } = commandLine();
    const id = `operated-${randomUUID().slice(0, 8)}`;
    expect((await run('consumers', 'create', id, '--scopes', '*:read')).status).toBe(0);
    const makeKey = async () => JSON.parse((await run('keys', 'create', id, '--json')).stdout).data;
    const [first, second] = [await makeKey(), await makeKey()];
    expect(await nativeAs({ 'x-api-key': first.attributes.key })).toBe(200);
    expect((await run('keys', 'revoke', id, first.id, '--yes')).status).toBe(0);
    expect(await nativeAs({ 'x-api-key': second.attributes.key })).toBe(200);
    const refused = await run('keys', 'revoke', id, first.id, '--yes');
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('KEY_ABSENT (404)')]);
    expect((await run('consumers', 'delete', id, '--yes')).status).toBe(0);
    const doneTo = async (entity: string): Promise<readonly string[]> => {
      const { stdout } = await run('audit', 'list', '--entity', entity, '--json');
      const entries = stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line).attributes);
      return entries.filter(({ outcome }) => outcome === 'done').map(({ operation }) => operation);
    };
    const acts = ['consumers.remove', 'consumers.add-key', 'consumers.add-key', 'consumers.create'];
    expect([await doneTo(id), await doneTo(`${id}/${first.id}`)]).toEqual([acts, ['consumers.revoke-key']]);
  });

  it('reads every list that needs no id, page by page', async () => {
    const { run } = commandLine();
    const nouns = [
      'consumers',
      'credentials',
      'tokens',
      'subscriptions',
      'notifications',
      'archive',
      'holds',
      'backfills',
    ];
    for (const noun of [...nouns, 'usage', 'requests', 'quota', 'bookings', 'cache', 'audit', 'health', 'me'])
      expect([noun, (await run(noun, '--json')).status]).toEqual([noun, 0]);
  });

  it('is refused what the scopes of its key do not cover', async () => {
    const { status, stdout, stderr } = await commandLine('demo-app').run('consumers', 'list');
    expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining('SCOPE_MISSING (403)')]);
  });

  it('gives a client of the demo issuer to an application, whose tokens are then taken', async () => {
    const { run } = commandLine();
    const id = `signed-in-${randomUUID().slice(0, 8)}`;
    const oidc = JSON.stringify({ issuer: demoIssuer, clientId: id });
    const made = await run('consumers', 'create', id, '--scopes', '*:read', '--oidc', oidc);
    expect([made.status, made.stderr]).toEqual([0, '']);
    const tokenFor = async (form: Record<string, string>) => {
      const body = new URLSearchParams({ client_id: id, ...form });
      return (await fetch(`${demoIssuer}/token`, { method: 'POST', body, headers: { accept: 'text/plain' } })).text();
    };
    // Another file may just have rotated the key of the issuer.
    await expect.poll(async () => nativeAs({ authorization: `Bearer ${await tokenFor({})}` })).toBe(200);
    expect(await nativeAs({ authorization: `Bearer ${await tokenFor({ expires_in: '-120' })}` })).toBe(401);
  });
});
