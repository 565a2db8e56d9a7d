/** The README's examples run, and the Dockerfile's steps build a folder whose command answers. */

import { spawn } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findFreePort } from '../../../local/emulators/loopback.ts';
import { runCommand } from '../../../test/support/command.ts';
import { emptyFolder, environment, packInto, root, run } from '../../../test/support/packed.ts';
import { hasRequests, runPython, withoutRequests } from '../../../test/support/python.ts';
import { isFull, tenantSize } from '../../../test/support/test-size.ts';
import { simulate } from '../src/command-line.ts';
import { startSimulator } from '../src/simulator.ts';
import { examples } from './readme.ts';

const source = pathToFileURL(join(root, 'packages', 'signals-simulator', 'src', 'index.ts')).href;

describe('the README', () => {
  it('has an example in TypeScript that passes', async () => {
    const folder = await emptyFolder();
    const file = join(folder, 'example.test.ts');
    await writeFile(file, examples.typescript.replace("'signals-simulator'", `'${source}'`));
    const { stdout } = await run(process.execPath, ['--test', file], { cwd: folder, env: environment });
    expect(stdout).toMatch(/^. pass 1$/m);
  });

  it('has an example in Python that makes an experiment', async ({ skip }) => {
    skip(!hasRequests, withoutRequests);
    const simulator = await startSimulator(tenantSize);
    onTestFinished(() => simulator.close());
    const file = join(await emptyFolder(), 'example.py');
    await writeFile(file, examples.python);
    const [id, state] = (await runPython(file, { SIGNALS_URL: simulator.url })).trim().split(' ');
    expect([simulator.tenant.entities.get(id ?? '')?.name, state]).toEqual(['Made by a script', 'open']);
  });
});

const dockerfile = await readFile(new URL('../Dockerfile', import.meta.url), 'utf8');
const steps = [...dockerfile.matchAll(/^([A-Z]+) (.*)$/gm)].map(([, name = '', text = '']) => ({ name, text }));
const listOf = (name: string): string[] =>
  JSON.parse(/\[.*\]$/.exec(steps.find((step) => step.name === name)?.text ?? '')?.[0] ?? '[]');

/** What each instruction does to a folder that stands for the container. The others say nothing to a folder. */
const perform = async (image: string, context: string): Promise<string> => {
  let folder = image;
  for (const { name, text } of steps)
    if (name === 'WORKDIR') {
      folder = join(image, text);
      await mkdir(folder, { recursive: true });
    } else if (name === 'COPY') {
      const [pattern = ''] = text.split(' ');
      const wanted = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
      const files = (await readdir(context)).filter((file) => wanted.test(file));
      for (const file of files) await copyFile(join(context, file), join(folder, file));
    } else if (name === 'RUN') await run('sh', ['-e', '-c', text], { cwd: folder, env: environment });
  return folder;
};

describe('the Dockerfile', () => {
  it('has no instruction that its test does not perform or know', () => {
    const names = steps.map(({ name }) => name);
    expect(names).toEqual(['FROM', 'WORKDIR', 'COPY', 'RUN', 'USER', 'EXPOSE', 'HEALTHCHECK', 'ENTRYPOINT']);
  });

  it('starts the command with flags that it knows', async () => {
    const [program, ...flags] = listOf('ENTRYPOINT');
    expect(program).toMatch(/\/signals-simulator$/);
    const command = async (args: readonly string[]) => (await simulate(args, {})).status;
    expect((await runCommand('local/simulator.ts', command, [...flags, '--version'])).code).toBe(0);
  });

  // npm packs and installs: full size only.
  it.runIf(isFull)('has steps that build a folder whose command answers the health check', async () => {
    const [context, image] = [await emptyFolder(), await emptyFolder()];
    await packInto(context, 'signals-simulator');
    const folder = await perform(image, context);
    const [command = '', ...flags] = listOf('ENTRYPOINT');
    const port = String(await findFreePort());
    const child = spawn(command, [...flags, '--port', port], { cwd: folder, env: environment, stdio: 'ignore' });
    onTestFinished(() => void child.kill());
    const [program = '', ...args] = listOf('HEALTHCHECK').map((word) => word.replace('4010', port));
    const check = () =>
      run(program, args, { env: environment }).then(
        () => 'healthy',
        () => 'not yet',
      );
    await expect.poll(check).toBe('healthy');
  });
});
