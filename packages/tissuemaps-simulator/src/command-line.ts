/** The simulator from a command line: reads the flags, starts it on loopback unless told otherwise, and ends it on a signal. */
import { parseArgs } from 'node:util';
import { demoPassword, demoUser } from './demo/demo.ts';
import { startSimulator } from './simulator.ts';
import { releaseSwitches, type Switches, switchName } from './switches.ts';
import { version } from './version.ts';

type Stop = () => void;
type Environment = Readonly<Record<string, string | undefined>>;

export const help = `Usage: tissuemaps-simulator [flags]

Runs a simulated TissueMAPS server, on 127.0.0.1. Its README says what it simulates and how tests control it.

  --port NUMBER        port (TISSUEMAPS_PORT, or 4030); 0 takes a free one
  --host ADDRESS       address to listen on (127.0.0.1); 0.0.0.0 lets other machines in
  --seed NUMBER        another demo (1)
  --speed NUMBER       how fast workflows and tools run (1)
  --latency MILLIS     wait so long before every answer (0)
  --release            behave as the server of release 0.5.0: all switches on
  --switch NAME=VALUE  true or false, as often as needed; the README lists the names
  --version            print the version
  --help               print this`;

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  seed: { type: 'string' },
  speed: { type: 'string' },
  latency: { type: 'string' },
  release: { type: 'boolean' },
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

const readPort = ({ port }: Flags, { TISSUEMAPS_PORT }: Environment): number => {
  const text = port ?? TISSUEMAPS_PORT ?? '4030';
  const number = text === '' ? Number.NaN : Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
  throw new Error(`${port === undefined ? 'TISSUEMAPS_PORT' : '--port'} must be a port number, not "${text}".`);
};

const readNumber = (text: string | undefined, fallback: number, flag: string): number => {
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isFinite(number) || number < 0 || text === '')
    throw new Error(`--${flag} must be a number, not "${text}".`);
  return number;
};

/** `NAME=true`, `NAME=false`; the name alone switches on. */
const readSwitches = ({ release = false, switch: texts = [] }: Flags): Partial<Switches> => {
  const pairs = texts.map((text) => {
    const [name = '', value = 'true'] = text.split('=');
    if (value !== 'true' && value !== 'false')
      throw new Error(`--switch ${name} must be true or false, not "${value}".`);
    return [switchName(name), value === 'true'] as const;
  });
  return { ...(release ? releaseSwitches : {}), ...Object.fromEntries(pairs) };
};

type Address = { readonly port: number; readonly host: string };

/** What a start that failed means to a person. */
const explain = (cause: unknown, { port, host }: Address): string => {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: stop what listens there, or choose a free one with --port or TISSUEMAPS_PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `--host ${host} is no address of this machine.`;
  return message;
};

const start = async (args: readonly string[], environment: Environment): Promise<Stop | undefined> => {
  const flags = readFlags(args);
  if (flags.help === true || flags.version === true) {
    console.log(flags.help === true ? help : version);
    return undefined;
  }
  const address = { port: readPort(flags, environment), host: flags.host ?? '127.0.0.1' };
  const simulator = await startSimulator({
    ...address,
    seed: readNumber(flags.seed, 1, 'seed'),
    speed: readNumber(flags.speed, 1, 'speed'),
    latencyMillis: readNumber(flags.latency, 0, 'latency'),
    switches: readSwitches(flags),
  }).catch((cause: unknown) => {
    throw new Error(explain(cause, address));
  });
  const stop = () => {
    simulator.close().finally(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.once('SIGHUP', stop);
  console.log(`TissueMAPS simulator  ${simulator.url}`);
  console.log(`user and password     ${demoUser} ${demoPassword}`);
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
