/** One consumer's demand, made in its own process: a number of requests a second, or downloads that are not read. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** `{n}` in a path stands for the number of the request, which makes each a miss. */
export type Demand = {
  readonly url: string;
  readonly key: string;
  readonly path: string;
  readonly seconds: number;
  /** Requests a second, whether the ones before were answered or not. */
  readonly perSecond?: number;
  /** Downloads side by side that are begun and never read; one that is refused is begun again after Retry-After. */
  readonly stalled?: number;
};
export type DemandReport = {
  /** Of the requests that were answered with 200: until the end of the body, or until the head of a stalled download. */
  readonly millis: readonly number[];
  /** When the slowest of them began, in seconds of the demand: the first ones may meet cold starts. */
  readonly slowestAtSecond: number;
  /** By status; 0 = no answer within a minute. */
  readonly statuses: Readonly<Record<number, number>>;
};

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const longestMillis = 60_000;

const begin = (demand: Demand, number: number): Promise<IncomingMessage | undefined> =>
  new Promise((resolve) => {
    const path = demand.path.replace('{n}', String(number));
    const sent = request(demand.url + path, { agent, headers: { 'x-api-key': demand.key }, timeout: longestMillis });
    sent.on('timeout', () => sent.destroy());
    sent.on('response', (incoming) => resolve(incoming.on('error', () => {})));
    sent.on('error', () => resolve(undefined));
    sent.end();
  });

const isReadToEnd = (incoming: IncomingMessage): Promise<boolean> =>
  new Promise((resolve) => incoming.once('close', () => resolve(incoming.complete)).resume());

const make = async (demand: Demand): Promise<DemandReport> => {
  const { perSecond = 0, stalled = 0 } = demand;
  const endMillis = performance.now() + demand.seconds * 1_000;
  const sinceMillis = performance.now();
  const millis: number[] = [];
  let slowest = { millis: 0, atSecond: 0 };
  const statuses: Record<number, number> = {};
  let number = 0;

  const ask = async (mayRead: boolean): Promise<IncomingMessage | undefined> => {
    const since = performance.now();
    number += 1;
    const incoming = await begin(demand, number);
    let status = incoming?.statusCode ?? 0;
    if (incoming && (mayRead || status !== 200) && !(await isReadToEnd(incoming))) status = 0;
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === 200) {
      const tookMillis = performance.now() - since;
      millis.push(tookMillis);
      if (tookMillis > slowest.millis) slowest = { millis: tookMillis, atSecond: (since - sinceMillis) / 1_000 };
    }
    return incoming;
  };

  const stall = async (): Promise<void> => {
    while (performance.now() < endMillis) {
      const incoming = await ask(false);
      if (incoming?.statusCode === 200) return;
      await sleep(Number(incoming?.headers['retry-after'] ?? 1) * 1_000);
    }
  };

  const flow = async (): Promise<void> => {
    const pending: Promise<unknown>[] = [];
    for (let next = performance.now(); next < endMillis; next += 1_000 / perSecond) {
      await sleep(Math.max(0, next - performance.now()));
      pending.push(ask(true));
    }
    await Promise.all(pending);
  };

  if (perSecond > 0) await flow();
  else {
    await Promise.all([sleep(demand.seconds * 1_000), ...Array.from({ length: stalled }, stall)]);
    agent.destroy();
  }
  return { millis, statuses, slowestAtSecond: slowest.atSecond };
};

const self = fileURLToPath(import.meta.url);

/** Makes the demand in another process. */
export const runDemand = async (demand: Demand): Promise<DemandReport> => {
  const child: ChildProcess = fork(self);
  child.send(demand);
  const [report] = (await once(child, 'message')) as [DemandReport];
  return report;
};

if (process.argv[1] === self) {
  process.once('message', (demand: Demand) => {
    void make(demand).then((report) => process.send?.(report, () => process.exit(0)));
  });
}
