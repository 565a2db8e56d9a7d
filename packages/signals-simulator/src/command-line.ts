/** The simulator from a command line: reads the flags, starts it on loopback unless told otherwise, and ends it on a signal. */

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { coverageReport } from './coverage.ts';
import type { SeedDocument } from './fixtures/document.ts';
import { defaultSwitches, demoKey, type Switches, switchName } from './options.ts';
import { startSimulator } from './simulator.ts';
import { version } from './version.ts';

type Stop = () => void;
type Environment = Readonly<Record<string, string | undefined>>;

export const help = `Usage: signals-simulator [flags]

Runs the simulated Signals tenant alone, on 127.0.0.1. Its README says what it simulates and how tests control it.

  --port NUMBER        port (SIGNALS_PORT, or 4010); 0 takes a free one
  --host ADDRESS       address to listen on (127.0.0.1); 0.0.0.0 lets other machines in
  --seed NUMBER        another demo tenant (1)
  --document FILE      the tenant that a document states, in place of the demo tenant
  --entities COUNT     add so many entities, for load tests (0)
  --latency MILLIS     wait so long before every native answer (0)
  --no-limit           no limit of requests, in place of 1,000 a minute
  --switch NAME=VALUE  true or false where sources disagree, as often as needed; NAME is one of
${Object.keys(defaultSwitches)
  .map((name) => `                         ${name}`)
  .join('\n')}
  --coverage           print which native operations are simulated, and stop
  --version            print the version
  --help               print this`;

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  coverage: { type: 'boolean' },
  seed: { type: 'string' },
  document: { type: 'string' },
  entities: { type: 'string' },
  latency: { type: 'string' },
  'no-limit': { type: 'boolean' },
  switch: { type: 'string', multiple: true },
  version: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const readFlags = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    const [reason] = (cause as Error).message.split('\n');
    throw new Error(`${reason} Fix: --help lists the options.`);
  }
};
type Flags = ReturnType<typeof readFlags>;

const readPort = ({ port }: Flags, { SIGNALS_PORT }: Environment): number => {
  const text = port ?? SIGNALS_PORT ?? '4010';
  const number = text === '' ? Number.NaN : Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
  throw new Error(`${port === undefined ? 'SIGNALS_PORT' : '--port'} must be a port number, not "${text}".`);
};

const readNumber = (text: string | undefined, fallback: number, flag: string): number => {
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${flag} must be a whole number, not "${text}".`);
  return number;
};

const readDocument = async (file: string): Promise<SeedDocument> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as SeedDocument;
  } catch (cause) {
    throw new Error(`--document ${file} cannot be read: ${(cause as Error).message}`);
  }
};

/** `NAME=true`, `NAME=false`; the name alone switches on. */
const readSwitches = (texts: readonly string[]): Partial<Switches> => {
  const pairs = texts.map((text) => {
    const [name = '', value = 'true'] = text.split('=');
    if (value !== 'true' && value !== 'false')
      throw new Error(`--switch ${name} must be true or false, not "${value}".`);
    return [switchName(name), value === 'true'] as const;
  });
  return Object.fromEntries(pairs);
};

/** What a start that failed means to a person. */
const explain = (cause: unknown, port: number, host: string): string => {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: stop what listens there, or choose a free one with --port or SIGNALS_PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `--host ${host} is no address of this machine.`;
  return message;
};

/** What a flag prints in place of a start. */
const printed = (flags: Flags): string | undefined => {
  if (flags.help === true) return help;
  if (flags.version === true) return version;
  return flags.coverage === true ? coverageReport() : undefined;
};

const start = async (args: readonly string[], environment: Environment): Promise<Stop | undefined> => {
  const flags = readFlags(args);
  const text = printed(flags);
  if (text !== undefined) {
    console.log(text);
    return undefined;
  }
  const [port, host] = [readPort(flags, environment), flags.host ?? '127.0.0.1'];
  const simulator = await startSimulator({
    port,
    host,
    seed: readNumber(flags.seed, 1, 'seed'),
    ...(flags.document === undefined ? {} : { document: await readDocument(flags.document) }),
    extraEntities: readNumber(flags.entities, 0, 'entities'),
    latencyMillis: readNumber(flags.latency, 0, 'latency'),
    switches: readSwitches(flags.switch ?? []),
    requestsPerMinute: flags['no-limit'] === true ? Number.POSITIVE_INFINITY : 1000,
  }).catch((cause: unknown) => {
    throw new Error(explain(cause, port, host));
  });
  const stop = () => {
    simulator.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`Signals simulator  ${simulator.url}/api/rest/v1.0`);
  console.log(`x-api-key          ${demoKey}`);
  console.log('ready');
  return stop;
};

/** Status of the process, and what ends the simulator and the process, if it was started. */
type Started = { readonly status: number; readonly stop?: Stop | undefined };

/** Reads the flags and starts the simulator. A mistake is printed as one line, and gives the status 1. */
export const simulate = (args: readonly string[], environment: Environment): Promise<Started> =>
  start(args, environment).then(
    (stop) => ({ status: 0, stop }),
    (cause: unknown) => {
      console.error((cause as Error).message);
      return { status: 1 };
    },
  );

/** The same with the flags and variables of this process, whose status it sets after a mistake. */
export const runCommandLine = async (): Promise<Stop | undefined> => {
  const { status, stop } = await simulate(process.argv.slice(2), process.env);
  if (status !== 0) process.exitCode = status;
  return stop;
};
