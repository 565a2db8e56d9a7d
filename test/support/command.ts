/** A command of this project: as a process, as a person runs it, or called in this process. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { isFull } from './test-size.ts';

export type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string };
type Environment = Readonly<Record<string, string>>;

/** Runs a script of the project, which sees these variables and `PATH`. */
export const runScript = (script: string, args: readonly string[], environment: Environment = {}): Promise<Outcome> =>
  new Promise((resolve) => {
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const flags = ['--disable-warning=ExperimentalWarning', script, ...args];
    const options = {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { PATH, NODE_COMPILE_CACHE, ...environment },
    };
    execFile(process.execPath, flags, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

/** What a command prints on the console and returns as its status. One at a time. */
const runCall = async (command: () => Promise<number>): Promise<Outcome> => {
  const printed = { log: '', error: '' };
  const spyOn = (name: 'log' | 'error') =>
    vi.spyOn(console, name).mockImplementation((line: string) => {
      printed[name] += `${line}\n`;
    });
  const spies = [spyOn('log'), spyOn('error')];
  const code = await command().finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return { code, stdout: printed.log, stderr: printed.error };
};

/**
 * At full size each command is a process. A process takes half a second of the processor, so at the small size only those are processes that
 * a test runs by `runScript`: one for each status.
 */
export const runCommand = (
  script: string,
  command: (args: readonly string[], environment: Environment) => Promise<number>,
  args: readonly string[],
  environment: Environment = {},
): Promise<Outcome> => (isFull ? runScript(script, args, environment) : runCall(() => command(args, environment)));
