/**
 * Before the first test: a folder where processes that tests start leave compiled code for the next ones, until the run ends. Types
 * are stripped once for each file.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder, for the variable NODE_COMPILE_CACHE. */
    readonly compileCache: string;
  }
}

/** Gives what removes the folder again. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'signals-facade-compiled-'));
  project.provide('compileCache', folder);
  // A process that ends just now may still write.
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10 });
};
