/**
 * The twin in a process of its own, so that the load does not count as its memory: the gateway and the bundled functions, which the
 * gateway starts. The stores are processes of their own too. Its parent asks it over IPC.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { patience } from '../../local/start/patience.ts';
import { variables } from '../../shared/config/names.ts';
import { startFacade } from '../cache/facade.ts';
import type { StoreKind } from '../fanout/store-process.ts';
import type { MemorySample } from './flatness.ts';
import { measure } from './memory-probe.ts';

export type StatisticQuery = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
};
/** `gateway`, or the name of a function; undefined = the process had ended. */
export type ProcessSample = MemorySample & { readonly pid: number; readonly name: string };

type Requests = {
  readonly sample: { readonly ask: null; readonly answer: readonly ProcessSample[] };
  readonly statistics: { readonly ask: readonly StatisticQuery[]; readonly answer: readonly (number | null)[] };
  readonly invoke: { readonly ask: string; readonly answer: null };
  readonly queueNames: { readonly ask: null; readonly answer: readonly string[] };
  readonly close: { readonly ask: null; readonly answer: null };
};
type Message = { readonly id: number; readonly kind: keyof Requests; readonly ask: unknown };

export type TwinProcess = {
  readonly url: string;
  readonly ask: <Kind extends keyof Requests>(
    kind: Kind,
    ask: Requests[Kind]['ask'],
  ) => Promise<Requests[Kind]['answer']>;
  readonly end: () => Promise<void>;
};

type Settings = {
  readonly tenantUrl: string;
  readonly limit: number;
  readonly stores: Readonly<Record<StoreKind, string>>;
};

const converse = (child: ChildProcess): TwinProcess['ask'] => {
  let last = 0;
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  child.on('message', ({ id, answer, error }: { id: number; answer: never; error?: string }) => {
    if (error === undefined) waiting.get(id)?.resolve(answer);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The twin ended with ${code}`));
  });
  return (kind, ask) => {
    last += 1;
    const { promise, resolve, reject } = Promise.withResolvers<never>();
    waiting.set(last, { resolve, reject });
    child.send({ id: last, kind, ask } satisfies Message);
    return promise;
  };
};

export const startTwinProcess = async (settings: Settings): Promise<TwinProcess> => {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ url }] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The twin ended with ${code} before it was ready`);
    }),
  ])) as [{ url: string }];
  const ask = converse(child);
  return {
    ...{ url, ask },
    async end() {
      const ended = once(child, 'exit');
      await ask('close', null).catch(() => {});
      child.kill('SIGKILL');
      await ended;
    },
  };
};

/** Each process names its function in its environment. Only Linux shows it; elsewhere, the processes have one name. */
const nameOf = (pid: number): string => {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    const service = environment.find((entry) => entry.startsWith('POWERTOOLS_SERVICE_NAME='));
    return service?.replace('POWERTOOLS_SERVICE_NAME=signals-facade-', '') ?? 'function';
  } catch {
    return 'function';
  }
};

/** How long a process may take to print its memory. One that is busy for longer is left out of this sample. */
const probeMillis = 3_000;

const serve = async ({ tenantUrl, limit, stores }: Settings): Promise<void> => {
  const printed = new Map<number, MemorySample>();
  const store = (kind: StoreKind) => ({ url: stores[kind], close: async () => {} });
  const facade = await startFacade(tenantUrl, {
    stores: { dynamodb: store('dynamodb'), sqs: store('sqs'), s3: store('s3') },
    environment: {
      // As in the twin: a busy machine is not a slow store.
      ...patience,
      [variables.tenantRequestsPerMinute]: String(limit),
      // It fills in the first third of a soak. What grows after that is no cached answer.
      [variables.cacheMemoryMiB]: '1',
      NODE_OPTIONS: `--import=${new URL('./memory-probe.ts', import.meta.url).href}`,
    },
    log: ({ line }) => {
      if (!line.includes('"memoryOf"')) return;
      const { memoryOf, ...sample } = JSON.parse(line);
      printed.set(memoryOf, { ...sample, atMillis: Date.now() });
    },
  });
  const { gateway } = facade;
  const names = new Map<number, string>();

  const sample = async (): Promise<ProcessSample[]> => {
    const pids = gateway.pids();
    printed.clear();
    for (const pid of pids) {
      if (!names.has(pid)) names.set(pid, nameOf(pid));
      try {
        process.kill(pid, 'SIGUSR2');
      } catch {
        // It has ended since it was listed.
      }
    }
    for (const since = Date.now(); printed.size < pids.length && Date.now() - since < probeMillis; ) await sleep(50);
    const own = { pid: process.pid, name: 'gateway', atMillis: Date.now(), ...measure() };
    return [own, ...[...printed].map(([pid, one]) => ({ ...one, pid, name: names.get(pid) ?? 'function' }))];
  };

  const invoke = async (name: string): Promise<null> => {
    const found = Object.entries(gateway.environments).find(
      ([, variablesOf]) => variablesOf.POWERTOOLS_SERVICE_NAME === `signals-facade-${name}`,
    );
    await gateway.invoke(found?.[0] ?? '', {});
    return null;
  };

  const queueNames = (): string[] =>
    Object.values(gateway.resources).flatMap(({ type, arn }) =>
      type === 'AWS::SQS::Queue' && arn ? [arn.split(':').at(-1) ?? ''] : [],
    );

  const handle = async ({ kind, ask }: Message): Promise<unknown> => {
    switch (kind) {
      case 'sample':
        return sample();
      case 'statistics':
        return (ask as readonly StatisticQuery[]).map(
          ({ statistic, ...id }) => gateway.statistic(id, statistic, 0, Number.MAX_SAFE_INTEGER) ?? null,
        );
      case 'invoke':
        return invoke(String(ask));
      case 'queueNames':
        return queueNames();
      case 'close':
        await facade.close();
        return null;
    }
  };
  process.on('message', (message: Message) => {
    handle(message).then(
      (answer) => process.send?.({ id: message.id, answer }),
      (error: Error) => process.send?.({ id: message.id, error: error.message }),
    );
  });
  process.send?.({ url: facade.way.url });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve(JSON.parse(process.argv[2] ?? '{}'));
