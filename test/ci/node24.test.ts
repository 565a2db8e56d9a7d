/** .ci/node24.mjs as npm runs it, in a small project of its own: installs with progress, and nothing outlives it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/aws.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One dependency, a folder, so that npm calls no registry. */
const lockOf = (version: string) => ({
  name: 'project',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'project', dependencies: { thing: 'file:thing' } },
    'node_modules/thing': { resolved: 'thing', link: true },
    thing: { version },
  },
});

const createProject = async (script: string): Promise<string> => {
  const folder = await temporaryFolder();
  const write = (path: string, value: unknown) => writeFile(join(folder, path), JSON.stringify(value));
  await cp(join(root, '.ci'), join(folder, '.ci'), { recursive: true });
  await mkdir(join(folder, 'thing'));
  await write('package.json', { name: 'project', dependencies: { thing: 'file:thing' } });
  await write('thing/package.json', { name: 'thing', version: '1.0.0' });
  await write('package-lock.json', lockOf('1.0.0'));
  await writeFile(join(folder, 'script.mjs'), script);
  return folder;
};

const environment = { PATH: process.env.PATH, HOME: process.env.HOME };

const run = async (folder: string, ...args: string[]) => {
  const child = spawn(process.execPath, [join(folder, '.ci', 'node24.mjs'), 'script.mjs', ...args], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], printed, errors] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code, printed, errors };
};

describe('.ci/node24.mjs', () => {
  it('installs once for each lock file, saying how far it is, and passes arguments and status on', async () => {
    const folder = await createProject(`console.log(process.version, process.argv[2]); process.exitCode = 3;`);

    const first = await run(folder, 'one');
    const second = await run(folder, 'two');
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lockOf('1.0.0'), undefined, 2));
    const third = await run(folder, 'three');

    expect(first).toMatchObject({ code: 3, printed: `${process.version} one\n` });
    expect(first.errors).toMatch(
      /^Installing dependencies .*\n( {2}\d of about 2 packages, \d+ s\n)* {2}2 of about 2 packages, \d+ s\n$/,
    );
    expect(second).toEqual({ code: 3, printed: `${process.version} two\n`, errors: '' });
    expect(third.errors).toContain('Installing dependencies');
  });

  it('says what to do when npm ci fails, and runs nothing', async () => {
    const folder = await createProject(`console.log('ran');`);
    await writeFile(join(folder, 'package-lock.json'), '{}');

    const { code, printed, errors } = await run(folder);

    expect([code, printed]).toEqual([1, '']);
    expect(errors.trimEnd().split('\n').at(-1)).toMatch(/^npm ci failed\. Fix: /);
  });
});

/** Ends as `npm start` does: when the process that started it has ended. */
const longRunning = `
  import { writeFileSync } from 'node:fs';
  import { whenRunnerEnds } from ${JSON.stringify(join(root, 'local', 'parent.ts'))};
  const stop = (why) => {
    writeFileSync('stopped', why);
    process.exit(0);
  };
  process.on('SIGHUP', () => stop('SIGHUP'));
  whenRunnerEnds(() => stop('runner'));
  setInterval(() => {}, 1000);
  writeFileSync('ready', String(process.pid));`;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a script that runs until it is stopped', () => {
  it.each([
    ['its runner', {}, '', 'runner'],
    // npm, and the shell that it puts in between, are one here.
    ['npm', { npm_lifecycle_event: 'start' }, 'npm', 'SIGHUP'],
  ])('ends when %s is killed with kill -9', async (_, variables, between, why) => {
    const folder = await createProject(longRunning);
    const command = [join(folder, '.ci', 'node24.mjs'), 'script.mjs'];
    const npm = `require('node:child_process').spawn(process.execPath, ${JSON.stringify(command)}, { stdio: 'ignore' })`;
    const child = spawn(process.execPath, between ? ['-e', npm] : command, {
      cwd: folder,
      env: { ...environment, ...variables },
      stdio: 'ignore',
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const told = () => readFile(join(folder, 'ready'), 'utf8').catch(() => '');
    await expect.poll(told).toMatch(/^\d+$/);
    const pid = Number(await told());
    expect(isAlive(pid)).toBe(true);

    child.kill('SIGKILL');

    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(await readFile(join(folder, 'stopped'), 'utf8')).toBe(why);
  });
});
