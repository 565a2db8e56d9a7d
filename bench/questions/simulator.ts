/** Question: does the Signals simulator start quickly, keep up with load tests, and stay quick and small when its tenant is large? */
import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { signalsBasePath } from '../../shared/signals/names.ts';
import type { Question, Result, RunOptions, Table } from '../question.ts';
import { startMain } from '../support/simulator-process.ts';
import { median } from '../support/statistics.ts';

export const question: Question = {
  name: 'simulator',
  title: 'Signals simulator: start, reads per second, memory and listings of a large tenant',
  asks: 'How long does the built command take to start, how many reads a second does it answer on this machine, and with 100,000 entities, how much memory does it hold and how long does each kind of listing take?',
};

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const headers = { 'x-api-key': 'demo-signals-key' };

/** One request; resolves with its status when the whole body has come. */
const send = (url: string, body?: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = request(
      url,
      { agent, method: body === undefined ? 'GET' : 'POST', headers: { ...headers, ...type } },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });

const connections = 32;

/** Reads per second with 32 connections that each ask again as soon as they are answered. */
const readsPerSecond = async (
  url: string,
  millis: number,
): Promise<{ readonly rate: number; readonly failures: number }> => {
  let answered = 0;
  let failures = 0;
  const startedMillis = performance.now();
  const client = async () => {
    while (performance.now() - startedMillis < millis) {
      if ((await send(url)) !== 200) failures += 1;
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return { rate: (answered / (performance.now() - startedMillis)) * 1000, failures };
};

const matchType = (value: string) => JSON.stringify({ query: { $match: { field: 'type', value, mode: 'keyword' } } });

const notTemplate = { $match: { field: 'isTemplate', value: false } };

const listings: readonly (readonly [name: string, path: string, body?: string])[] = [
  ['first page', '/entities'],
  ['100 experiments', '/entities?includeTypes=experiment&page[limit]=100'],
  ['100 experiments from 19,000', '/entities?includeTypes=experiment&page[limit]=100&page[offset]=19000'],
  [
    '100 of three types from 50,000',
    '/entities?includeTypes=text,grid,imageResource&page[limit]=100&page[offset]=50000',
  ],
  ['trashed experiments', '/entities?includeTypes=experiment&includeOptions=trashed'],
  ['changed on one day', '/entities?includeTypes=experiment&start=2025-01-06T00:00:00Z&end=2025-01-07T00:00:00Z'],
  ['search by type', '/entities/search?page[limit]=100', matchType('experiment')],
  [
    'search by a word of the name',
    '/entities/search?page[limit]=100',
    JSON.stringify({ query: { $match: { field: 'name', value: 'load' } } }),
  ],
  [
    'search by the beginning of a word',
    '/entities/search?page[limit]=100',
    JSON.stringify({ query: { $prefix: { field: 'name', value: 'loa' } } }),
  ],
  [
    'full-text search',
    '/entities/search?page[limit]=100',
    JSON.stringify({ query: { $simple: { query: 'crystal* load' } } }),
  ],
  [
    'search by a tag',
    '/entities/search?page[limit]=100',
    JSON.stringify({ query: { $match: { field: 'fields.Project', value: 'Aurora', in: 'tags', as: 'text' } } }),
  ],
  [
    'terms of a tag',
    '/entities/search/terms',
    JSON.stringify({ query: notTemplate, field: 'fields.Project', in: 'tags' }),
  ],
  ['all tags', '/entities/search/tags', JSON.stringify({ query: notTemplate })],
  ['search by type from 5,000', '/entities/search?page[limit]=100&page[offset]=5000&sort=createdAt', matchType('text')],
];

const listingRows = async (base: string, samples: number) => {
  const rows = [];
  for (const [listing, path, body] of listings) {
    const times: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
      const startedMillis = performance.now();
      const status = await send(`${base}${path}`, body);
      if (status !== 200) throw new Error(`${listing} answered ${status}`);
      times.push(performance.now() - startedMillis);
    }
    rows.push({ listing, samples, medianMillis: median(times), slowestMillis: Math.max(...times) });
  }
  return rows;
};

const goals = { startMillis: 2_000, residentBytes: 500_000_000, listingMillis: 50 };
const packageFile = (path: string) =>
  fileURLToPath(new URL(`../../packages/signals-simulator/${path}`, import.meta.url));

/** The script of the command as its users have it; a quick run takes the source, since building takes seconds. */
const builtMain = (quick: boolean): string => {
  if (quick) return packageFile('src/main.ts');
  execFileSync(process.execPath, [packageFile('build.mjs')], { stdio: 'ignore' });
  return packageFile('dist/main.js');
};

const startRows = async (main: string, samples: number) => {
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const started = await startMain(main);
    times.push(started.startMillis);
    await started.stop();
  }
  return [{ samples, medianMillis: median(times), slowestMillis: Math.max(...times) }];
};

