/** Question: what do the promises cost when something fails? The schedule of faults is in bench/faults/schedule.ts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../local/start/synthesize.ts';
import type { Minutes, Report } from '../faults/scenario.ts';
import { runInProcess } from '../faults/scenario-process.ts';
import { baseline, type Fault, faults } from '../faults/schedule.ts';
import { brokenIn } from '../faults/verdict.ts';
import type { Column, Question, Result, RunOptions, Table } from '../question.ts';

export const question: Question = {
  name: 'faults',
  title: 'Faults, and what they cost',
  asks: 'What do a tenant, its subscribers and its callers notice of each fault beside a steady load: sends above the ceiling, loss, duplicates, old answers, errors, and which alarms ring?',
};

const minutes: Readonly<Record<'full' | 'quick', Minutes>> = {
  full: { before: 1, fault: 3, after: 1, rest: 5 },
  quick: { before: 0.1, fault: 0.4, after: 0.2, rest: 5 },
};
/** One that needs no minutes to show, and goes through each store. */
const quickFaults = ['answer of the store lost'];
/** The time of a scenario does not depend on what else the machine does. */
const atOnce = 2;

const promiseColumns: readonly Column[] = [
  { key: 'name', title: 'fault' },
  { key: 'overshoot', title: 'sends above the ceiling' },
  { key: 'events', title: 'events' },
  { key: 'eventsMissing', title: 'missing' },
  { key: 'eventsTwice', title: 'twice at FIFO' },
  { key: 'writes', title: 'writes' },
  { key: 'writesLost', title: 'lost' },
  { key: 'writesTwice', title: 'carried out twice' },
  { key: 'auditMissing', title: 'without an audit entry' },
];
const staleColumns: readonly Column[] = [
  { key: 'name', title: 'fault' },
  { key: 'reads', title: 'reads answered' },
  { key: 'staleSeconds', title: 'oldest answer s', digits: 1 },
  { key: 'markedStaleSeconds', title: 'oldest that says STALE-IF-ERROR s', digits: 1 },
  { key: 'ownWritesHidden', title: 'reads without an own write' },
  { key: 'failed', title: 'failed calls' },
  { key: 'recoverySeconds', title: 'recovered after s', digits: 0 },
];
const errorColumns: readonly Column[] = [
  { key: 'name', title: 'fault' },
  { key: 'what', title: 'what happens' },
  { key: 'errors', title: 'errors that callers saw' },
];
const alarmColumns: readonly Column[] = [
  { key: 'name', title: 'fault' },
  { key: 'expected', title: 'alarms that must ring' },
  { key: 'rang', title: 'rang, after s' },
];

const listOf = (texts: readonly string[]): string => (texts.length === 0 ? 'none' : texts.join(', '));

type Played = { readonly fault: Fault; readonly report: Report };

const promiseRow = ({ report }: Played) => ({ ...report, errors: '', rang: '', rangAfterSeconds: '' });

const rowOf = ({ fault, report }: Played) => ({
  ...{ name: fault.name, what: fault.what },
  ...{ reads: report.reads, staleSeconds: report.staleSeconds, markedStaleSeconds: report.markedStaleSeconds },
  ...{ ownWritesHidden: report.ownWritesHidden, recoverySeconds: report.recoverySeconds },
  failed: Object.values(report.errors).reduce((sum, count) => sum + count, 0),
  errors: listOf(
    Object.entries(report.errors)
      .toSorted()
      .map(([code, count]) => `${count} x ${code}`),
  ),
  expected: listOf(fault.rings),
  rang: listOf(report.rang.map((alarm) => `${alarm} ${Math.round(report.rangAfterSeconds[alarm] ?? 0)}`)),
});

/** Only the cells of the columns. */
const tableOf = (
  name: string,
  title: string,
  columns: readonly Column[],
  rows: readonly Record<string, unknown>[],
): Table => ({
  ...{ name, title, columns },
  rows: rows.map((row) => Object.fromEntries(columns.map(({ key }) => [key, row[key] as string | number]))),
});

/** FAULTS_ASSEMBLY names a folder with a synthesized stack of the stage `local`, which spares a test to make one. */
const withAssembly = async <Value>(use: (assemblyDir: string) => Promise<Value>): Promise<Value> => {
  const known = process.env.FAULTS_ASSEMBLY;
  if (known) return use(known);
  const folder = await mkdtemp(join(tmpdir(), 'facade-faults-'));
  try {
    const outDir = join(folder, 'cdk.out');
    await synthesize({ outDir, port: 4000, signalsUrl: 'http://127.0.0.1:4010', signal: new AbortController().signal });
    return await use(outDir);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const playAll = (chosen: readonly Fault[], quick: boolean, progress: RunOptions['progress']): Promise<Played[]> =>
  withAssembly(async (assemblyDir) => {
    const played: Played[] = [];
    const left = chosen.entries();
    const playOn = async (): Promise<void> => {
      for (const [index, fault] of left) {
        progress(fault.name);
        const order = { name: fault.name, assemblyDir, minutes: quick ? minutes.quick : minutes.full };
        played[index] = { fault, report: await runInProcess(order) };
      }
    };
    await Promise.all(Array.from({ length: atOnce }, playOn));
    return played;
  });

export const run = async ({ quick, progress }: RunOptions): Promise<Result> => {
  const all = [baseline, ...faults];
  const only = process.env.FAULTS_ONLY?.split(',');
  const chosen = all.filter(({ name }) => (only ? only.includes(name) : !quick || quickFaults.includes(name)));
  const played = await playAll(chosen, quick, progress);
  const rows = played.map(rowOf);
  return {
    tables: [
      tableOf('promises', 'What was sent too often, lost or done twice', promiseColumns, played.map(promiseRow)),
      tableOf('staleness', 'How old answers were, and how long it took until all was well again', staleColumns, rows),
      tableOf('errors', 'What callers saw', errorColumns, rows),
      tableOf('alarms', 'Alarms, and when they rang after the fault began', alarmColumns, rows),
    ],
    counts: { faults: played.length },
    broken: played.flatMap(({ fault, report }) => brokenIn(report, fault)),
  };
};
