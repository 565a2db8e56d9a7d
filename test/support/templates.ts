/** Before the first test: a folder for the templates that tests synthesize, so that the processes of a run share them. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder. */
    readonly templates: string;
  }
}

/** Gives what removes the folder again. Before each further run of a watcher, which follows a change of the code, it is emptied. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'signals-facade-templates-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  project.provide('templates', folder);
  project.onTestsRerun(async () => {
    await remove();
    await mkdir(folder);
  });
  return remove;
};
