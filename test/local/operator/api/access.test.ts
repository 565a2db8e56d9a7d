/** Where a command sends a key, and where it takes it from. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../../../shared/consumers/consumer.ts';
import { temporaryFolder } from '../../../support/aws.ts';
import { baseUrl, createCommandLine, document } from './support.ts';

const me = document({ data: { type: 'consumer', id: 'ops', attributes: {} } });
const answering = () => me.clone();

/** A key with another last character, so that its checksum is wrong. */
const mistyped = createKey().replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));

const keyFile = async (text: string, mode = 0o600): Promise<string> => {
  const path = join(await temporaryFolder(), 'key');
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
};

describe('the key of a command', () => {
  it('comes from a file that only its owner can read', async () => {
    const { run, seen } = createCommandLine(answering, { env: {} });
    const { status } = await run('me', 'show', '--url', baseUrl, '--key-file', await keyFile('file-key\n'));
    expect([status, seen[0]?.headers.get('x-api-key')]).toEqual([0, 'file-key']);
  });

  it.skipIf(process.platform === 'win32')('does not come from a file that others can read', async () => {
    const { run, seen } = createCommandLine(answering, { env: {} });
    const path = await keyFile('file-key', 0o640);
    const { status, stderr } = await run('me', 'show', '--url', baseUrl, '--key-file', path);
    expect([status, seen]).toEqual([2, []]);
    expect(stderr).toContain(`chmod 600 ${path}`);
    expect(stderr).not.toContain('file-key');
  });

  it('comes from standard input where the file is named -', async () => {
    const { run, seen } = createCommandLine(answering, { env: {}, secret: 'piped-key\n' });
    expect((await run('me', 'show', '--url', baseUrl, '--key-file', '-')).status).toBe(0);
    expect(seen[0]?.headers.get('x-api-key')).toBe('piped-key');
  });

  it('is asked for on a terminal', async () => {
    const { run, asked } = createCommandLine(answering, {
      env: { OPERATOR_URL: baseUrl },
      canAsk: true,
      secret: 'typed',
    });
    expect([(await run('me')).status, asked]).toEqual([0, ['Facade key: ']]);
  });

  it.each([
    ['is missing, and nobody can be asked', {}, 'No key was given'],
    ['is two', { OPERATOR_KEY: 'one two' }, 'OPERATOR_KEY holds one key'],
    ['has a wrong checksum', { OPERATOR_KEY: mistyped }, 'mistyped'],
  ])('ends the command with status 2 when it %s', async (_name, env, message) => {
    const { run, seen } = createCommandLine(answering, { env: { OPERATOR_URL: baseUrl, ...env } });
    const { status, stdout, stderr } = await run('me');
    expect([status, stdout, seen]).toEqual([2, '', []]);
    expect(stderr).toContain(message);
  });

  it('is never shown', async () => {
    const secrets = ['the-key', 'tenant-secret'];
    const echo = () => document({ errors: [{ status: '422', code: 'CREDENTIAL_REFUSED', detail: 'No.' }] }, 422);
    const { run, seen } = createCommandLine(echo, { secret: 'tenant-secret' });
    const { status, stdout, stderr } = await run('credentials', 'add', '--owner', 'svc');
    expect(status).toBe(1);
    expect(seen[0]?.body).toContain('tenant-secret');
    expect(secrets.filter((secret) => `${stdout}${stderr}${seen[0]?.url}`.includes(secret))).toEqual([]);
  });

  it('and the secret of a credential cannot both be standard input', async () => {
    const { run, seen } = createCommandLine(answering, { env: { OPERATOR_URL: baseUrl }, secret: 'one' });
    const { status, stderr } = await run('credentials', 'add', '--owner', 'svc', '--key-file', '-');
    expect([status, seen]).toEqual([2, []]);
    expect(stderr).toContain('Standard input has the facade key');
  });

  it.each(['--key', '--secret'])('is no argument: %s is no option', async (option) => {
    const { run, seen } = createCommandLine(answering);
    const { status, stderr } = await run('credentials', 'add', '--owner', 'svc', option, 'text-of-it');
    expect([status, seen]).toEqual([2, []]);
    expect(stderr).not.toContain('text-of-it');
  });
});

describe('the stage of a command', () => {
  it('is found by its name and region', async () => {
    const asked: (string | undefined)[] = [];
    const findStageUrl = async (stage: string, region: string | undefined) => {
      asked.push(stage, region);
      return `${baseUrl}/`;
    };
    const { run, seen } = createCommandLine(answering, { env: { OPERATOR_KEY: 'k' }, findStageUrl });
    expect((await run('me', '--stage', 'dev', '--region', 'eu-west-1')).status).toBe(0);
    expect([asked, seen[0]?.url.href]).toEqual([['dev', 'eu-west-1'], `${baseUrl}/v1/me`]);
  });

  it.each(['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000'])(
    'may be the twin at %s',
    async (url) => {
      const { run, seen } = createCommandLine(answering, { env: { OPERATOR_KEY: 'k', OPERATOR_URL: url } });
      expect([(await run('me')).status, seen[0]?.url.href]).toEqual([0, `${url}/v1/me`]);
    },
  );

  it.each([
    ['http://facade.example.com', {}, 'https'],
    ['http://127.0.0.1.example.com', {}, 'https'],
    ['https://user:word@facade.example.com', {}, 'no user'],
    ['https://facade.example.com/?stage=dev', {}, 'no user, password, query'],
    ['ftp://facade.example.com', {}, 'base URL'],
    ['facade', {}, 'base URL'],
    ['https://facade.example.com', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED'],
    [undefined, {}, 'Say where the stage is'],
  ])('is not %s with %o', async (url, more, message) => {
    const { run, seen } = createCommandLine(answering, { env: { OPERATOR_KEY: 'k', OPERATOR_URL: url, ...more } });
    const { status, stdout, stderr } = await run('me');
    expect([status, stdout, seen]).toEqual([2, '', []]);
    expect(stderr).toContain(message);
  });

  it('is not both a name and a URL', async () => {
    const { run, seen } = createCommandLine(answering);
    expect([(await run('me', '--stage', 'dev', '--url', baseUrl)).status, seen]).toEqual([2, []]);
  });
});
