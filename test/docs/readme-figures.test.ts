/** The figures of the README are those of the last run of each bench. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../support/snippets.ts';

type Row = Readonly<Record<string, string | number>>;
type Results = {
  readonly quick: boolean;
  readonly machine: { readonly cores: number };
  readonly tables: readonly { readonly name: string; readonly rows: readonly Row[] }[];
};

const resultsOf = (bench: string): Results => JSON.parse(readDocument(`bench/results/${bench}.json`));
const rowsOf = (bench: string, table: string): readonly Row[] =>
  resultsOf(bench).tables.find(({ name }) => name === table)?.rows ?? [];
/** The row that has these values. */
const rowOf = (bench: string, table: string, wanted: Row): Row => {
  const row = rowsOf(bench, table).find((one) => Object.entries(wanted).every(([name, value]) => one[name] === value));
  if (!row) throw new Error(`bench/results/${bench}.json has no row ${JSON.stringify(wanted)} in ${table}.`);
  return row;
};
const number = (value: string | number | undefined): string => Number(value).toLocaleString('en-GB');
const rounded = (value: string | number | undefined): string => number(Math.round(Number(value)));

const cache = (): string => {
  const [facade, nginx] = ['the facade', 'nginx proxy_cache, 60 s'].map((way) => rowOf('cache', 'mix', { way }));
  return `${number(facade?.requests)} requests, 5 % of them writes, became ${number(facade?.upstreamCalls)} calls to the tenant. ${number(facade?.afterWrite)} reads were older than an earlier write of the same application; with nginx as the cache, ${number(nginx?.afterWrite)} were`;
};

const quota = (): string => {
  const misses = { situation: 'misses' };
  const small = rowOf('fairness', 'fairness', { ...misses, who: 'small consumer', beside: 'the large one' });
  const large = rowOf('fairness', 'fairness', { ...misses, who: 'large consumer' });
  return `beside an application with ${Number(large.requests) / Number(small.requests)} times its demand, a small one had ${number(small.refused)} of ${number(small.requests)} calls refused, and the large one ${number(large.refused)} of ${number(large.requests)}`;
};

const events = (): string => {
  const row = rowOf('fanout', 'speed', { subscriptions: 200, load: '1 a second' });
  return `an event is in 200 queues after ${rounded(row.medianMillis)} ms (median) and ${rounded(row.p99Millis)} ms (99 of 100)`;
};

const archive = (): string => {
  const [row] = rowsOf('exports', 'burst');
  return `${number(row?.closings)} experiments were closed within a minute: ${number(row?.archived)} were archived, with ${number(row?.busiest)} calls of the ${number(row?.ceiling)} allowed in the busiest minute`;
};

const resources = (): string => {
  const [extract, naive] = ['extract', 'a call for each page and item'].map((way) =>
    rowOf('extract', 'extract', { way }),
  );
  return `an extract of ${number(extract?.rows)} batches with structures takes ${number(extract?.calls)} calls to the tenant. A call for each page and item takes ${number(naive?.calls)}`;
};

const safety = (): string => {
  const faults = rowsOf('faults', 'promises').filter(({ name }) => name !== 'no fault');
  const sum = (...columns: string[]) =>
    faults.flatMap((row) => columns.map((one) => Number(row[one]))).reduce((a, b) => a + b, 0);
  return `under ${faults.length} kinds of faults, ${sum('eventsMissing')} events were missing, ${sum('writesLost', 'writesTwice')} writes were lost or done twice, and the limit was exceeded ${sum('overshoot')} times`;
};

describe('the figures of the README', () => {
  it.each(Object.entries({ cache, quota, events, archive, resources, safety }))('%s', (_, sentence) => {
    expect(readDocument('README.md')).toContain(`| ${sentence()} |`);
  });

  it.each(['cache', 'fairness', 'fanout', 'exports', 'extract', 'faults'])(
    '%s is of a whole run on two cores',
    (bench) => {
      const { quick, machine } = resultsOf(bench);
      expect([quick, machine.cores]).toEqual([false, 2]);
    },
  );
});
