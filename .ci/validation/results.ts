/** Results of a test run, as vitest's JSON reporter writes them, looked up by file and title. */
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import * as z from 'zod';
import type { TracedTest } from './trace.ts';

const Run = z.object({
  startTime: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), assertionResults: z.array(z.object({ title: z.string(), status: z.string() })) }),
  ),
});

/** `missing`: the run has no such test. `passed`: all tests of this title in the file have passed. */
export type Verdict = 'passed' | 'failed' | 'skipped' | 'missing';
export type Results = {
  /** When the first of the runs began. */
  readonly startedMillis: number;
  verdictOf(test: TracedTest): Verdict;
};

const verdictOfAll = (states: readonly string[]): Verdict => {
  if (states.length === 0) return 'missing';
  if (states.every((state) => state === 'passed')) return 'passed';
  return states.includes('failed') ? 'failed' : 'skipped';
};

const keyOf = (file: string, title: string): string => JSON.stringify([file, title]);

/**
 * @param files of the reporter. @param root of the project.
 * @param runBy the file that runs the tests of a file that is no test file itself.
 * @throws Error for a file that is no report
 */
export const readResults = (files: readonly string[], root: string, runBy: (file: string) => string): Results => {
  const states = new Map<string, string[]>();
  let startedMillis = Number.POSITIVE_INFINITY;
  for (const file of files) {
    const run = Run.parse(JSON.parse(readFileSync(file, 'utf8')));
    startedMillis = Math.min(startedMillis, run.startTime);
    for (const { name, assertionResults } of run.testResults)
      for (const { title, status } of assertionResults) {
        const key = keyOf(relative(root, name).split(sep).join('/'), title);
        states.set(key, [...(states.get(key) ?? []), status]);
      }
  }
  return { startedMillis, verdictOf: ([file, title]) => verdictOfAll(states.get(keyOf(runBy(file), title)) ?? []) };
};
