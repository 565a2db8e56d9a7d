/** Bundles the functions and synthesizes the stack of the twin, in a process of its own: nothing here imports the stack. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { TwinError } from '../gateway/twin-error.ts';
import { projectRoot } from './settings.ts';

/** The most useful text of a failure: the line of the thrown error, or else all lines outside the stack trace. */
const reasonOf = (output: string): string => {
  const lines = output.split('\n').map((line) => line.trim());
  const thrown = lines.find((line) => /^\w*Error: /.test(line));
  return thrown ?? lines.filter((line) => line !== '' && !line.startsWith('at ')).join(' ');
};

/** Writes the assembly into `outDir`. Aborting kills the child. @throws TwinError with the reason, in one line. */
export const synthesize = async (options: {
  readonly outDir: string;
  readonly port: number;
  /** Of the demo issuer that the stage trusts; left out = the usual one. */
  readonly issuerPort?: number;
  readonly signalsUrl: string;
  readonly signal: AbortSignal;
}): Promise<void> => {
  const args = ['--disable-warning=ExperimentalWarning', 'infra/synth.ts', '--stage', 'local', '--out', options.outDir];
  const child = spawn(process.execPath, [...args, '--no-checks'], {
    cwd: projectRoot,
    // The tenant's key is no business of the template.
    env: {
      ...process.env,
      SIGNALS_API_KEY: undefined,
      SIGNALS_URL: options.signalsUrl,
      PORT: String(options.port),
      ...(options.issuerPort === undefined ? {} : { ISSUER_PORT: String(options.issuerPort) }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = () => child.kill('SIGKILL');
  options.signal.addEventListener('abort', stop);
  const [[code], output] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  options.signal.removeEventListener('abort', stop);
  if (code === 0 || options.signal.aborted) return;
  const reason = reasonOf(output) || `it ended with status ${code}`;
  throw new TwinError(
    `The stack could not be synthesized: ${reason} Fix: correct that; npm run synth shows all of it.`,
  );
};
