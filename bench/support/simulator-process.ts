/** The Signals simulator in a process of its own, so that its core is not the client's. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const sourceMain = fileURLToPath(new URL('../../packages/signals-simulator/src/main.ts', import.meta.url));

export type RunningSimulator = {
  /** Origin, without a path. */
  readonly url: string;
  /** From the start of the process until it was ready. */
  readonly startMillis: number;
  /** What the process holds in memory now. */
  residentBytes(): Promise<number>;
  stop(): Promise<void>;
};

const residentBytesOf = async (pid: number): Promise<number> => {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) * 1024;
};

/** Without a limit of requests. @param flags of `npm run simulator`, such as `--entities`. */
export const startSimulatorProcess = (...flags: string[]): Promise<RunningSimulator> => startMain(sourceMain, ...flags);

/** @param main the script of the command, from source or built. */
export const startMain = async (main: string, ...flags: string[]): Promise<RunningSimulator> => {
  const startedMillis = performance.now();
  const child = spawn(process.execPath, [main, '--no-limit', ...flags], {
    env: { ...process.env, SIGNALS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.endsWith('ready\n')) break;
  }
  const startMillis = performance.now() - startedMillis;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return {
    url: new URL(/http:\S+/.exec(text)?.[0] ?? '').origin,
    startMillis,
    residentBytes: () => residentBytesOf(child.pid ?? 0),
    stop,
  };
};
