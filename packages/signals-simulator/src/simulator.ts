/** The Signals Notebook tenant that runs on this machine: HTTP in front, memory behind. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdjustableClock, systemClock } from './clock.ts';
import { collectAfterLoading } from './collect.ts';
import type { ControlState } from './control/act.ts';
import { createPusher } from './control/push.ts';
import { loadDemoTenant } from './demo/demo-tenant.ts';
import type { SeedDocument } from './fixtures/document.ts';
import { createSeededTenant } from './fixtures/seed.ts';
import { type Arrival, createArrivalLog } from './http/arrivals.ts';
import { createFaults } from './http/faults.ts';
import { createFront, refuseSocket } from './http/front.ts';
import { basePath, createCredentials, createNativeSurface } from './http/native.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { createOAuthPages } from './oauth.ts';
import { defaultKeys, defaultSwitches, type SimulatorOptions } from './options.ts';
import { createRandom } from './random.ts';
import { createReplay } from './recording/replay.ts';
import { createTenant, type Tenant } from './tenant/tenant.ts';
import { routes } from './topics/routes.ts';

export interface Simulator {
  /** Origin, such as `http://127.0.0.1:4010`; the API is under `/api/rest/v1.0`. */
  readonly url: string;
  /** Every request to the native surface since the start or the last reset. */
  readonly arrivals: readonly Arrival[];
  /** The tenant itself, for tests that look behind the documents. */
  readonly tenant: Tenant;
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

/** The fault dice have a seed of their own, so that faults do not change the tenant. */
const faultSeed = 0xfa17;

/** Everything but the socket. `origin` is known once the server listens. */
const assemble = (options: SimulatorOptions, origin: () => string) => {
  const clock = createAdjustableClock(options.clock ?? systemClock);
  const arrivals = createArrivalLog();
  const rateLimit = createRateLimit(clock, options.requestsPerMinute ?? 1000);
  const faults = createFaults(createRandom(faultSeed));
  const pusher = createPusher(() => `${origin()}${basePath}`);
  const { keys = defaultKeys, behaviour = {}, extraEntities = 0, compounds = 4_000 } = options;
  const create = (seed: number, document: SeedDocument | undefined): Tenant => {
    const switches = { ...defaultSwitches, ...options.switches };
    const settings = { clock, random: createRandom(seed), switches, keys, behaviour };
    if (document !== undefined) return createSeededTenant(document, settings);
    const demo = createTenant(settings);
    loadDemoTenant(demo, { origin: origin(), extraEntities, compounds });
    return demo;
  };
  const build = (seed: number, document = options.document): Tenant => {
    const tenant = create(seed, document);
    tenant.notifications.onEmit((notification) => {
      pusher.push(tenant, notification).catch(() => undefined);
    });
    return tenant;
  };
  let seed = options.seed ?? 1;
  let tenant: Tenant | undefined;
  const current = () => {
    tenant ??= build(seed);
    return tenant;
  };
  /** Builds the tenant first: one that cannot be built changes nothing. */
  const begin = (nextSeed: number, document?: SeedDocument) => {
    tenant = build(nextSeed, document);
    seed = nextSeed;
    arrivals.clear();
    rateLimit.reset();
    faults.clear();
    pusher.clear();
  };
  const reset = (nextSeed: number | undefined) => begin(nextSeed ?? seed);
  const replay = options.recording === undefined ? undefined : createReplay(options.recording);
  const control: ControlState = {
    clock,
    arrivals,
    rateLimit,
    faults,
    pusher,
    tenant: current,
    reset,
    seed: (document) => begin(seed, document),
  };
  const front = createFront({
    native: createNativeSurface(routes, rateLimit, createCredentials(), replay),
    control,
    oauth: createOAuthPages(clock),
    gzip: options.gzip ?? true,
    latencyMillis: options.latencyMillis ?? 0,
    isWrapped: () => !current().switches.bareUnauthorized,
  });
  return { front, control };
};

/** Starts a simulator with the demo tenant. Rejects when the port is taken, or for a document that states no tenant. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const host = options.host ?? '127.0.0.1';
  const server = createServer({ requestTimeout: 0 });
  const url = () => `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
  const { front, control } = assemble(options, url);
  server.keepAliveTimeout = 65_000;
  server.on('request', front);
  server.on('clientError', refuseSocket);
  await listen(server, options.port ?? 0, host);
  try {
    collectAfterLoading(control.tenant().entities.size());
  } catch (cause) {
    await close(server);
    throw cause;
  }
  return {
    url: url(),
    get arrivals() {
      return control.arrivals.list();
    },
    get tenant() {
      return control.tenant();
    },
    close: () => close(server),
  };
};
