import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bench } from '../../bench/command.ts';
import type { Result, Table } from '../../bench/question.ts';
import { functionNames } from '../../infra/function-names.ts';
import { type Outcome, runCommand, runScript } from '../support/command.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { isFull } from '../support/test-size.ts';

const questions = fileURLToPath(new URL('../../bench/questions', import.meta.url));
/** The ones whose figures are checked here; others are checked where they belong. Cold starts take a minute: full size only. */
const asked = [...(isFull ? ['cold-start'] : []), 'handler-overhead', 'link-rewriting'];

const script = 'bench/run.ts';
const ask = (...args: string[]): Promise<Outcome> => runCommand(script, bench, args);

const tableOf = (result: Result, name: string): Table => {
  const table = result.tables.find((one) => one.name === name);
  if (!table) throw new Error(`No table ${name}`);
  return table;
};

/** Every cell of a table that is a number, with its place. */
const figuresOf = (table: Table) =>
  table.rows.flatMap((row) =>
    Object.entries(row).flatMap(([key, value]) =>
      typeof value === 'number' ? [{ place: `${table.name} / ${Object.values(row)[0]} / ${key}`, value }] : [],
    ),
  );

describe('npm run bench', () => {
  it('names the questions there are and exits with 1 when asked another', async () => {
    const { code, stdout, stderr } = await ask('tea-time');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    const [, listed = ''] = /^There is no question "tea-time"\. Fix: name one of (.*)\.$/.exec(stderr.trim()) ?? [];
    const names = (await readdir(questions)).map((file) => file.replace('.ts', ''));
    expect(listed.split(', ').sort()).toEqual(names.sort());
  });

  it('says how it is used in one screen, with every question', async () => {
    const { code, stdout, stderr } = await ask('--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: npm run bench -- /);
    const names = (await readdir(questions)).map((file) => file.replace('.ts', ''));
    expect(names.filter((name) => !stdout.includes(name))).toEqual([]);
    expect(stdout.split('\n').length).toBeLessThan(24);
  });

  // Linux; elsewhere there is no such folder.
  it.runIf(existsSync('/proc/self'))(
    'exits with 1 and one line, before it measures, when the folder cannot be made',
    async () => {
      const { code, stdout, stderr } = await ask('--quick', '--out', '/proc/x/y');
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr.trim()).toMatch(/^[^\n]*\/proc\/x[^\n]* Fix: [^\n]*--out DIR\.$/);
    },
  );

  it('says how it is used and exits with 1 when given an unknown option', async () => {
    const { code, stderr } = await runScript(script, ['--fast']);
    expect(code).toBe(1);
    expect(stderr).toContain("Unknown option '--fast'");
    expect(stderr).toContain('Usage: npm run bench');
  });
});

describe('npm run bench -- --quick --out', () => {
  let folder: string;
  let outcome: Outcome;
  const results = new Map<string, Result & { machine: Record<string, unknown>; quick: boolean }>();
  const resultOf = (name: string): Result => {
    const result = results.get(name);
    if (!result) throw new Error(`No result of ${name}`);
    return result;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signals-facade-bench-test-'));
    outcome = await runScript(script, [...asked, '--quick', '--out', folder]);
    for (const file of await readdir(folder)) {
      results.set(file.replace('.json', ''), JSON.parse(await readFile(join(folder, file), 'utf8')));
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('answers every question and keeps what the answers were', () => {
    expect(outcome.code, outcome.stderr).toBe(0);
    expect([...results.keys()].sort()).toEqual(asked);
    for (const result of nonEmpty(results.values())) {
      expect(result.quick).toBe(true);
      expect(Object.keys(result.machine).sort()).toEqual(['cores', 'date', 'loadBefore', 'node', 'platform']);
      for (const table of nonEmpty(result.tables)) expect(outcome.stdout).toContain(table.title);
    }
  });

  it('gives finite figures in every cell', () => {
    const figures = [...results.values()].flatMap((result) => result.tables.flatMap(figuresOf));
    expect(figures.length).toBeGreaterThan(isFull ? 50 : 40);
    expect(figures.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
  });

  it('makes one upstream call for each read and one log line for each that the handler answers', () => {
    const result = resultOf('handler-overhead');
    for (const name of ['instant', 'loopback']) {
      expect(tableOf(result, name).rows.map((row) => [row.case, row.samples, row.callsPerRead])).toEqual(
        ['document 2 KB', 'listing 50 KB', 'document 1 MB', 'document 4 MB', 'binary 9 MB', 'error 404'].map((read) => [
          read,
          4,
          1,
        ]),
      );
    }
    // Two ways, six reads, three rounds of two calls; half of all calls go through the handler.
    expect(result.counts).toEqual({ upstreamCalls: 144, logLines: 72 });
  });

  it('rewrites documents to the bytes that parsing and writing them gives', () => {
    expect(resultOf('link-rewriting').counts).toEqual({ documents: 4, alike: 4 });
  });

  it.runIf(isFull)('measures every function that is deployed, beside the references', () => {
    const result = resultOf('cold-start');
    const rows = tableOf(result, 'start').rows;
    expect(rows.map(({ bundle }) => bundle)).toEqual([
      ...['empty handler', 'DynamoDB client alone', 'native in one file'],
      ...functionNames,
    ]);
    // Each once to warm up and once to count, with and without a compile cache.
    expect(result.counts).toEqual({ functions: functionNames.length, processes: rows.length * 4 });
    for (const row of nonEmpty(rows)) expect(Number(row.gzipBytes)).toBeLessThan(Number(row.bytes));
  });

  it.runIf(isFull)('accounts for nearly all bytes of a bundle by package', () => {
    for (const table of nonEmpty(resultOf('cold-start').tables.filter(({ name }) => name.startsWith('packages-')))) {
      const total = table.rows.reduce((sum, { share }) => sum + Number(share), 0);
      expect(total, table.name).toBeGreaterThan(95);
      expect(total, table.name).toBeLessThanOrEqual(100);
    }
  });
});
