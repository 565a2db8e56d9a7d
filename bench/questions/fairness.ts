/** Question: what does a small consumer notice of one with 100 times its demand? */
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { variables } from '../../shared/config/names.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { startFacade } from '../cache/facade.ts';
import { type Demand, type DemandReport, runDemand } from '../fairness/demand.ts';
import type { Column, Question, Result, RunOptions } from '../question.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { percentile } from '../support/statistics.ts';

export const question: Question = {
  name: 'fairness',
  title: 'What a small consumer notices of a large one',
  asks: 'How long do a small consumer and /v1/consumers wait, and how often are they refused, alone and beside a consumer with 100 times the demand: hits, misses, and 12 downloads of 60 MiB that nobody reads?',
};

const perSecond = 0.5;
const factor = 100;
const budgetPerMinute = 1_000;
const latencyMillis = 20;

const hit = `${signalsBasePath}/entities/${demoIds.experiment}`;
/** Each page is requested once, and no two consumers request the same page. */
const missesFrom = (start: number): string =>
  `${signalsBasePath}/entities?includeTypes=experiment&page[limit]=1&page[offset]=${start}{n}`;
const download = `${signalsBasePath}/entities/${demoIds.file60MiB}/export`;

type Situation = {
  readonly name: string;
  readonly small: string;
  readonly large: Pick<Demand, 'path'> & Partial<Demand>;
};
const situations: readonly Situation[] = [
  { name: 'hits', small: hit, large: { path: hit, perSecond: perSecond * factor } },
  { name: 'misses', small: missesFrom(1), large: { path: missesFrom(2), perSecond: perSecond * factor } },
  { name: '12 stalled downloads', small: hit, large: { path: download, stalled: 12 } },
];

const columns: readonly Column[] = [
  { key: 'situation', title: 'situation' },
  { key: 'who', title: 'who' },
  { key: 'beside', title: 'beside it' },
  { key: 'requests', title: 'requests' },
  { key: 'refused', title: 'refused' },
  { key: 'failed', title: 'failed' },
  { key: 'medianMillis', title: 'p50 ms', digits: 1 },
  { key: 'p99Millis', title: 'p99 ms', digits: 1 },
  { key: 'slowestAtSecond', title: 'slowest at s', digits: 0 },
  { key: 'upstreamCalls', title: 'upstream calls of all' },
  { key: 'reads', title: 'DynamoDB reads of all' },
  { key: 'writes', title: 'DynamoDB writes of all' },
];

type Facade = Awaited<ReturnType<typeof startFacade>>;
type Row = Record<string, string | number>;

const takeArrivals = async (tenantUrl: string): Promise<number> => {
  const answer = await fetch(`${tenantUrl}/_control/arrivals`);
  const { arrivals } = (await answer.json()) as { arrivals: unknown[] };
  await fetch(`${tenantUrl}/_control/arrivals`, { method: 'DELETE' });
  return arrivals.length;
};

const figuresOf = ({ millis, statuses, slowestAtSecond }: DemandReport) => {
  const requests = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  const refused = statuses[429] ?? 0;
  return {
    requests,
    refused,
    failed: requests - refused - millis.length,
    medianMillis: percentile(millis, 0.5),
    p99Millis: percentile(millis, 0.99),
    slowestAtSecond,
  };
};

/** One situation, alone or beside the large consumer: a row for each who asks. */
const measure = async (
  { way, counts }: Facade,
  tenantUrl: string,
  { name, small, large }: Situation,
  seconds: number,
  isAlone: boolean,
): Promise<Row[]> => {
  const asked = { url: way.url, seconds };
  // Pages that were asked for alone are hits later.
  const path = isAlone ? small.replace('{n}', '0{n}') : small;
  await takeArrivals(tenantUrl);
  const before = counts('');
  const besideSmall = isAlone ? [] : [runDemand({ ...asked, key: 'demo-app', ...large })];
  const [smallReport, administration, largeReport] = await Promise.all([
    runDemand({ ...asked, key: 'demo-reader', path, perSecond }),
    runDemand({ ...asked, key: 'demo-admin', path: '/v1/consumers', perSecond }),
    ...besideSmall,
  ]);
  const after = counts('');
  const cost = {
    upstreamCalls: await takeArrivals(tenantUrl),
    reads: after.reads - before.reads,
    writes: after.writes - before.writes,
  };
  const beside = isAlone ? 'nobody' : 'the large one';
  const rows: Row[] = [
    { situation: name, who: 'small consumer', beside, ...figuresOf(smallReport), ...cost },
    { situation: name, who: '/v1/consumers', beside, ...figuresOf(administration), ...cost },
  ];
  if (largeReport)
    rows.push({ situation: name, who: 'large consumer', beside: 'both', ...figuresOf(largeReport), ...cost });
  return rows;
};

/** The simulator makes a large file when it is first read: a second of a core that the small consumer would pay for. */
const makeFile = async ({ way }: Facade): Promise<void> => {
  const answer = await fetch(way.url + download, { headers: { 'x-api-key': 'demo-admin' } });
  await answer.body?.pipeTo(new WritableStream());
};

/** Fast enough to start every execution, so that fairness is measured and not cold starts. */
const warmUp = ({ way }: Facade): Promise<unknown> =>
  Promise.all(
    [hit, missesFrom(3), '/v1/consumers', '/v1/consumers'].map((path) =>
      runDemand({ url: way.url, key: 'demo-admin', path, perSecond: 50, seconds: 3 }),
    ),
  );

export const run = async ({ quick, progress }: RunOptions): Promise<Result> => {
  const seconds = quick ? 3 : 60;
  const tenant = await startSimulatorProcess('--latency', String(latencyMillis), '--seed', '7');
  let cuts = 0;
  const facade = await startFacade(tenant.url, {
    environment: { [variables.tenantRequestsPerMinute]: String(budgetPerMinute) },
    log: ({ line }) => {
      if (line.includes('_aws') && line.includes('"AnswersCut"')) cuts += 1;
    },
  });
  const rows: Row[] = [];
  try {
    await warmUp(facade);
    await makeFile(facade);
    for (const situation of situations)
      for (const isAlone of [true, false]) {
        progress(`${situation.name}, ${isAlone ? 'alone' : 'beside the large one'}`);
        rows.push(...(await measure(facade, tenant.url, situation, seconds, isAlone)));
      }
  } finally {
    await facade.close();
    await tenant.stop();
  }
  const title = `A small consumer with ${perSecond} request/s beside one with ${factor} times as many, ${seconds} s each, budget ${budgetPerMinute} a minute, ${latencyMillis} ms upstream`;
  const stalled = rows.find(({ situation, who }) => situation === '12 stalled downloads' && who === 'large consumer');
  return {
    tables: [{ name: 'fairness', title, columns, rows }],
    counts: { answersCut: cuts, stalledRefused: Number(stalled?.refused) },
  };
};
