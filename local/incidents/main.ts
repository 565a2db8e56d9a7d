/** `npm run incidents -- NAME`: a twin in which one incident, or all, is under way, until Ctrl-C. docs/incidents.md has the answers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../operator/usage-error.ts';
import { whenRunnerEnds } from '../parent.ts';
import { chooseIncidents, usage } from './choice.ts';
import { answerFacts, type Incident } from './incidents.ts';

/** The template needs an address of the tenant; the functions get the one of the simulator. */
const anyTenant = 'http://127.0.0.1:4010';

/** A wrong name is told at once: what makes a twin is loaded for a right one only. */
const loadTwin = async () => ({
  ...(await import('../start/synthesize.ts')),
  ...(await import('./world.ts')),
});

const run = async (wanted: readonly Incident[]): Promise<void> => {
  const port = Number(process.env.PORT ?? 4000);
  const folder = await mkdtemp(join(tmpdir(), 'signals-facade-incidents-'));
  const abort = new AbortController();
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = (): void => {
    abort.abort();
    void Promise.allSettled(closers.reverse().map((close) => close())).then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  whenRunnerEnds(stop);
  console.log('Starting a twin. This takes about a minute.');
  const { synthesize, startWorld } = await loadTwin();
  await synthesize({ outDir: folder, port, signalsUrl: anyTenant, signal: abort.signal });
  const world = await startWorld({ assemblyDir: folder, port, runsSchedules: true });
  closers.push(world.close);
  for (const { name, question, make } of wanted) {
    const facts = await make(world);
    const known = Object.entries(facts)
      .filter(([fact]) => !answerFacts.includes(fact))
      .map(([fact, value]) => ` (${fact}: ${value})`);
    console.log(`\n${name}: ${question}${known.join('')}`);
  }
  console.log(
    `\nThe facade: ${world.url}. Its key for administrators: demo-admin. The answers: docs/incidents.md. Ctrl-C ends it.`,
  );
};

try {
  const wanted = chooseIncidents(process.argv.slice(2));
  if (wanted) await run(wanted);
  else console.log(usage);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
