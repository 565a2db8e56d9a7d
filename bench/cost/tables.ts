/** The tables of the question `cost`. */
import { priceList } from '../../shared/usage/list-prices.ts';
import type { Column, Result, Table } from '../question.ts';
import { memoryHit, miss } from './busy-mix.ts';
import { type CountedAll, eachOf } from './count-all.ts';
import { fixedRows, type IdleRow, metricsRow, pollingRow, tableKeyRow, timerRow } from './idle.ts';
import { mixOf, type Operations, times } from './operations.ts';
import { dollarsOf } from './price-of.ts';
import type { Counted } from './run-types.ts';

const million = 1_000_000;
/** Goals of the project: all in for a million, and the sweep of an idle stage in a month. */
const goals = { mixDollars: 6, sweepDollars: 2 } as const;

const countColumns: readonly Column[] = [
  { key: 'name', title: 'one request' },
  { key: 'tenantCalls', title: 'calls to the tenant', digits: 2 },
  { key: 'readUnits', title: 'read units', digits: 2 },
  { key: 'writeUnits', title: 'write units', digits: 2 },
  { key: 'storeRequests', title: 'DynamoDB requests', digits: 2 },
  { key: 'invocations', title: 'invocations', digits: 2 },
  { key: 'others', title: 'SQS, S3, KMS requests', digits: 2 },
  { key: 'billedMillis', title: 'GB-ms', digits: 1 },
  { key: 'logBytes', title: 'log bytes', digits: 0 },
];
const dollarColumns: readonly Column[] = [
  { key: 'name', title: 'a million of' },
  { key: 'gateway', title: 'API Gateway', digits: 2 },
  { key: 'lambda', title: 'Lambda', digits: 2 },
  { key: 'tables', title: 'DynamoDB', digits: 2 },
  { key: 'others', title: 'SQS, S3, KMS, steps', digits: 2 },
  { key: 'firewall', title: 'firewall', digits: 2 },
  { key: 'logs', title: 'logs', digits: 2 },
  { key: 'traces', title: 'traces', digits: 2 },
  { key: 'all', title: 'US$', digits: 2 },
];
const mixColumns: readonly Column[] = [
  { key: 'part', title: 'part' },
  { key: 'count', title: 'count for a million' },
  { key: 'unit', title: 'unit' },
  { key: 'dollars', title: 'US$', digits: 2 },
];
const idleColumns: readonly Column[] = [
  { key: 'what', title: 'what' },
  { key: 'count', title: 'count' },
  { key: 'unit', title: 'unit' },
  { key: 'dollars', title: 'US$ a month', digits: 2 },
];
const timerColumns: readonly Column[] = [
  { key: 'timer', title: 'timer' },
  { key: 'runs', title: 'runs a month' },
  { key: 'tenantCalls', title: 'calls to the tenant a run', digits: 0 },
  { key: 'readUnits', title: 'read units a run', digits: 1 },
  { key: 'writeUnits', title: 'write units a run', digits: 1 },
  { key: 'gigabyteSeconds', title: 'GB-s a month', digits: 0 },
  { key: 'logMegabytes', title: 'log MB a month', digits: 0 },
  { key: 'dollars', title: 'US$ a month', digits: 2 },
];

const countRow = (name: string, each: Operations) => ({
  ...{ name, tenantCalls: each.tenantCalls, readUnits: each.readUnits, writeUnits: each.writeUnits },
  ...{ storeRequests: each.storeRequests, invocations: each.invocations, logBytes: each.logBytes },
  others: each.queueRequests + each.s3Reads + each.s3Writes + each.keyRequests,
  billedMillis: each.gigabyteSeconds * 1_000,
});

/** 80 % hits, from the memory of the instance, and 20 % misses. */
const mixFrom = (counted: readonly Counted[]): Operations =>
  mixOf([
    [0.8, eachOf(counted, memoryHit)],
    [0.2, eachOf(counted, miss)],
  ]);

