/** Each package for others packs, installs in an empty folder without the facade, and runs there. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeArchive } from '../packages/archive-verify/test/archive-builder.ts';
import { isFull } from './support/test-size.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = await readdir(join(root, 'packages'));
const run = promisify(execFile);

const emptyFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'packed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** npm as on anybody's machine: nothing of this project is in its PATH. */
const environment = {
  ...process.env,
  PATH: (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(root))
    .join(delimiter),
};

const installed = async (name: string): Promise<string> => {
  const folder = await emptyFolder();
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder, '--workspace', name], { cwd: root });
  const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[')));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, filename)], {
    cwd: folder,
    env: environment,
  });
  return folder;
};

const refusal = async (outcome: Promise<unknown>) => {
  const { code, stdout, stderr } = (await outcome.then(
    () => ({}),
    (error: unknown) => error,
  )) as Refusal;
  return { code, stdout, stderr };
};
type Refusal = { readonly code?: number; readonly stdout?: string; readonly stderr?: string };

/** What each package does once it is installed. */
const uses: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  'archive-verify': async (folder) => {
    const bin = join(folder, 'node_modules', '.bin', 'archive-verify');
    const verify = (...args: string[]) => run(bin, args, { env: environment });
    expect((await verify('--version')).stdout).toBe('0.1.0\n');
    const archive = await writeArchive(3);
    expect((await verify(archive.folder, '--public-key', archive.keyFile)).stdout).toMatch(/result +WHOLE/);
    await rm(join(archive.folder, 'heads'), { recursive: true });
    expect(await refusal(verify(archive.folder))).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^fault head-missing/),
    });
    expect(await refusal(verify('--bucket', 'any'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npm install @aws-sdk/client-s3'),
    });
  },
  'signals-simulator': async (folder) => {
    const bin = join(folder, 'node_modules', '.bin', 'signals-simulator');
    const child = spawn(bin, { env: { ...environment, SIGNALS_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill());
    let printed = '';
    for await (const text of child.stdout) {
      printed += text;
      if (printed.includes('ready')) break;
    }
    const [url = ''] = /http:\S+/.exec(printed) ?? [];
    const answer = await fetch(`${url}/entities?page[limit]=2`, { headers: { 'x-api-key': 'demo-signals-key' } });
    expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(2);

    const script = `import { demoIds, startSimulator } from 'signals-simulator';
const simulator = await startSimulator();
const answer = await fetch(\`\${simulator.url}/api/rest/v1.0/entities/\${demoIds.experiment}\`, { headers: { 'x-api-key': 'demo-signals-key' } });
console.log(answer.status, simulator.arrivals.length);
await simulator.close();`;
    await writeFile(join(folder, 'use.ts'), script);
    await writeFile(join(folder, 'use.mjs'), script);
    expect((await run('node', ['use.mjs'], { cwd: folder, env: environment })).stdout).toBe('200 1\n');
    const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    const roots = ['--typeRoots', join(root, 'node_modules', '@types')];
    await run(join(root, 'node_modules', '.bin', 'tsc'), [...strict, ...roots, 'use.ts'], { cwd: folder });
  },
};

describe('a package', () => {
  // npm takes half a minute on a busy machine: full size only.
  it.runIf(isFull).each(packages)('%s packs, installs in an empty folder and runs there', async (name) => {
    const use = uses[name];
    if (!use) throw new Error(`Say in this test what ${name} does once it is installed.`);
    const folder = await installed(name);
    const files = await readdir(join(folder, 'node_modules', name));
    expect(files.sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
    const { dependencies } = JSON.parse(await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
    expect(dependencies).toBeUndefined();
    await use(folder);
  });
});
