/** The Signals simulator in a process of its own, so that its core is not the client's. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../packages/signals-simulator/src/main.ts', import.meta.url));

export type RunningSimulator = {
  /** Origin, without a path. */
  readonly url: string;
  stop(): Promise<void>;
};

/** Without a limit of requests. @param flags of `npm run simulator`, such as `--entities`. */
export const startSimulatorProcess = async (...flags: string[]): Promise<RunningSimulator> => {
  const child = spawn(process.execPath, [main, '--no-limit', ...flags], {
    env: { ...process.env, SIGNALS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.endsWith('ready\n')) break;
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { url: new URL(/http:\S+/.exec(text)?.[0] ?? '').origin, stop };
};
