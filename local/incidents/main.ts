/** `npm run incidents -- NAME`: a twin in which one incident, or all, is under way, until Ctrl-C. docs/incidents.md has the answers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { whenRunnerEnds } from '../parent.ts';
import { synthesize } from '../start/synthesize.ts';
import { answerFacts, incidents } from './incidents.ts';
import { startWorld } from './world.ts';

const help = `Usage: npm run incidents -- NAME | --all

Starts a twin, makes an incident in it, and prints a question. Find the answer in the routes of the twin, with the key demo-admin:
docs/incidents.md says where. Ctrl-C ends it.

${incidents.map(({ name, question }) => `  ${name.padEnd(16)} ${question}`).join('\n')}

  PORT             port of the facade (4000)
`;

/** The template needs an address of the tenant; the functions get the one of the simulator. */
const anyTenant = 'http://127.0.0.1:4010';

const { values, positionals } = parseArgs({
  options: { all: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const wanted = values.all ? incidents : incidents.filter(({ name }) => positionals.includes(name));

const run = async (): Promise<void> => {
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

if (wanted.length === 0) console.log(help);
else await run();
