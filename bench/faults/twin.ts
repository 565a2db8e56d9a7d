/** The whole twin in this process, on the virtual clock: tenant, emulators, gateway and functions, with a proxy for faults before each store. */
import { startEmulators } from '../../local/emulators/emulators.ts';
import { startGateway } from '../../local/gateway/gateway.ts';
import type { Log } from '../../local/gateway/lambda/worker.ts';
import { demoHook } from '../../local/operator/seed.ts';
import { seedGateway } from '../../local/start/seed-gateway.ts';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { startSimulator } from '../../packages/signals-simulator/src/simulator.ts';
import { variables } from '../../shared/config/names.ts';
import { hookPath } from '../../shared/notifications/hook-routes.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { createFleet } from './in-process.ts';
import type { VirtualClock } from './virtual-globals.ts';

/** What an answer takes without a fault, in milliseconds. */
const latencies = { dynamodb: 4, sqs: 10, s3: 10, kms: 10, tenant: 80 } as const;

/** Rules of the template that no fault of the schedule is about: the archive and the exports start processes of their own. */
const leftOut = /^(Archive|Exports)/;

/** Enough that no call waits for an instance while the tenant hangs. */
const mostInstances: Readonly<Record<string, number>> = { native: 12 };
const mostOfOthers = 2;

export type TwinOptions = {
  readonly assemblyDir: string;
  readonly requestsPerMinute: number;
  /** Of the clocks of instances, by their number in their function. */
  readonly skewOf: (number: number) => number;
};

const clockOf = (): VirtualClock => {
  if (!globalThis.virtualClock) throw new Error('Load virtual-globals.ts first.');
  return globalThis.virtualClock;
};

/** Lets time pass until the work has ended. */
const during = async <Value>(clock: VirtualClock, work: Promise<Value>): Promise<Value> => {
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  work.then(end, end);
  while (!isOver) await clock.run(clock.now() + 1_000, () => isOver);
  return work;
};

type Rung = { readonly name: string; readonly atMillis: number };

/** Lines of the functions, which share the standard output of this process. */
const takeOutput = (take: (line: string) => void): void => {
  process.stdout.write = ((text: string | Uint8Array) => {
    for (const line of String(text).split('\n')) if (line !== '') take(line);
    return true;
  }) as typeof process.stdout.write;
};

/** An alarm on silence notifies when its data ends, without a state of alarm. */
const nameOfRung = (line: string): string | undefined =>
  (/^signals-facade-\w+?-(\w+) rings, was/.exec(line) ??
    /^signals-facade-\w+?-(\w+Silent) is INSUFFICIENT_DATA, was OK/.exec(line))?.[1];

const createAlarmLog = (clock: VirtualClock) => {
  const rung: Rung[] = [];
  const log: Log = ({ source, line }) => {
    const name = source === 'alarms' ? nameOfRung(line) : undefined;
    if (name) rung.push({ name, atMillis: clock.now() });
    else if (process.env.FAULTS_LOG) process.stderr.write(`${source}: ${line}\n`);
  };
  return { rung, log };
};

const start = async (clock: VirtualClock, { assemblyDir, requestsPerMinute, skewOf }: TwinOptions) => {
  const simulator = await startSimulator({ requestsPerMinute, compounds: 10, seed: 7 });
  const emulators = await startEmulators();
  const { dynamodb, sqs, s3, kms } = emulators.endpoints;
  const proxyTo = (name: keyof typeof latencies, url: string) =>
    // A poll of SQS waits for messages, and the tenant for a fault of its own.
    startFaultProxy({ url, latencyMillis: latencies[name], answersAtOnce: name !== 'sqs' && name !== 'tenant' });
  const proxies = {
    dynamodb: await proxyTo('dynamodb', dynamodb),
    sqs: await proxyTo('sqs', sqs),
    s3: await proxyTo('s3', s3),
    kms: await proxyTo('kms', kms),
    tenant: await proxyTo('tenant', simulator.url),
  };
  const { tenant, ...stores } = proxies;
  const endpoints = { dynamodb: stores.dynamodb.url, sqs: stores.sqs.url, s3: stores.s3.url, kms: stores.kms.url };
  const { rung, log } = createAlarmLog(clock);
  const fleet = createFleet(
    ({ name }) =>
      Object.entries(mostInstances).find(([part]) => name.toLowerCase().includes(part))?.[1] ?? mostOfOthers,
    skewOf,
  );
  const gateway = await startGateway({
    ...{ assemblyDir, port: 0, endpoints, log },
    environment: (url) => ({
      [variables.publicUrl]: url,
      [variables.signalsUrl]: tenant.url,
      [variables.tenantRequestsPerMinute]: String(requestsPerMinute),
      NODE_OPTIONS: '',
      // Below the patience of the callers of the load, so that they see the error that names the limit.
      [variables.upstreamFirstByteSeconds]: '20',
      // Lines that count nothing cost a tenth of a run.
      ...(process.env.FAULTS_LOG ? {} : { POWERTOOLS_LOG_LEVEL: 'SILENT' }),
    }),
    runsSchedules: (logicalId) => !leftOut.test(logicalId),
    createFunction: (definition, takeLine) => {
      takeOutput((line) => takeLine({ source: 'functions', stream: 'stdout', line }));
      return fleet.create(definition);
    },
  });
  await seedGateway(gateway, endpoints, demoKey);
  simulator.tenant.behaviour.push = { url: gateway.url + hookPath, ...demoHook, autoDismiss: true };
  return { clock, simulator, gateway, proxies, fleet, rung, emulators };
};

/** Starts everything. Afterwards time stands still until `clock.run`. */
export const startVirtualTwin = async (options: TwinOptions) => {
  const clock = clockOf();
  const twin = await during(clock, start(clock, options));
  return { ...twin, during: <Value>(work: Promise<Value>) => during(clock, work) };
};
export type VirtualTwin = Awaited<ReturnType<typeof startVirtualTwin>>;
