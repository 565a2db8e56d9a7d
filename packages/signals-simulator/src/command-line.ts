/** The simulator from a command line: reads the flags, starts it on loopback unless told otherwise, and ends it on a signal. */

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { coverageReport } from './coverage.ts';
import type { SeedDocument } from './fixtures/document.ts';
import { defaultSwitches, demoKey, type Switches, switchName } from './options.ts';
import { recordToFile } from './recording/record-to-file.ts';
import { parseRecording } from './recording/recording.ts';
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
  --record URL         pass reads on to this tenant, with the key SIGNALS_API_KEY, and record the answers
  --to FILE            a new file, where --record writes (recording.json)
  --replay FILE        answer from such a recording
  --entities COUNT     add so many entities, for load tests (0)
  --latency MILLIS     wait so long before every native answer (0)
  --no-limit           no limit of requests, in place of 1,000 a minute
  --switch NAME=VALUE  true or false where sources disagree, as often as needed; the names are
                       ${Object.keys(defaultSwitches).slice(0, 3).join(', ')},
                       ${Object.keys(defaultSwitches).slice(3).join(', ')}
  --coverage           print which native operations are simulated, and stop
  --version            print the version
  --help               print this`;

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  coverage: { type: 'boolean' },
  seed: { type: 'string' },
  document: { type: 'string' },
  record: { type: 'string' },
  to: { type: 'string' },
  replay: { type: 'string' },
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

/** What the file of a flag holds; nothing without the flag. */
const readFileOf = async <T>(flags: Flags, flag: 'document' | 'replay', parse: (text: string) => T) => {
  const file = flags[flag];
  if (file === undefined) return undefined;
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(`--${flag} ${file} cannot be read: ${(cause as Error).message}.`);
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
const explain = (cause: unknown, { port, host }: Address): string => {
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

type Address = { readonly port: number; readonly host: string };
type Started = { readonly url: string; readonly key: string; readonly end: () => Promise<void> };

const startTenant = async (flags: Flags, address: Address): Promise<Started> => {
  const document = await readFileOf(flags, 'document', (text) => JSON.parse(text) as SeedDocument);
  const recording = await readFileOf(flags, 'replay', parseRecording);
  const simulator = await startSimulator({
    ...address,
    seed: readNumber(flags.seed, 1, 'seed'),
    ...(document === undefined ? {} : { document }),
    ...(recording === undefined ? {} : { recording }),
    extraEntities: readNumber(flags.entities, 0, 'entities'),
    latencyMillis: readNumber(flags.latency, 0, 'latency'),
    switches: readSwitches(flags.switch ?? []),
    requestsPerMinute: flags['no-limit'] === true ? Number.POSITIVE_INFINITY : 1000,
  });
  const [key = demoKey] = simulator.tenant.people.keys.keys();
  return { url: simulator.url, key, end: simulator.close };
};

const startRecording = async (tenant: string, { to = 'recording.json' }: Flags, address: Address, key: string) => {
  if (key === '') throw new Error('--record reads the key of the tenant from the variable SIGNALS_API_KEY.');
  return recordToFile({ tenant, key, ...address }, to);
};

const start = async (args: readonly string[], environment: Environment): Promise<Stop | undefined> => {
  const flags = readFlags(args);
  const text = printed(flags);
  if (text !== undefined) {
    console.log(text);
    return undefined;
  }
  const address = { port: readPort(flags, environment), host: flags.host ?? '127.0.0.1' };
  const starting =
    flags.record === undefined
      ? startTenant(flags, address)
      : startRecording(flags.record, flags, address, environment.SIGNALS_API_KEY ?? '');
  const { url, key, end } = await starting.catch((cause: unknown) => {
    throw new Error(explain(cause, address));
  });
  const stop = () => {
    end().then(
      () => process.exit(0),
      (cause: unknown) => {
        console.error((cause as Error).message);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.once('SIGHUP', stop);
  console.log(`Signals simulator  ${url}/api/rest/v1.0`);
  console.log(`x-api-key          ${key}`);
  console.log('ready');
  return stop;
};

/** Status of the process, and what ends the simulator and the process, if it was started. */
type Outcome = { readonly status: number; readonly stop?: Stop | undefined };

/** Reads the flags and starts the simulator. A mistake is printed as one line, and gives the status 1. */
export const simulate = (args: readonly string[], environment: Environment): Promise<Outcome> =>
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
