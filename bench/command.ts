/** Answers questions about speed: `npm run bench -- [question ...] [--quick] [--minutes N] [--out DIR]`. */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeFolder } from '../shared/storage/make-folder.ts';
import type { Question, QuestionModule, Result } from './question.ts';
import { printTable } from './support/print-table.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

const files = readdirSync(join(here, 'questions'))
  .filter((file) => file.endsWith('.ts'))
  .sort();

/** Each question has the name of its file. Only those that are asked are loaded. */
const names = files.map((file) => basename(file, '.ts'));
const load = (name: string): Promise<QuestionModule> => import(`./questions/${name}.ts`);

const help = `Usage: npm run bench -- [QUESTION ...] [--quick] [--minutes N] [--out DIR] [--help]

Answers questions about speed, all of them unless you name some, and writes a file for each.

  QUESTION   ${names.join(', ')}
  --quick    a few samples of each: shows that it runs, says nothing about speed; writes nothing without --out
  --minutes N  how long the question load goes on, 2 by default; 30 for a soak
  --out DIR  where the results go (bench/results)`;

/** Ends the command with status 1, after this text. */
class UsageError extends Error {}

const readArguments = (args: readonly string[]) => {
  try {
    const options = {
      quick: { type: 'boolean' },
      minutes: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${help}`);
  }
};

const choose = (asked: readonly string[]): readonly string[] => {
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`There is no question "${unknown}". Fix: name one of ${names.join(', ')}.`);
  return asked.length === 0 ? names : names.filter((name) => asked.includes(name));
};

/** Facts about the machine that are needed to compare figures. They do not identify it. */
const machineFacts = () => ({
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
  cores: availableParallelism(),
  /** Processes that wanted a core in the minute before: well above 0, something else was running. */
  loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
  date: new Date().toISOString().slice(0, 10),
});

const save = async (folder: string, question: Question, facts: object, result: Result): Promise<void> => {
  const text = JSON.stringify({ ...question, ...facts, ...result }, undefined, 2);
  await writeFile(join(folder, `${question.name}.json`), `${text}\n`);
};

/** Before minutes of work, not after them. */
const prepare = (path: string): void => {
  try {
    makeFolder(path);
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`${message}. Fix: make ${path} writable, or choose another folder with --out DIR.`);
  }
};

const readMinutes = (text: string | undefined): number | undefined => {
  const minutes = text === undefined ? undefined : Number(text);
  if (minutes !== undefined && !(minutes > 0 && minutes <= 1_440))
    throw new UsageError('--minutes is a number above 0, 1440 at most.');
  return minutes;
};

/** @returns the status of the process: 1 when a run has seen a promise broken. */
const answer = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = readArguments(args);
  if (values.help) {
    console.log(help);
    return 0;
  }
  let status = 0;
  const quick = values.quick ?? false;
  const minutes = readMinutes(values.minutes);
  /** Figures of a quick run mean nothing, so they never take the place of good ones. */
  const folder = values.out ?? (quick ? undefined : join(here, 'results'));
  if (folder !== undefined) prepare(folder);
  const facts = { quick, machine: machineFacts() };
  for (const name of choose(positionals)) {
    const module = await load(name);
    console.log(`\n# ${module.question.title}\n${module.question.asks}`);
    const result = await module.run({
      quick,
      ...(minutes === undefined ? {} : { minutes }),
      progress: (line) => console.error(`  ... ${line}`),
    });
    for (const table of result.tables) console.log(`\n${printTable(table)}`);
    console.log(`\ncounts: ${JSON.stringify(result.counts)}`);
    if (folder !== undefined) await save(folder, module.question, facts, result);
    for (const line of result.broken ?? []) console.error(`Broken: ${line}.`);
    if (result.broken?.length) status = 1;
  }
  return status;
};

/** The command, with what follows `--` on its line. Returns the status of the process: 1 after one mistake was explained, or when a run has seen a promise broken. */
export const bench = (args: readonly string[]): Promise<number> =>
  answer(args).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 1;
  });