/** The goals that the figures miss. A quick run says nothing about them. */
const missedGoals = (start: number, bytes: number, rows: Awaited<ReturnType<typeof listingRows>>): string[] => [
  ...(start > goals.startMillis ? [`a start took ${start.toFixed(0)} ms, more than ${goals.startMillis}`] : []),
  ...(bytes > goals.residentBytes ? [`a large tenant took ${bytes} bytes, more than ${goals.residentBytes}`] : []),
  ...rows
    .filter(({ medianMillis }) => medianMillis > goals.listingMillis)
    .map(
      ({ listing, medianMillis }) => `${listing} took ${medianMillis.toFixed(1)} ms, more than ${goals.listingMillis}`,
    ),
];

export const run = async ({ quick, progress }: RunOptions): Promise<Result> => {
  const millis = quick ? 200 : 5000;
  progress('starts of the command');
  const main = builtMain(quick);
  const starts = await startRows(main, quick ? 1 : 11);
  progress('reads of the demo tenant');
  const demo = await startMain(main);
  const reads = [];
  for (const [read, path] of [
    ['version', '/version'],
    ['one user', '/users/101'],
    ['one experiment', '/entities/experiment:00000000-0000-4000-a000-000000000009'],
  ] as const) {
    await readsPerSecond(`${demo.url}${signalsBasePath}${path}`, millis / 5);
    reads.push({ read, ...(await readsPerSecond(`${demo.url}${signalsBasePath}${path}`, millis)) });
  }
  await demo.stop();
  progress('listings of 100,000 entities');
  const large = await startMain(main, '--entities', quick ? '2000' : '100000');
  await listingRows(large.url + signalsBasePath, 2);
  const rows = await listingRows(large.url + signalsBasePath, quick ? 2 : 30);
  const residentBytes = await large.residentBytes();
  await large.stop();
  const readTable: Table = {
    name: 'reads',
    title: `Reads with ${connections} connections`,
    columns: [
      { key: 'read', title: 'read' },
      { key: 'rate', title: 'per second', digits: 0 },
      { key: 'failures', title: 'failures' },
    ],
    rows: reads,
  };
  const listingTable: Table = {
    name: 'listings',
    title: 'Listings of a large tenant, one at a time',
    columns: [
      { key: 'listing', title: 'listing' },
      { key: 'samples', title: 'samples' },
      { key: 'medianMillis', title: 'median ms', digits: 1 },
      { key: 'slowestMillis', title: 'slowest ms', digits: 1 },
    ],
    rows,
  };
  const startTable: Table = {
    name: 'starts',
    title: 'From the start of the command until it is ready',
    columns: [
      { key: 'samples', title: 'samples' },
      { key: 'medianMillis', title: 'median ms', digits: 0 },
      { key: 'slowestMillis', title: 'slowest ms', digits: 0 },
    ],
    rows: starts,
  };
  const memoryTable: Table = {
    name: 'memory',
    title: 'Resident memory of a large tenant, after the listings',
    columns: [{ key: 'megabytes', title: 'MB', digits: 0 }],
    rows: [{ megabytes: residentBytes / 1_000_000 }],
  };
  return {
    broken: quick ? [] : missedGoals(starts[0]?.medianMillis ?? 0, residentBytes, rows),
    tables: [startTable, readTable, memoryTable, listingTable],
    counts: { failures: reads.reduce((sum, { failures }) => sum + failures, 0), listings: rows.length },
  };
};
