/** Before the first end-to-end test: synthesizes the stack of the twin, once for all of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesize } from '../../local/start/synthesize.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder with the synthesized assembly of the stage `local`. */
    readonly assemblyDir: string;
  }
}

/** Stand-ins in the template: each twin overrides them with its own. */
const anyPort = 4000;
const anyTenant = 'http://127.0.0.1:4010';

/** Returns a function that removes the assembly. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const outDir = await mkdtemp(join(tmpdir(), 'signals-facade-assembly-'));
  await synthesize({ outDir, port: anyPort, signalsUrl: anyTenant, signal: new AbortController().signal });
  project.provide('assemblyDir', outDir);
  return () => rm(outDir, { recursive: true, force: true });
};
