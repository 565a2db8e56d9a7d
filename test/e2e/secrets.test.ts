import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { expectNoSecrets, secretsIn } from '../support/secret-scan.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import type { TestTwin } from '../support/twin.ts';

describe('P2: no secret is written anywhere', () => {
  let twin: TestTwin;
  // After every file of end-to-end tests, the logs and tables of its twin are looked through.
  useSharedTwin((shared) => {
    twin = shared;
  });

  it('finds a secret in a log, plain and encoded, and in an item of a table', async () => {
    const { dynamodb } = twin.endpoints;
    for (const encoding of ['utf8', 'base64', 'base64url', 'hex'] as const) {
      const line = `said ${Buffer.from('top-secret-value').toString(encoding)}`;
      await expect(expectNoSecrets([line], dynamodb, ['top-secret-value'])).rejects.toThrow('Secrets were written');
    }
    expect(secretsIn('x-api-key: sfk_0123456789012345678901234567890123456789012', [])).toEqual(['a facade key']);
    expect(secretsIn('Authorization: Bearer abcdefghijkl', [])).toEqual(['a bearer header']);
    // Seeded, and so in the table of consumers.
    await expect(expectNoSecrets([], dynamodb, ['demo-reader'])).rejects.toThrow('ConsumersTable');
  });

  it('answers a wrong key, a key of the tenant and a token without repeating them', async () => {
    const secrets = ['sfk_wrong-wrong-wrong-wrong-wrong-wrong-wrong', demoKey, 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'];
    for (const secret of nonEmpty(secrets)) {
      for (const headers of [{ 'x-api-key': secret }, { authorization: `Bearer ${secret}` }]) {
        const answer = await fetch(`${twin.url}/api/rest/v1.0/version`, {
          headers: new Headers(Object.entries(headers)),
        });
        expect(answer.status).toBe(401);
        expect(secretsIn(await answer.text(), secrets)).toEqual([]);
      }
    }
  });

  it('is shown by npm run smoke, which finds the twin as documented and writes nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'facade-smoke-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'key');
    writeFileSync(file, 'demo-reader\n', { mode: 0o600 });
    const before = twin.simulator.arrivals.length;
    const main = fileURLToPath(new URL('../../local/smoke/main.ts', import.meta.url));
    const parameters = ['--disable-warning=ExperimentalWarning', main, '--url', twin.url, '--key-file', file];
    const run = promisify(execFile)(process.execPath, parameters);
    // Where it ends with another status, its lines say why.
    const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\d+ ok, 0 differs, 0 failed, 0 unknown, 1 skipped$/m);
    expect(stdout).not.toContain('demo-reader');
    const arrived = twin.simulator.arrivals.slice(before);
    expect(arrived.length).toBeGreaterThan(5);
    expect(arrived.filter(({ method, path }) => method !== 'GET' && !path.includes('/entities/search'))).toEqual([]);
  });
});
