/** The simulator from a command line: `SIGNALS_PORT` (default 4010) on loopback; `--coverage` lists what it simulates, `--entities` makes it large, `--latency` slow. */

import { parseArgs } from 'node:util';
import { coverageReport } from './coverage.ts';
import { defaultSwitches, demoKey, type Switches, switchName } from './options.ts';
import { startSimulator } from './simulator.ts';

type Stop = () => void;
type Environment = Readonly<Record<string, string | undefined>>;

const help = `Usage: signals-simulator [flags]

Runs the simulated Signals tenant alone, on 127.0.0.1. Its README says what it simulates and how tests control it.

  --coverage           print which native operations are simulated, and stop
  --seed NUMBER        another demo tenant (1)
  --entities COUNT     add so many entities, for load tests (0)
  --latency MILLIS     wait so long before every native answer (0)
  --no-limit           no limit of requests, in place of 1,000 a minute
  --switch NAME=VALUE  true or false where sources disagree, as often as needed; NAME is one of
${Object.keys(defaultSwitches)
  .map((name) => `                         ${name}`)
  .join('\n')}
  --help               print this

  SIGNALS_PORT         port (4010)`;

const readPort = ({ SIGNALS_PORT: text = '4010' }: Environment): number => {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`SIGNALS_PORT must be a port number, not "${text}".`);
};

const readFlags = (args: readonly string[]) => {
  try {
    const options = {
      coverage: { type: 'boolean' },
      seed: { type: 'string' },
      entities: { type: 'string' },
      latency: { type: 'string' },
      'no-limit': { type: 'boolean' },
      switch: { type: 'string', multiple: true },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    const [reason] = (cause as Error).message.split('\n');
    throw new Error(`${reason} Fix: --help lists the options.`);
  }
};

const readNumber = (text: string | undefined, fallback: number, flag: string): number => {
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${flag} must be a whole number, not "${text}".`);
  return number;
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

const explain = (cause: unknown, environment: Environment): string => {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `Port ${readPort(environment)} is in use: stop what listens there, or set SIGNALS_PORT to a free one.`;
  return message;
};

const start = async (args: readonly string[], environment: Environment): Promise<Stop | undefined> => {
  const flags = readFlags(args);
  if (flags.help === true) {
    console.log(help);
    return undefined;
  }
  if (flags.coverage === true) {
    console.log(coverageReport());
    return undefined;
  }
  const simulator = await startSimulator({
    port: readPort(environment),
    seed: readNumber(flags.seed, 1, 'seed'),
    extraEntities: readNumber(flags.entities, 0, 'entities'),
    latencyMillis: readNumber(flags.latency, 0, 'latency'),
    switches: readSwitches(flags.switch ?? []),
    requestsPerMinute: flags['no-limit'] === true ? Number.POSITIVE_INFINITY : 1000,
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
      console.error(explain(cause, environment));
      return { status: 1 };
    },
  );

/** The same with the flags and variables of this process, whose status it sets after a mistake. */
export const runCommandLine = async (): Promise<Stop | undefined> => {
  const { status, stop } = await simulate(process.argv.slice(2), process.env);
  if (status !== 0) process.exitCode = status;
  return stop;
};
