/** Question: what happens at 10, 100 and 1,000 times the load, and which limit is hit first? */
import { synthesizeResources } from '../cost/template-facts.ts';
import type { Column, Question, Result, RunOptions, Table } from '../question.ts';
import { baseLoad, factors } from '../scaling/base-load.ts';
import { type BudgetFigures, simulateBudget } from '../scaling/budget.ts';
import { fanOutAt, mostSubscriptions } from '../scaling/fan-out.ts';
import { limitRow, limitsOf } from '../scaling/limits.ts';
import { type ReadFigures, simulateReads } from '../scaling/reads.ts';

export const question: Question = {
  name: 'scaling',
  title: 'Ten, a hundred and a thousand times the load',
  asks: 'At 10, 100 and 1,000 times the reads, consumers, subscriptions and archive, how many calls need the tenant, what do callers get, and which limit is reached at which multiple?',
};

/** More reads fill the cache in less time. */
const readTimes = {
  full: { 1: [900, 900], 10: [900, 300], 100: [120, 60], 1000: [60, 30] },
  quick: { 1: [60, 60], 10: [30, 30], 100: [5, 5], 1000: [1, 1] },
} as const;
const budgetSeconds = { full: 90, quick: 8 } as const;
/** Calls of `native` that a stage of production allows at a time. */
const executions = 400;

const readColumns: readonly Column[] = [
  { key: 'factor', title: 'times' },
  { key: 'readsPerSecond', title: 'reads/s' },
  { key: 'writesPerSecond', title: 'writes/s', digits: 1 },
  { key: 'answeredPercent', title: 'reads without a call %', digits: 1 },
  { key: 'fetchesPerSecond', title: 'reads that call/s', digits: 1 },
  { key: 'tenantPerMinute', title: 'calls to the tenant/min' },
  { key: 'hottestPerSecond', title: 'reads of the hottest record/s', digits: 1 },
];
const budgetColumns: readonly Column[] = [
  { key: 'factor', title: 'times' },
  { key: 'wantedPerSecond', title: 'wanted/s', digits: 1 },
  { key: 'answeredPercent', title: 'answered %', digits: 1 },
  { key: 'refusedPercent', title: '429 %', digits: 1 },
  { key: 'throttledPercent', title: 'no execution %', digits: 1 },
  { key: 'medianMillis', title: 'p50 ms' },
  { key: 'p99Millis', title: 'p99 ms' },
  { key: 'mostExecutions', title: 'executions' },
  { key: 'mostReadUnits', title: 'read units of the item/s, at most' },
  { key: 'mostWriteUnits', title: 'write units/s, at most' },
  { key: 'mostItemBytes', title: 'bytes of the item' },
];
const fanOutColumns: readonly Column[] = [
  { key: 'subscriptions', title: 'subscriptions' },
  { key: 'headBytes', title: 'bytes of the head' },
  { key: 'entryBytes', title: 'bytes of the entry' },
  { key: 'writeUnits', title: 'write units an event' },
  { key: 'sends', title: 'sends an event' },
  { key: 'sendSeconds', title: 'seconds to send', digits: 2 },
  { key: 'listUnits', title: 'read units of the list' },
];
const limitColumns: readonly Column[] = [
  { key: 'limit', title: 'limit' },
  { key: 'most', title: 'at most' },
  { key: 'unit', title: 'unit' },
  ...factors.map((factor) => ({ key: `at${factor}`, title: `${factor.toLocaleString('en-US')} x` })),
  { key: 'reached', title: 'reached at' },
];

const readRow = (factor: number, { reads, writes, seconds, fetches, hottest }: ReadFigures) => ({
  ...{ factor, readsPerSecond: reads / seconds, writesPerSecond: writes / seconds },
  answeredPercent: 100 * (1 - fetches / Math.max(1, reads)),
  fetchesPerSecond: fetches / seconds,
  tenantPerMinute: (60 * (fetches + writes)) / seconds,
  hottestPerSecond: hottest / seconds,
});

const budgetRow = (factor: number, figures: BudgetFigures, seconds: number) => {
  const percent = (count: number): number => (100 * count) / Math.max(1, figures.wanted);
  const { answered, refused, throttled, wanted, ...rest } = figures;
  return {
    ...{ factor, wantedPerSecond: wanted / seconds },
    ...{ answeredPercent: percent(answered), refusedPercent: percent(refused), throttledPercent: percent(throttled) },
    ...rest,
  };
};

const tableOf = (name: string, title: string, columns: readonly Column[], rows: Table['rows']): Table => ({
  ...{ name, title, columns, rows },
});

export const run = async ({ quick, progress }: RunOptions): Promise<Result> => {
  const size = quick ? 'quick' : 'full';
  const reads: ReturnType<typeof readRow>[] = [];
  const budget: ReturnType<typeof budgetRow>[] = [];
  for (const factor of factors) {
    progress(`reads at ${factor} times`);
    const [warmSeconds, seconds] = readTimes[size][factor];
    const row = readRow(factor, await simulateReads({ factor, warmSeconds, seconds, isSwept: true }));
    reads.push(row);
    progress(`calls to the tenant at ${factor} times`);
    const perSecond = Math.max(0.1, row.tenantPerMinute / 60);
    const consumers = baseLoad.consumers * factor;
    const figures = await simulateBudget({ perSecond, seconds: budgetSeconds[size], consumers, executions });
    budget.push(budgetRow(factor, figures, budgetSeconds[size]));
  }
  const resources = Object.keys(
    synthesizeResources('prod', { FACADE_TENANT_URL: 'https://tenant.example.com' }),
  ).length;
  const fanOut = factors.map((factor) => fanOutAt(baseLoad.subscriptions * factor));
  return {
    tables: [
      tableOf(
        'reads',
        'Simulated: reads and writes through the cache, with a healthy change sweep',
        readColumns,
        reads,
      ),
      tableOf(
        'budget',
        'Simulated: the calls that need the tenant, whose limit is 1,000 a minute',
        budgetColumns,
        budget,
      ),
      tableOf(
        'fan-out',
        'Items as the code packs them, and arithmetic: one event to all subscriptions',
        fanOutColumns,
        fanOut,
      ),
      tableOf(
        'limits',
        'Arithmetic: a `!` stands where the limit is exceeded',
        limitColumns,
        limitsOf(resources).map(limitRow),
      ),
    ],
    counts: { resources, mostSubscriptions: mostSubscriptions() },
  };
};
