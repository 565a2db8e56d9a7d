/** Runs one scenario in a process of its own, on a virtual clock. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Order, Report } from './scenario.ts';

const self = fileURLToPath(import.meta.url);
const globals = new URL('./virtual-globals.ts', import.meta.url).href;

/** @throws Error when the scenario failed; its reason is on standard error. */
export const runInProcess = async (order: Order): Promise<Report> => {
  // Each answer is garbage soon: with the usual space for it, collecting takes a fifth of a run.
  const execArgv = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=64', `--import=${globals}`];
  // The bundles of one scenario are those of the next one.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(order.assemblyDir, '.compile-cache') };
  const child = fork(self, { execArgv, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.send(order);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The scenario "${order.name}" ended without a report.`);
  });
  const [report] = (await Promise.race([once(child, 'message'), ended])) as [Report];
  child.kill('SIGKILL');
  return report;
};

if (process.argv[1] === self) {
  process.once('message', async (order: Order) => {
    const { runScenario } = await import('./scenario.ts');
    process.send?.(await runScenario(order));
  });
}
