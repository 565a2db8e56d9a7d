/** The second DynamoDB engine: the dynoxide binary of the npm package for this platform, where there is one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once as nextEvent } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLimitMillis } from '../start-limit.ts';
import { type Emulator, findFreePort, once } from './loopback.ts';
import { claimFolder } from './state-folder.ts';

const tryEveryMillis = 25;

/** Path of the dynoxide binary, or undefined where its package is not installed (it exists for Linux on x64 only). */
export const dynoxidePath = (): string | undefined => {
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    const binary = join(dirname(manifest), 'dynoxide');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
};

/** Starts dynoxide and waits until it answers. @throws Error when it is not installed or ends before it answers. */
export const startDynoxide = async (options: {
  readonly stateDir?: string | undefined;
  readonly port?: number | undefined;
}): Promise<Emulator> => {
  const binary = dynoxidePath();
  if (binary === undefined) throw new Error('dynoxide is not installed; use the engine dynalite');
  const release = claimFolder(options.stateDir);
  const port = options.port || (await findFreePort());
  const storage = options.stateDir === undefined ? [] : ['--db-path', join(options.stateDir, 'dynoxide.db')];
  const child = spawn(binary, ['serve', '--host', '127.0.0.1', '--port', String(port), ...storage], {
    stdio: 'ignore',
  });
  const killWithParent = () => child.kill('SIGKILL');
  process.once('exit', killWithParent);
  const close = once(async () => {
    process.off('exit', killWithParent);
    await stop(child);
    release();
  });
  const url = `http://127.0.0.1:${port}`;
  await waitUntilAnswering(url, child).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { url, close };
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const stop = async (child: ChildProcess): Promise<void> => {
  if (hasEnded(child) || child.pid === undefined) return;
  const ended = nextEvent(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(patience);
};

const waitUntilAnswering = async (url: string, child: ChildProcess): Promise<void> => {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const endMillis = performance.now() + startLimitMillis;
  while (performance.now() < endMillis) {
    if (failure) throw failure;
    if (hasEnded(child)) throw new Error(`dynoxide ended with code ${child.exitCode} instead of serving ${url}`);
    if (await answers(url)) return;
    await sleep(tryEveryMillis);
  }
  throw new Error(`dynoxide did not answer at ${url} within ${startLimitMillis} ms`);
};

const answers = async (url: string): Promise<boolean> => {
  try {
    await (await fetch(url)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
};
