/** Question: what does the cache save on a mix of reads, writes and edits behind its back, and what does it cost? */
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { startFacade } from '../cache/facade.ts';
import { listExperiments, runMix, type Way, warmUp } from '../cache/mix.ts';
import { startNginx } from '../cache/nginx.ts';
import { startOracle } from '../cache/oracle.ts';
import { type Reason, reasons } from '../cache/reasons.ts';
import { runVirtualMix } from '../cache/virtual-mix.ts';
import type { Column, Question, Result, RunOptions } from '../question.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { percentile } from '../support/statistics.ts';

export const question: Question = {
  name: 'cache',
  title: 'What the cache saves and costs',
  asks: 'How many upstream calls, stale reads and milliseconds does one mix of requests take straight, through nginx proxy_cache, through an oracle that knows every edit and through the facade, and how many DynamoDB requests?',
};

const latencyMillis = 120;
const inFlight = 32;
/** In virtual time: about as many requests a second as the twin answers on two cores. */
const virtualPauseMillis = 250;

const columns: readonly Column[] = [
  { key: 'way', title: 'way' },
  { key: 'requests', title: 'requests' },
  { key: 'upstreamCalls', title: 'upstream calls' },
  { key: 'timesOracle', title: 'times the oracle', digits: 2 },
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
  /** Until it is as it is after a while. */
  swept?(): Promise<void>;
  /** DynamoDB requests on the tables whose name holds this. */
  readonly counts?: (table: string) => { readonly reads: number; readonly writes: number };
  close(): Promise<void>;
};

/** Goal: the facade makes at most this many times the calls of the oracle. */
const goal = 1.15;

const nothing = async (tenantUrl: string): Promise<Between> => ({
  way: { url: tenantUrl, key: demoKey },
  close: async () => {},
});

const nginx = async (tenantUrl: string): Promise<Between | undefined> => {
  const started = await startNginx(tenantUrl);
  return started && { way: { url: started.url, key: demoKey }, close: started.close };
};

const oracleName = 'an oracle that knows every edit';
const facadeName = 'the facade';

const ways: readonly (readonly [name: string, start: (tenantUrl: string) => Promise<Between | undefined>])[] = [
  ['straight', nothing],
  ['nginx proxy_cache, 60 s', nginx],
  [oracleName, (tenantUrl) => startOracle(tenantUrl, demoKey)],
  [facadeName, (tenantUrl) => startFacade(tenantUrl)],
];

/** Upstream calls since the last time, the edits behind left out by the caller; `own` are neither reads nor writes of the mix. */
const takeArrivals = async (tenantUrl: string): Promise<{ readonly all: number; readonly own: number }> => {
  const answer = await fetch(`${tenantUrl}/_control/arrivals`);
  const { arrivals } = (await answer.json()) as { arrivals: { path: string }[] };
  await fetch(`${tenantUrl}/_control/arrivals`, { method: 'DELETE' });
  return { all: arrivals.length, own: arrivals.filter(({ path }) => !path.includes('/entities/')).length };
};

type Calls = { readonly calls: Readonly<Record<Reason, number>>; readonly writes: number; readonly own: number };
type Measured = Calls & { readonly row: Record<string, string | number> };

const reasonRows = (twin: Calls | undefined, virtual: Calls) => {
  const rowOf = (reason: string, of: (calls: Calls) => number) => ({
    ...{ reason, twin: twin ? of(twin) : Number.NaN, virtual: of(virtual) },
  });
  return [
    rowOf('a write', ({ writes }) => writes),
    ...reasons.map((reason) => rowOf(`a read: ${reason}`, ({ calls }) => calls[reason])),
    rowOf("the facade's own, such as the sweep", ({ own }) => own),
  ];
};

/** One way through the whole mix. Undefined where it is not installed. */
const measure = async (
  name: string,
  start: (tenantUrl: string) => Promise<Between | undefined>,
  tenantUrl: string,
  { requests, count }: { readonly requests: number; readonly count: number },
): Promise<Measured | undefined> => {
  const experiments = await listExperiments(tenantUrl, count);
  const between = await start(tenantUrl);
  if (between === undefined) return undefined;
  try {
    await warmUp(between.way, inFlight);
    await between.swept?.();
    await takeArrivals(tenantUrl);
    const seen = await runMix(between.way, { requests, inFlight, seed: 7, tenantUrl, experiments });
    const cacheCounts = between.counts?.('CacheTable') ?? { reads: 0, writes: 0 };
    const { all, own } = await takeArrivals(tenantUrl);
    const row = {
      way: name,
      requests,
      upstreamCalls: all - seen.edits,
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
    return { row, calls: seen.calls, own, writes: seen.writeMillis.length };
  } finally {
    await between.close();
  }
};

export const run = async ({ quick, progress }: RunOptions): Promise<Result> => {
  const requests = quick ? 300 : 20_000;
  const count = quick ? 200 : 5_000;
  const measured: Measured[] = [];
  for (const [name, start] of ways) {
    progress(name);
    // A tenant of its own for each way: what one has changed is not there for the next.
    const tenant = await startSimulatorProcess(
      ...['--entities', String(count * 5), '--latency', String(latencyMillis), '--seed', '7'],
    );
    try {
      const found = await measure(name, start, tenant.url, { requests, count });
      if (found) measured.push(found);
      else progress('nginx is not installed: left out');
    } finally {
      await tenant.stop();
    }
  }
  const callsOf = (wanted: string): number =>
    Number(measured.find(({ row }) => row.way === wanted)?.row.upstreamCalls ?? Number.NaN);
  const rows = measured.map(({ row }) => ({
    ...row,
    timesOracle: Number(row.upstreamCalls) / callsOf(oracleName),
  }));
  const counts = Object.fromEntries(measured.map(({ row }) => [`afterWrite ${row.way}`, Number(row.afterWrite)]));
  progress('the same in virtual time');
  const virtual = await runVirtualMix({ requests, experiments: count, inFlight, pauseMillis: virtualPauseMillis });
  const ofFacade = measured.find(({ row }) => row.way === facadeName);
  return {
    tables: [
      {
        name: 'mix',
        title: 'Zipf over 5,000 experiments, 5 % writes, 2 % edits behind, 120 ms upstream',
        columns,
        rows,
      },
      {
        name: 'calls',
        title: 'Why the facade called the tenant',
        columns: [
          { key: 'reason', title: 'call for' },
          { key: 'twin', title: 'the whole facade' },
          { key: 'virtual', title: 'in virtual time' },
        ],
        rows: reasonRows(ofFacade, virtual),
      },
      {
        name: 'virtual',
        title: `The mix in virtual time (goal: at most ${goal} times the calls of the first oracle)`,
        columns: [
          { key: 'who', title: 'who' },
          { key: 'calls', title: 'upstream calls' },
          { key: 'times', title: 'times the first oracle', digits: 2 },
        ],
        rows: [
          { who: 'everything kept for 60 s, as nginx', calls: virtual.timed },
          { who: 'an oracle that shows each edit at once', calls: virtual.oracle },
          { who: 'an oracle that shows an edit after 60 s', calls: virtual.lateOracle },
          { who: "the facade's cache and sweep", calls: virtual.facade },
        ].map((row) => ({ ...row, times: row.calls / virtual.oracle })),
      },
    ],
    counts,
  };
};
