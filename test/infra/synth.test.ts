import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { functionSizes } from '../../infra/routes.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const synth = (args: string[], env: Record<string, string> = {}) =>
  run(process.execPath, ['infra/synth.ts', ...args], { cwd: root, env: { PATH: process.env.PATH, ...env } });
const folders: string[] = [];
const freshFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'facade-synth-'));
  folders.push(folder);
  return folder;
};

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

describe('npm run synth', () => {
  it('writes an assembly with every bundle, without credentials', async () => {
    const out = await freshFolder();
    const { stdout } = await synth(['--stage', 'local', '--out', out, '--no-checks'], {
      SIGNALS_URL: 'http://127.0.0.1:4999',
      PORT: '4998',
    });
    expect(stdout).toMatch(/native +\d+ KiB/);
    const template = JSON.parse(await readFile(join(out, 'signals-facade-local.template.json'), 'utf8'));
    const functions = Object.values(
      template.Resources as Record<string, { Type: string; Metadata: Record<string, string> }>,
    ).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(functions).toHaveLength(Object.keys(functionSizes).length);
    for (const { Metadata } of functions)
      expect(existsSync(join(out, Metadata['aws:asset:path'] ?? '', 'index.mjs'))).toBe(true);
    expect(JSON.stringify(template)).toContain('http://127.0.0.1:4999');
    expect(JSON.stringify(template)).toContain('http://127.0.0.1:4998');
  });

  it('ends with status 1 and one line when a value is wrong', async () => {
    const failure = await synth(['--stage', 'prod', '--out', await freshFolder()], { FACADE_REGION: 'moon' }).catch(
      (error) => error,
    );
    expect(failure.code).toBe(1);
    expect(failure.stderr.trim()).toBe(
      'Stage prod, field region: "moon" is not accepted. Accepted: an AWS region, such as eu-west-1.',
    );
  });
});
