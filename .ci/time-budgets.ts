/**
 * Fails, and names the line, where a test relies on a time within which the machine must do something. Folders named `support` are left
 * out: they hold the waiting that tests share.
 * Usage: node .ci/time-budgets.ts [FOLDER], this project without one.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTimeBudgets } from './time-budget-rules.ts';

const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));

const files = globSync(['test/**/*.ts', 'packages/*/test/**/*.ts'], { cwd: root })
  .filter((file) => !file.split(sep).includes('support'))
  .toSorted();
if (files.length === 0) throw new Error('No test was found. Fix: look where .ci/time-budgets.ts searches.');

let count = 0;
for (const file of files) {
  for (const { line, message } of findTimeBudgets(readFileSync(join(root, file), 'utf8'))) {
    console.error(`${file}:${line}: ${message}`);
    count += 1;
  }
}
if (count > 0) {
  console.error(`${count} places rely on time. Fix: see "Wait in a test" in CONTRIBUTING.md.`);
  process.exitCode = 1;
} else console.log(`${files.length} files of tests, no time budget`);
