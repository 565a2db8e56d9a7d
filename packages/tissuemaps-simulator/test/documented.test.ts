import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyFolder, environment, root, run } from '../../../test/support/packed.ts';
import { help, simulate } from '../src/command-line.ts';
import { controlCalls } from '../src/control/control.ts';
import { faultKinds } from '../src/http/faults.ts';
import { startSimulator } from '../src/simulator.ts';
import { defaultSwitches } from '../src/switches.ts';
import { page, snippet } from './readme.ts';

describe('the README', () => {
  it('lists each flag that --help lists', () => {
    const flags = [...help.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name = '']) => name);
    expect(flags).toContain('--port');
    expect(flags.filter((flag) => !page.includes(`| \`${flag}`) && !page.includes(`, \`${flag}`))).toEqual([]);
  });

  it('names each control call, switch and kind of fault, and no others', () => {
    const rows = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, name = '']) => name).toSorted();
    expect(rows(/^\| `((?:GET|POST|PATCH|DELETE) \/_control\/[\w-]+)` \|/gm)).toEqual([...controlCalls].toSorted());
    const words = [...Object.keys(defaultSwitches), ...faultKinds];
    expect(rows(/^\| `(\w+)` \|/gm)).toEqual(words.toSorted());
  });

  it('has curl examples that run', async () => {
    const simulator = await startSimulator();
    onTestFinished(() => simulator.close());
    const folder = await emptyFolder();
    const script = snippet('sh', 'curl').replace('http://127.0.0.1:4030', simulator.url);
    const { stdout } = await run('sh', ['-e', '-c', script], { cwd: folder, env: environment });
    expect(stdout).toContain('"name": "demo-nuclei"');
    expect(stdout.trimEnd().split('\r\n')).toHaveLength(161);
    expect((await readFile(join(folder, 'nucleus.png'))).subarray(1, 4).toString()).toBe('PNG');
    expect((await readFile(join(folder, 'tile.jpg'))).subarray(0, 2).toString('hex')).toBe('ffd8');
  });

  it('has an example in TypeScript that passes', async () => {
    const source = pathToFileURL(join(root, 'packages', 'tissuemaps-simulator', 'src', 'index.ts')).href;
    const file = join(await emptyFolder(), 'example.test.ts');
    await writeFile(file, snippet('ts', "from 'node:test'").replace("'tissuemaps-simulator'", `'${source}'`));
    const { stdout } = await run(process.execPath, ['--test', file], { env: environment });
    expect(stdout).toMatch(/^. pass 1$/m);
  });
});

describe('the command', () => {
  it('refuses flags that it does not know, with one line', async () => {
    const statusOf = async (...args: string[]) => (await simulate(args, {})).status;
    expect(await statusOf('--nothing')).toBe(1);
    expect(await statusOf('--port', 'x')).toBe(1);
    expect(await statusOf('--switch', 'nothing')).toBe(1);
    expect(await statusOf('--switch', 'plainIds=maybe')).toBe(1);
    expect(await statusOf('--speed', 'fast')).toBe(1);
    expect((await simulate([], { TISSUEMAPS_PORT: 'x' })).status).toBe(1);
    expect(await statusOf('--version')).toBe(0);
  });
});
