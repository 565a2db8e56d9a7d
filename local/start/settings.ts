/** The settings of `npm start`, from its arguments and its environment. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { TwinError } from '../gateway/twin-error.ts';

/** The tenant that the facade serves: the simulator, or a real one. */
export type Tenant =
  | { readonly kind: 'simulator'; readonly port: number }
  | { readonly kind: 'real'; readonly url: string; readonly apiKey: string };
export type Settings = {
  readonly port: number;
  readonly sqsPort: number;
  readonly s3Port: number;
  /** Of the demo issuer. */
  readonly issuerPort: number;
  readonly tenant: Tenant;
  readonly stateDir: string;
  readonly isFresh: boolean;
  readonly showsLogs: boolean;
};
type Environment = Readonly<Record<string, string | undefined>>;

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
/** The simulator's key. It is public, because it is valid only there. */
export const simulatorKey = 'demo-signals-key';

export const help = `Usage: npm start -- [--fresh] [--state DIR] [--logs] [--help]

Runs the facade on this machine: emulators of AWS, the Signals simulator and the synthesized stack, all on 127.0.0.1.

  --fresh      throw the kept state away first
  --state DIR  keep the state there instead of in .twin
  --logs       show what the functions write to their error output

  PORT           port of the facade (4000)
  SIGNALS_PORT   port of the simulator (4010)
  SQS_PORT       port of SQS, where the queues of subscriptions are (4020)
  S3_PORT        port of S3, where the archive is (4021)
  ISSUER_PORT    port of the demo issuer of identity tokens (4030)
  SIGNALS_URL, SIGNALS_API_KEY
                 serve this tenant instead of the simulator; set both or neither
`;

const readPort = (environment: Environment, name: string, fallback: number): number => {
  const text = environment[name];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new TwinError(`${name} is ${JSON.stringify(text)}. Fix: set it to a port from 1 to 65535, or unset it.`);
};

const readTenant = (environment: Environment): Tenant => {
  const { SIGNALS_URL: url, SIGNALS_API_KEY: apiKey } = environment;
  if (url && apiKey) return { kind: 'real', url, apiKey };
  if (!url && !apiKey) return { kind: 'simulator', port: readPort(environment, 'SIGNALS_PORT', 4010) };
  const [present, missing] = url ? ['SIGNALS_URL', 'SIGNALS_API_KEY'] : ['SIGNALS_API_KEY', 'SIGNALS_URL'];
  throw new TwinError(
    `${present} is set, ${missing} is not. Fix: set both to serve that tenant, or neither for the simulator.`,
  );
};

const parseFlags = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        fresh: { type: 'boolean', default: false },
        state: { type: 'string', default: resolve(projectRoot, '.twin') },
        logs: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new TwinError(`${(error as Error).message.split('\n')[0]} Fix: npm start -- --help lists the options.`);
  }
};

/** Each port with the variable that changes it. */
export const portsOf = ({
  port,
  sqsPort,
  s3Port,
  issuerPort,
  tenant,
}: Settings): readonly (readonly [string, number])[] => [
  ['PORT', port],
  ...(tenant.kind === 'simulator' ? [['SIGNALS_PORT', tenant.port] as const] : []),
  ['SQS_PORT', sqsPort],
  ['S3_PORT', s3Port],
  ['ISSUER_PORT', issuerPort],
];

const ensureDifferentPorts = (settings: Settings): void => {
  const variableOf = new Map<number, string>();
  for (const [variable, port] of portsOf(settings)) {
    const other = variableOf.get(port);
    if (other) throw new TwinError(`${other} and ${variable} are both ${port}. Fix: give them different ports.`);
    variableOf.set(port, variable);
  }
};

/** Undefined if only help was asked for. @throws TwinError for invalid settings. */
export const readSettings = (args: readonly string[], environment: Environment): Settings | undefined => {
  const flags = parseFlags(args);
  if (flags.help) return undefined;
  const settings: Settings = {
    port: readPort(environment, 'PORT', 4000),
    sqsPort: readPort(environment, 'SQS_PORT', 4020),
    s3Port: readPort(environment, 'S3_PORT', 4021),
    issuerPort: readPort(environment, 'ISSUER_PORT', 4030),
    tenant: readTenant(environment),
    stateDir: resolve(flags.state),
    isFresh: flags.fresh,
    showsLogs: flags.logs,
  };
  ensureDifferentPorts(settings);
  return settings;
};
