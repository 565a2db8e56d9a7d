import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { functionNames } from '../../infra/function-names.ts';
import { synthCommand } from '../../infra/synth-command.ts';
import { runCommand, runScript } from '../support/command.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { isFull } from '../support/test-size.ts';

const script = 'infra/synth.ts';
const synth = (args: string[], env: Record<string, string> = {}) => runCommand(script, synthCommand, args, env);

const folders: string[] = [];
const freshFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'facade-synth-'));
  folders.push(folder);
  return folder;
};

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

describe('npm run synth', () => {
  // Bundles everything once more. At the small size only the start of the twin for e2e does that.
  it.runIf(isFull)('writes an assembly with every bundle, without credentials', async () => {
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
    expect(functions).toHaveLength(functionNames.length);
    for (const { Metadata } of nonEmpty(functions))
      expect(existsSync(join(out, Metadata['aws:asset:path'] ?? '', 'index.mjs'))).toBe(true);
    expect(JSON.stringify(template)).toContain('http://127.0.0.1:4999');
    expect(JSON.stringify(template)).toContain('http://127.0.0.1:4998');
  });

  it.each([
    [
      'a value',
      [],
      { FACADE_REGION: 'moon' },
      /^Stage dev, field region: "moon" is not accepted\. Accepted: an AWS region, such as eu-west-1\.$/,
    ],
    [
      'the name of a variable',
      [],
      { FACADE_REGOIN: 'eu-west-1' },
      /^Stage dev: FACADE_REGOIN is no setting\. Fix: set FACADE_REGION if that is meant, or unset it\.$/,
    ],
    ['a stage', ['--stage', 'moon'], {}, /^Stage moon does not exist\. Accepted: dev, prod, local\.$/],
    ['a flag', ['--stag', 'dev'], {}, /^Unknown option '--stag'.* Fix: npm run synth -- --help lists the options\.$/],
  ])('ends with status 1 and one line, before it bundles anything, when %s is wrong', async (_, args, env, line) => {
    const failure = await synth([...args, '--out', await freshFolder()], env);
    expect(failure.code).toBe(1);
    expect(failure.stdout).toBe('');
    expect(failure.stderr.trim()).toMatch(line);
  });

  it('ends with status 1 and one line when the folder cannot be written to', async () => {
    const file = join(await freshFolder(), 'file');
    await writeFile(file, '');
    const failure = await runScript(script, ['--out', join(file, 'out'), '--no-checks']);
    expect(failure.code).toBe(1);
    expect(failure.stderr.trim()).toMatch(/^[^\n]* Fix: [^\n]*--out DIR\.$/);
  });

  // Linux; elsewhere there is no such folder.
  it.runIf(existsSync('/proc/self'))(
    'ends with status 1 and one line where folders cannot be made at all',
    async () => {
      const failure = await synth(['--out', '/proc/x/y', '--no-checks']);
      expect(failure.code).toBe(1);
      expect(failure.stdout).toBe('');
      expect(failure.stderr.trim()).toMatch(/^[^\n]*\/proc\/x[^\n]* Fix: [^\n]*--out DIR\.$/);
    },
  );

  it('says how it is used', async () => {
    const { stdout, stderr } = await runScript(script, ['--help']);
    expect(stdout).toMatch(/^Usage: npm run synth -- /);
    expect(stderr).toBe('');
  });
});
