/** The TissueMAPS server that runs on this machine: HTTP in front, memory behind. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdjustableClock, systemClock } from './clock.ts';
import type { ControlState } from './control/state.ts';
import { loadDemo } from './demo/demo.ts';
import { type Arrival, createArrivalLog } from './http/arrivals.ts';
import { createFaults } from './http/faults.ts';
import { createFront } from './http/front.ts';
import { createInFlight } from './http/in-flight.ts';
import type { SimulatorOptions } from './options.ts';
import { defaultSwitches } from './switches.ts';
import { createWorld } from './world/world.ts';

export interface Simulator {
  /** Origin, such as `http://127.0.0.1:4030`. */
  readonly url: string;
  /** Every request to the server since the start or the last reset. */
  readonly arrivals: readonly Arrival[];
  close(): Promise<void>;
}

const listen = (server: Server, port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const defaultTokenSeconds = 72 * 3600;

const createState = (options: SimulatorOptions): ControlState => {
  const clock = createAdjustableClock(options.clock ?? systemClock, options.speed ?? 1);
  const arrivals = createArrivalLog();
  const faults = createFaults();
  const create = (seed: number) => {
    const world = createWorld({
      clock,
      switches: { ...defaultSwitches, ...options.switches },
      tokenSeconds: options.tokenSeconds ?? defaultTokenSeconds,
    });
    loadDemo(world, seed);
    return world;
  };
  let seed = options.seed ?? 1;
  let world = create(seed);
  const state: ControlState = {
    clock,
    arrivals,
    faults,
    inFlight: createInFlight(),
    latencyMillis: options.latencyMillis ?? 0,
    world: () => world,
    reset(next) {
      seed = next ?? seed;
      world = create(seed);
      arrivals.clear();
      faults.clear();
      state.inFlight.clear();
      state.latencyMillis = options.latencyMillis ?? 0;
      clock.setSpeed(options.speed ?? 1);
    },
  };
  return state;
};

/** Starts a simulator with the demo. Rejects when the port is taken. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const host = options.host ?? '127.0.0.1';
  const state = createState(options);
  const server = createServer({ requestTimeout: 0 }, createFront(state));
  server.keepAliveTimeout = 65_000;
  await listen(server, options.port ?? 0, host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    get arrivals() {
      return state.arrivals.list();
    },
    close: () => close(server),
  };
};
