/**
 * The tests: `npm test [arguments of vitest]`. Without arguments it runs the end-to-end tests and all others side by side,
 * because the end-to-end tests wait for much of their time. With arguments it is vitest
 * alone. Ends with one line for readers of logs, and with status 1 when a half failed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
/** Of `plain-summary.ts`. */
const summary = /^(\d+) passed, (\d+) failed, (\d+) skipped$/;
/** The first line of what vitest prints at the end: the failures, or the counts. */
const closing = /^⎯| Test Files {2}/;

const runVitest = (args: readonly string[], stdio: 'inherit' | 'pipe'): ChildProcess => {
  const env = { ...process.env, ...(process.stdout.isTTY && stdio === 'pipe' ? { FORCE_COLOR: '1' } : {}) };
  const child = spawn(process.execPath, [vitest, 'run', ...args], { stdio: ['ignore', stdio, stdio], env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return child;
};

type Half = { readonly status: number; readonly closingLines: string[]; readonly counts: number[] };

/** Prints the lines of a half as they come, but for its last ones: both halves' failures stand at the end. */
const runHalf = async (project: string, workers: number): Promise<Half> => {
  const child = runVitest(['--project', project, '--maxWorkers', String(workers)], 'pipe');
  const closingLines: string[] = [];
  let counts: number[] = [];
  const read = (line: string): void => {
    const found = summary.exec(line);
    if (found) counts = found.slice(1).map(Number);
    else if (closingLines.length > 0 || closing.test(line)) closingLines.push(line);
    else console.log(line);
  };
  for (const input of [child.stdout, child.stderr]) if (input) createInterface({ input }).on('line', read);
  const [code] = await once(child, 'close');
  return { status: code === 0 ? 0 : 1, closingLines, counts };
};

const runHalves = async (): Promise<number> => {
  const halves = await Promise.all([runHalf('e2e', 3), runHalf('parts', 2)]);
  for (const { closingLines } of halves) console.log(closingLines.join('\n'));
  const [passed, failed, skipped] = [0, 1, 2].map((at) =>
    halves.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0),
  );
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return Math.max(...halves.map(({ status }) => status));
};

const runAlone = async (args: readonly string[]): Promise<number> => {
  const [code] = await once(runVitest(args, 'inherit'), 'exit');
  return code ?? 1;
};

const args = process.argv.slice(2);
process.exitCode = args.length > 0 ? await runAlone(args) : await runHalves();
