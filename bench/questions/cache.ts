/** Question: what does the cache save on a mix of reads, writes and edits behind its back, and what does it cost? */
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { startFacade } from '../cache/facade.ts';
import { listExperiments, runMix, type Way, warmUp } from '../cache/mix.ts';
import { startNginx } from '../cache/nginx.ts';
import type { Column, Question, Result, RunOptions } from '../question.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { percentile } from '../support/statistics.ts';

export const question: Question = {
  name: 'cache',
  title: 'What the cache saves and costs',
  asks: 'How many upstream calls, stale reads and milliseconds does one mix of requests take straight, through nginx proxy_cache and through the facade, and how many DynamoDB requests?',
};

const latencyMillis = 120;
const inFlight = 32;

const columns: readonly Column[] = [
  { key: 'way', title: 'way' },
  { key: 'requests', title: 'requests' },
  { key: 'upstreamCalls', title: 'upstream calls' },
  { key: 'hitShare', title: 'hits of reads', digits: 3 },
  { key: 'afterWrite', title: 'reads older than own write' },
  { key: 'behind', title: 'reads older than an edit' },
  { key: 'oldestSeconds', title: 'oldest s', digits: 1 },
  { key: 'readMedianMillis', title: 'read p50 ms', digits: 1 },
  { key: 'readP99Millis', title: 'read p99 ms', digits: 1 },
  { key: 'writeMedianMillis', title: 'write p50 ms', digits: 1 },
  { key: 'readsPerRequest', title: 'DynamoDB reads/request', digits: 2 },
  { key: 'writesPerRequest', title: 'DynamoDB writes/request', digits: 2 },
];

/** What stands between the driver and the tenant. */
type Between = {
  readonly way: Way;
  /** DynamoDB requests on the tables whose name holds this. */
  readonly counts?: (table: string) => { readonly reads: number; readonly writes: number };
  close(): Promise<void>;
};

const nothing = async (tenantUrl: string): Promise<Between> => ({
  way: { url: tenantUrl, key: demoKey },
  close: async () => {},
});

const nginx = async (tenantUrl: string): Promise<Between | undefined> => {
  const started = await startNginx(tenantUrl);
  return started && { way: { url: started.url, key: demoKey }, close: started.close };
};

const ways: readonly (readonly [name: string, start: (tenantUrl: string) => Promise<Between | undefined>])[] = [
  ['straight', nothing],
  ['nginx proxy_cache, 60 s', nginx],
  ['the facade', (tenantUrl) => startFacade(tenantUrl)],
];

/** Upstream calls since the last time, the edits behind left out by the caller. */
const takeArrivals = async (tenantUrl: string): Promise<number> => {
  const answer = await fetch(`${tenantUrl}/_control/arrivals`);
  const { arrivals } = (await answer.json()) as { arrivals: unknown[] };
  await fetch(`${tenantUrl}/_control/arrivals`, { method: 'DELETE' });
  return arrivals.length;
};

/** One way through the whole mix. Undefined where it is not installed. */
const measure = async (
  name: string,
  start: (tenantUrl: string) => Promise<Between | undefined>,
  tenantUrl: string,
  { requests, count }: { readonly requests: number; readonly count: number },
): Promise<Record<string, string | number> | undefined> => {
  const experiments = await listExperiments(tenantUrl, count);
  const between = await start(tenantUrl);
  if (between === undefined) return undefined;
  try {
    await warmUp(between.way, inFlight);
    await takeArrivals(tenantUrl);
    const seen = await runMix(between.way, { requests, inFlight, seed: 7, tenantUrl, experiments });
    const cacheCounts = between.counts?.('CacheTable') ?? { reads: 0, writes: 0 };
    return {
      way: name,
      requests,
      upstreamCalls: (await takeArrivals(tenantUrl)) - seen.edits,
      hitShare: seen.hits / seen.reads,
      afterWrite: seen.afterWrite,
      behind: seen.behind,
      oldestSeconds: seen.oldestMillis / 1_000,
      readMedianMillis: percentile(seen.readMillis, 0.5),
      readP99Millis: percentile(seen.readMillis, 0.99),
      writeMedianMillis: percentile(seen.writeMillis, 0.5),
      readsPerRequest: cacheCounts.reads / requests,
      writesPerRequest: cacheCounts.writes / requests,
    };
  } finally {
    await between.close();
  }
};

export const run = async ({ quick, progress }: RunOptions): Promise<Result> => {
  const requests = quick ? 300 : 20_000;
  const count = quick ? 200 : 5_000;
  const rows: Record<string, string | number>[] = [];
  for (const [name, start] of ways) {
    progress(name);
    // A tenant of its own for each way: what one has changed is not there for the next.
    const tenant = await startSimulatorProcess(
      ...['--entities', String(count * 5), '--latency', String(latencyMillis), '--seed', '7'],
    );
    try {
      const row = await measure(name, start, tenant.url, { requests, count });
      if (row) rows.push(row);
      else progress('nginx is not installed: left out');
    } finally {
      await tenant.stop();
    }
  }
  const counts = Object.fromEntries(rows.map(({ way, afterWrite }) => [`afterWrite ${way}`, Number(afterWrite)]));
  return {
    tables: [
      {
        name: 'mix',
        title: 'Zipf over 5,000 experiments, 5 % writes, 2 % edits behind, 120 ms upstream',
        columns,
        rows,
      },
    ],
    counts,
  };
};
