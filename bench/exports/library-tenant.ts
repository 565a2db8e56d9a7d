/** The simulated tenant in a process of its own, with a library of any size. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startSimulator } from '../../packages/signals-simulator/src/simulator.ts';

export type LibraryTenant = { readonly url: string; readonly close: () => Promise<void> };

/** Three batches each. */
export const startLibraryTenant = async (assets: number): Promise<LibraryTenant> => {
  const child = fork(fileURLToPath(import.meta.url), [String(assets)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [url] = (await once(child, 'message')) as [string];
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { url, close };
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = { compounds: Number(process.argv[2]), requestsPerMinute: Number.POSITIVE_INFINITY };
  const { url } = await startSimulator(options);
  process.send?.(url);
}
