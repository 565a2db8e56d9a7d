/** `npm start`: the facade on this machine, until Ctrl-C. */
import { TwinError } from './gateway/twin-error.ts';
import { whenRunnerEnds } from './parent.ts';
import { describeTwin } from './start/banner.ts';
import { help, readSettings, type Settings } from './start/settings.ts';
import { explainState } from './start/state.ts';

/** After this time, this process ends, which also ends its children. */
const closeLimitMillis = 2500;

const closers: (() => Promise<void>)[] = [];
const abort = new AbortController();

const closeAll = async (): Promise<void> => {
  for (const close of closers.splice(0).reverse()) await close().catch(() => {});
};

/** Ctrl-C and a closing terminal reach the children too. Their end may be reported before the signal. */
const signalLagMillis = 100;

/** Ends the process with this status after everything has stopped. Further calls have no effect. */
const stop = (exitCode: number): void => {
  if (abort.signal.aborted) return;
  abort.abort();
  setTimeout(() => process.exit(exitCode), closeLimitMillis);
  void closeAll().then(() => process.exit(exitCode));
};

const explain = (error: unknown): string => {
  if (error instanceof TwinError) return error.message;
  return `The twin did not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
};

const fail = (error: unknown): void => {
  if (abort.signal.aborted) return;
  console.error(explain(error));
  stop(1);
};

const run = async (settings: Settings): Promise<void> => {
  // Loaded only now, so that a wrong setting is reported without waiting for the emulators' packages.
  const { startTwin } = await import('./start/twin.ts');
  process.on('uncaughtException', (error) => fail(explainState(settings.stateDir, error)));
  const twin = await startTwin(settings, { add: (close) => closers.push(close) }, abort.signal);
  console.log(`\n${describeTwin(twin, settings.tenant)}\n\nready`);
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
// A terminal that was closed takes no more text; it says so as an error of the stream.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => stop(0));
whenRunnerEnds(() => stop(0));

try {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings) await run(settings);
  else console.log(help);
} catch (error) {
  setTimeout(() => fail(error), signalLagMillis);
}