const mixRows = (each: Operations) => {
  const all = times(each, million);
  const { gateway, lambda, tables, others, firewall, logs, traces, all: sum } = dollarsOf(all);
  const row = (part: string, count: number, unit: string, dollars: number) => ({
    ...{ part, count: Math.round(count), unit, dollars },
  });
  return [
    row('API Gateway', all.gatewayRequests, 'requests', gateway),
    row('Lambda', all.gigabyteSeconds, 'GB-s, with the requests', lambda),
    row('DynamoDB', all.readUnits + all.writeUnits, 'read and write units', tables),
    row('SQS, S3, KMS', all.queueRequests + all.s3Reads + all.s3Writes + all.keyRequests, 'requests', others),
    row('firewall', all.firewallRequests, 'requests', firewall),
    row('logs', all.logBytes / 1e6, 'MB', logs),
    row('traces', all.traces, 'traces', traces),
    row('all', million, 'requests', sum),
  ];
};

const sumRow = (rows: readonly IdleRow[]): IdleRow => ({
  ...{ what: 'all', count: 0, unit: '' },
  dollars: rows.reduce((sum, { dollars }) => sum + dollars, 0),
});

const idleTable = ({ facts, timers, metrics }: CountedAll): Table => {
  const timed = timers.map(timerRow);
  const keys = timers.map(({ timer, tables }) => tableKeyRow(tables, timer.everyMinutes));
  const rows: IdleRow[] = [
    ...fixedRows(facts.resources),
    metricsRow(metrics.idle),
    {
      ...{ what: 'timers', count: timed.reduce((sum, { runs }) => sum + runs, 0), unit: 'runs' },
      dollars: timed.reduce((sum, { dollars }) => sum + dollars, 0),
    },
    pollingRow(facts.resources),
    {
      ...{ what: 'keys of tables', unit: 'KMS requests', count: keys.reduce((sum, { count }) => sum + count, 0) },
      dollars: keys.reduce((sum, { dollars }) => sum + dollars, 0),
    },
  ];
  const title = 'A stage that nobody calls, a month of 30 days';
  return { name: 'idle', title, columns: idleColumns, rows: [...rows, sumRow(rows)] };
};

export const costTables = (counted: CountedAll): Result => {
  const { types, alone, busy: busyMix, timers, metrics } = counted;
  const rows = [
    ...types.map(({ type, each }) => [type.name, each] as const),
    ...alone.map(({ type, each }) => [`${type.name}, one each 6 s`, each] as const),
  ];
  const busy = mixRows(busyMix);
  const spread = mixRows(mixFrom(alone));
  const sweep = timers.map(timerRow).find(({ timer }) => timer === 'sweep');
  const goalRows = [
    {
      goal: 'a million requests of a busy stage, all in',
      wanted: goals.mixDollars,
      dollars: busy.at(-1)?.dollars ?? 0,
    },
    { goal: 'a month of the sweep, idle', wanted: goals.sweepDollars, dollars: sweep?.dollars ?? 0 },
  ];
  const goalColumns: readonly Column[] = [
    { key: 'goal', title: 'goal' },
    { key: 'wanted', title: 'at most US$', digits: 2 },
    { key: 'dollars', title: 'US$', digits: 2 },
  ];
  return {
    tables: [
      {
        name: 'counts',
        title: 'What one request makes',
        columns: countColumns,
        rows: rows.map(([name, each]) => countRow(name, each)),
      },
      {
        name: 'dollars',
        title: `US dollars for a million, by the prices of ${priceList.region} of ${priceList.asOf}, ${priceList.source}`,
        columns: dollarColumns,
        rows: rows.map(([name, each]) => ({ name, ...dollarsOf(times(each, million)) })),
      },
      { name: 'mix', title: 'A million requests, 80 % hits, 10 a second', columns: mixColumns, rows: busy },
      {
        name: 'mix-spread',
        title: 'A million requests, 80 % hits, spread evenly over a month',
        columns: mixColumns,
        rows: spread,
      },
      {
        name: 'timers',
        title: 'Timers of a stage that nobody calls',
        columns: timerColumns,
        rows: timers.map(timerRow),
      },
      idleTable(counted),
      { name: 'goals', title: 'Goals', columns: goalColumns, rows: goalRows },
    ],
    counts: { requestTypes: types.length, timers: timers.length, idleMetrics: metrics.idle, usedMetrics: metrics.used },
  };
};
