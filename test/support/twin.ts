/** The whole facade on loopback for end-to-end tests: simulator, emulators and the gateway on the synthesized stack. */
import { inject } from 'vitest';
import { type Emulators, startEmulators } from '../../local/emulators/emulators.ts';
import { type Gateway, startGateway } from '../../local/gateway/gateway.ts';
import type { Log } from '../../local/gateway/lambda/worker.ts';
import { patience } from '../../local/start/patience.ts';
import { seedGateway } from '../../local/start/seed-gateway.ts';
import { demoKey, type SimulatorOptions } from '../../packages/signals-simulator/src/options.ts';
import { type Simulator, startSimulator } from '../../packages/signals-simulator/src/simulator.ts';
import { variables } from '../../shared/config/names.ts';
import { expectNoSecrets } from './secret-scan.ts';
import { isFull, sized, tenantSize } from './test-size.ts';

export type TestTwin = {
  /** Base URL of the facade. */
  readonly url: string;
  readonly simulator: Simulator;
  readonly gateway: Gateway;
  readonly endpoints: Emulators['endpoints'];
  /** Every line that the functions printed. */
  readonly log: readonly string[];
  /** Looks through the log and all tables. @throws Error when a line or an item holds a secret. */
  expectNoSecrets(): Promise<void>;
  /** Looks for secrets, then ends everything. @throws Error when a log line or an item of a table holds a secret. */
  close(): Promise<void>;
};

type Variables = Readonly<Record<string, string>>;

/** What the function of native requests may have in the stage `local`. */
export const templateProcesses = 10;

/**
 * Starts a facade with a tenant of its own, so that test files cannot disturb each other. Ready when it resolves. A file that needs no
 * options takes the twin that such files share (shared-twin.ts): each twin costs processor time.
 * @param environment over the variables of every function; or made of the variables of each.
 * @param assemblyDir of another stack than that of the stage `local`.
 * @param mostProcesses of each function: as many as the template allows at full size. Each takes about 1 s of the processor. Two show
 * what several instances do.
 * @param demoIssuer whose tokens identify `demo-people`. The variable of the trusted issuers must name it, too.
 * @param nowMillis of the gateway and its alarms. The functions have the clock of the machine.
 * @param runsSchedules whether functions also run at the times of the template, at the small size never: a test runs them when it wants.
 */
export const startTwin = async (
  options: SimulatorOptions = {},
  environment: Variables | ((variables: Variables) => Variables) = {},
  assemblyDir: string = inject('assemblyDir'),
  {
    mostProcesses = sized(templateProcesses, 2),
    runsSchedules = isFull,
    demoIssuer,
    nowMillis,
  }: {
    readonly mostProcesses?: number;
    readonly runsSchedules?: boolean;
    readonly demoIssuer?: string;
    readonly nowMillis?: () => number;
  } = {},
): Promise<TestTwin> => {
  const simulator = await startSimulator({ requestsPerMinute: Number.POSITIVE_INFINITY, ...tenantSize, ...options });
  const emulators = await startEmulators();
  const lines: string[] = [];
  const log: Log = ({ source, line }) => void lines.push(`${source}: ${line}`);
  const gateway = await startGateway({
    assemblyDir,
    port: 0,
    endpoints: emulators.endpoints,
    environment: (url, own) => ({
      [variables.publicUrl]: url,
      [variables.signalsUrl]: simulator.url,
      // As many as the simulator takes: the quota has tests of its own.
      [variables.tenantRequestsPerMinute]: '1000000',
      // Without source maps: reading one takes each process 0.2 s. At full size the functions have what the template gives.
      ...(isFull ? {} : { NODE_OPTIONS: '' }),
      ...patience,
      ...(typeof environment === 'function' ? environment(own) : environment),
    }),
    mostProcesses,
    runsSchedules,
    log,
    nowMillis,
  });
  await seedGateway(gateway, emulators.endpoints, demoKey, demoIssuer);
  const lookForSecrets = (): Promise<void> => {
    const tokens = simulator.tenant.tokens.list().map(({ token }) => token);
    return expectNoSecrets(lines, emulators.endpoints.dynamodb, [demoKey, ...tokens]);
  };
  return {
    url: gateway.url,
    simulator,
    gateway,
    endpoints: emulators.endpoints,
    log: lines,
    expectNoSecrets: lookForSecrets,
    close: async () => {
      await gateway.close();
      const leak = lookForSecrets();
      await leak.catch(() => {});
      await emulators.close();
      await simulator.close();
      await leak;
    },
  };
};
