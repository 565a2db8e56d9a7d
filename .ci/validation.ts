/**
 * The validation pack (docs/validation/README.md). Without parameters it runs the traced tests and writes the report. With files of
 * vitest's JSON reporter it reads these instead. `--trace` writes docs/validation/trace.md.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../shared/storage/make-folder.ts';
import { passedOf, reportText, type Subject, testsOf, traceText } from './validation/render.ts';
import { readResults } from './validation/results.ts';
import { requirements } from './validation/trace.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.validation');
const tracePath = join(root, 'docs', 'validation', 'trace.md');

/** Promises of `test/e2e` that are in files of their own run in the file that has their twin. */
const runBy = (file: string): string => (file.startsWith('test/e2e/archive/') ? 'test/e2e/exports.test.ts' : file);

const git = (...parameters: string[]): string => {
  try {
    return execFileSync('git', parameters, { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
};

const subject = (): Subject => {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    product: `${name} ${version}`,
    commit: git('rev-parse', 'HEAD') || 'unknown',
    changedFiles: git('status', '--porcelain').split('\n').filter(Boolean).length,
    ...{ node: process.versions.node, platform: `${process.platform}-${process.arch}` },
    size: process.env.TEST_SIZE || 'small',
  };
};

/** Runs the files of the traced tests. Failures are in the results. @returns the file of the results. */
const runTests = (): string => {
  const files = [...new Set(testsOf(requirements).map(([file]) => runBy(file)))];
  const results = join(folder, 'results.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  spawnSync(process.execPath, [vitest, 'run', ...files, ...reporters], { cwd: root, stdio: 'inherit' });
  return results;
};

const writeReport = (files: readonly string[]): number => {
  const results = readResults(files, root, runBy);
  const path = join(folder, 'report.md');
  writeFileSync(path, reportText(requirements, results, subject()));
  const { passed, all } = passedOf(requirements, results);
  console.log(`${passed} of ${all} traced tests passed. The report is in ${path}`);
  return passed === all ? 0 : 1;
};

const main = (parameters: readonly string[]): number => {
  if (parameters.length === 1 && parameters[0] === '--trace') {
    writeFileSync(tracePath, traceText(requirements));
    return 0;
  }
  if (parameters.some((parameter) => parameter.startsWith('-'))) {
    console.error('Usage: npm run validation [-- --trace | RESULTS.json...]');
    return 2;
  }
  makeFolder(folder);
  const files = parameters.map((file) => resolve(process.env.INIT_CWD ?? '.', file));
  return writeReport(files.length > 0 ? files : [runTests()]);
};

process.exitCode = main(process.argv.slice(2));
