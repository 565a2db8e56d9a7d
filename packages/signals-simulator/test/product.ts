/** What users do with the installed package: the command, the import, the examples and the workflow of its README. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { findFreePort } from '../../../local/emulators/loopback.ts';
import { environment, root, run } from '../../../test/support/packed.ts';
import { runPython } from '../../../test/support/python.ts';

import { examples, snippet } from './readme.ts';

const useCommand = async (folder: string) => {
  const npx = (...args: string[]) => run('npx', ['signals-simulator', ...args], { cwd: folder, env: environment });
  expect((await npx('--version')).stdout).toBe('0.1.0\n');
  const bin = join(folder, 'node_modules', '.bin', 'signals-simulator');
  const child = spawn(bin, ['--port', '0'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  let printed = '';
  for await (const text of child.stdout) {
    printed += text;
    if (printed.includes('ready')) break;
  }
  const [url = ''] = /http:\S+/.exec(printed) ?? [];
  const answer = await fetch(`${url}/entities?page[limit]=2`, { headers: { 'x-api-key': 'demo-signals-key' } });
  expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(2);
};

const script = `import { demoIds, startSimulator } from 'signals-simulator';
const simulator = await startSimulator();
const answer = await fetch(\`\${simulator.url}/api/rest/v1.0/entities/\${demoIds.experiment}\`, { headers: { 'x-api-key': 'demo-signals-key' } });
console.log(answer.status, simulator.arrivals.length);
await simulator.close();`;

/** The README's TypeScript runs on this Node, which reads types; the compiled import on that of the machine. */
const useImport = async (folder: string) => {
  await writeFile(join(folder, 'use.mjs'), script);
  expect((await run('node', ['use.mjs'], { cwd: folder, env: environment })).stdout).toBe('200 1\n');
  await writeFile(join(folder, 'example.test.ts'), examples.typescript);
  await writeFile(join(folder, 'options.ts'), snippet('ts', 'requestsPerMinute: 100'));
  const tested = await run(process.execPath, ['--test', 'example.test.ts'], { cwd: folder, env: environment });
  expect(tested.stdout).toMatch(/^. pass 1$/m);
  const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  const roots = ['--typeRoots', join(root, 'node_modules', '@types')];
  const files = ['example.test.ts', 'options.ts'];
  await run(join(root, 'node_modules', '.bin', 'tsc'), [...strict, ...roots, ...files], { cwd: folder });
};

/** The steps of the README's workflow after `npm ci`, which is done, and with the Python example as the tests of the project. */
const useWorkflow = async (folder: string) => {
  const port = String(await findFreePort());
  const steps = [...snippet('yaml', 'runs-on').matchAll(/- run: (.*)/g)].map(([, step = '']) => step);
  expect(steps.map((step) => step.split(' ')[0])).toEqual(['npm', 'npx', 'curl', 'npm']);
  const shell = spawn(
    'sh',
    ['-e', '-c', `${steps.slice(1, 3).join('\n').replaceAll('4010', port)}\necho\necho up\nwait`],
    {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => void process.kill(-(shell.pid ?? 0)));
  let printed = '';
  for await (const text of shell.stdout) {
    printed += text;
    if (/^up$/m.test(printed)) break;
  }
  await writeFile(join(folder, 'example.py'), examples.python);
  const environmentOfTests = { SIGNALS_URL: `http://127.0.0.1:${port}` };
  expect(await runPython(join(folder, 'example.py'), environmentOfTests)).toMatch(/^experiment:\S+ open\n$/);
};

/** @param folder in which the package is installed. */
export const useSimulatorPackage = async (folder: string): Promise<void> => {
  await useCommand(folder);
  await useImport(folder);
  await useWorkflow(folder);
};
