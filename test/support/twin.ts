/** The whole facade on loopback for end-to-end tests: simulator, emulators and the gateway on the synthesized stack. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { inject } from 'vitest';
import { type Emulators, startEmulators } from '../../local/emulators/emulators.ts';
import { type Gateway, startGateway } from '../../local/gateway/gateway.ts';
import type { Log } from '../../local/gateway/lambda/worker.ts';
import { demoKey, type SimulatorOptions } from '../../local/signals/options.ts';
import { type Simulator, startSimulator } from '../../local/signals/simulator.ts';
import { seedGateway } from '../../local/start/seed-gateway.ts';
import { variables } from '../../shared/config/names.ts';
import { expectNoSecrets } from './secret-scan.ts';

export type TestTwin = {
  /** Base URL of the facade. */
  readonly url: string;
  readonly simulator: Simulator;
  readonly gateway: Gateway;
  readonly endpoints: Emulators['endpoints'];
  /** Every line that the functions printed. */
  readonly log: readonly string[];
  /** @throws Error when a log line or an item of a table holds a secret. */
  close(): Promise<void>;
};

/** A port that nothing listened to a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/**
 * Starts a facade with a tenant of its own, so that test files cannot disturb each other. Ready when it resolves.
 * @param environment over the variables of every function.
 */
export const startTwin = async (
  options: SimulatorOptions = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<TestTwin> => {
  const simulator = await startSimulator({ requestsPerMinute: Number.POSITIVE_INFINITY, ...options });
  const emulators = await startEmulators();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const lines: string[] = [];
  const log: Log = ({ source, line }) => void lines.push(`${source}: ${line}`);
  const gateway = await startGateway({
    assemblyDir: inject('assemblyDir'),
    port,
    endpoints: emulators.endpoints,
    environment: {
      [variables.publicUrl]: url,
      [variables.signalsUrl]: simulator.url,
      // As many as the simulator takes: the quota has tests of its own.
      [variables.tenantRequestsPerMinute]: '1000000',
      ...environment,
    },
    log,
  });
  await seedGateway(gateway, emulators.endpoints, demoKey);
  return {
    url,
    simulator,
    gateway,
    endpoints: emulators.endpoints,
    log: lines,
    close: async () => {
      await gateway.close();
      const tokens = simulator.tenant.tokens.list().map(({ token }) => token);
      const leak = expectNoSecrets(lines, emulators.endpoints.dynamodb, [demoKey, ...tokens]);
      await leak.catch(() => {});
      await emulators.close();
      await simulator.close();
      await leak;
    },
  };
};
