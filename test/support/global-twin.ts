/** Before the first end-to-end test: synthesizes the stacks of the twins, once for all of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { findFreePort } from '../../local/emulators/loopback.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder with the synthesized assembly of the stage `local`. */
    readonly assemblyDir: string;
    /** The same stack, which lets web pages of these two origins call it. */
    readonly pagesAssemblyDir: string;
    /** The first of the two: a port of this machine that was free. */
    readonly pagesPort: number;
    readonly secondOrigin: string;
  }
}

/** Listed beside the page's own, so that API Gateway's own answers name neither. */
const secondOrigin = 'https://app.example.com';
const script = fileURLToPath(new URL('./synthesize-twins.ts', import.meta.url));

/** Returns a function that removes the assemblies. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'signals-facade-assembly-'));
  const [assemblyDir, pagesAssemblyDir] = [join(folder, 'plain'), join(folder, 'pages')];
  const pagesPort = await findFreePort();
  const origins = `http://127.0.0.1:${pagesPort},${secondOrigin}`;
  const parameters = ['--disable-warning=ExperimentalWarning', script, assemblyDir, pagesAssemblyDir, origins];
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The stack of the twins could not be synthesized.');
  project.provide('assemblyDir', assemblyDir);
  project.provide('pagesAssemblyDir', pagesAssemblyDir);
  project.provide('pagesPort', pagesPort);
  project.provide('secondOrigin', secondOrigin);
  return () => rm(folder, { recursive: true, force: true });
};
