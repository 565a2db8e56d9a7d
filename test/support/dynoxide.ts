/** Before the first test: one dynoxide for all of them, where its binary exists. */
import type { TestProject } from 'vitest/node';
import { dynoxidePath, startDynoxide } from '../../local/emulators/dynoxide.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Empty where there is no binary. */
    readonly dynoxideUrl: string;
  }
}

/** Returns a function that stops it. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const engine = dynoxidePath() === undefined ? undefined : await startDynoxide({});
  project.provide('dynoxideUrl', engine?.url ?? '');
  return async () => engine?.close();
};
