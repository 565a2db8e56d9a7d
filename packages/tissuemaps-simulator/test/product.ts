/** What users do with the installed package: the command, the import, and the examples of its README. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { environment, root, run } from '../../../test/support/packed.ts';
import { snippet } from './readme.ts';

const useCommand = async (folder: string) => {
  const bin = join(folder, 'node_modules', '.bin', 'tissuemaps-simulator');
  expect((await run(bin, ['--version'], { env: environment })).stdout).toBe('0.1.0\n');
  const child = spawn(bin, ['--port', '0'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  let printed = '';
  for await (const text of child.stdout) {
    printed += text;
    if (printed.includes('ready')) break;
  }
  const [url = ''] = /http:\S+/.exec(printed) ?? [];
  const script = snippet('sh', 'curl').replace('http://127.0.0.1:4030', url);
  const { stdout } = await run('sh', ['-e', '-c', script], { cwd: folder, env: environment });
  expect(stdout).toContain('"name": "demo-nuclei"');
};

/** The README's TypeScript runs on this Node, which reads types, and is compiled against the types of the package. */
const useImport = async (folder: string) => {
  await writeFile(join(folder, 'example.test.ts'), snippet('ts', "from 'node:test'"));
  const tested = await run(process.execPath, ['--test', 'example.test.ts'], { cwd: folder, env: environment });
  expect(tested.stdout).toMatch(/^. pass 1$/m);
  const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  const roots = ['--typeRoots', join(root, 'node_modules', '@types')];
  await run(join(root, 'node_modules', '.bin', 'tsc'), [...strict, ...roots, 'example.test.ts'], { cwd: folder });
};

/** @param folder in which the package is installed. */
export const useTissuemapsPackage = async (folder: string): Promise<void> => {
  await useCommand(folder);
  await useImport(folder);
};
