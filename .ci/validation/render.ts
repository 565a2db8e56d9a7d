/** The trace, and the report of a run, as Markdown. */
import type { Results, Verdict } from './results.ts';
import type { Requirement, Statement, TracedTest } from './trace.ts';

/** What identifies what was tested. */
export type Subject = {
  readonly product: string;
  readonly commit: string;
  /** Files that differ from the commit. */
  readonly changedFiles: number;
  readonly node: string;
  readonly platform: string;
  /** Size of property and crash tests (CONTRIBUTING.md). */
  readonly size: string;
};

const words: Readonly<Record<Verdict, string>> = {
  passed: 'passed',
  failed: '**FAILED**',
  skipped: '**SKIPPED**',
  missing: '**NOT RUN**',
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const testTable = (tests: readonly TracedTest[], results: Results | undefined): string[] => [
  results ? '| test | result |' : '| test |',
  results ? '|---|---|' : '|---|',
  ...tests.map((test) => {
    const [file, title] = test;
    const name = `\`${file}\`: ${cell(title)}`;
    return results ? `| ${name} | ${words[results.verdictOf(test)]} |` : `| ${name} |`;
  }),
];

const statementText =
  (results: Results | undefined) =>
  ({ does, tests }: Statement, index: number): string[] => [
    `${index + 1}. ${does}`,
    '',
    ...testTable(tests, results),
    '',
  ];

const requirementText =
  (results: Results | undefined) =>
  ({ point, text, statements, left }: Requirement): string[] => [
    `## ${point}`,
    '',
    `> ${text}`,
    '',
    '### What the product does',
    '',
    ...statements.flatMap(statementText(results)),
    '### What is left to you',
    '',
    left,
    '',
  ];

const lines = (text: readonly string[]): string => `${text.join('\n').trimEnd()}\n`;

/** The trace without results. */
export const traceText = (requirements: readonly Requirement[]): string =>
  lines([
    '# Trace: 21 CFR 11.10',
    '',
    '`npm run validation -- --trace` writes this file from `.ci/validation/trace.ts`. [README](README.md) says how to use it.',
    '',
    ...requirements.flatMap(requirementText(undefined)),
  ]);

export const testsOf = (requirements: readonly Requirement[]): readonly TracedTest[] =>
  requirements.flatMap(({ statements }) => statements.flatMap(({ tests }) => tests));

/** How many of the traced tests have passed, each counted once. */
export const passedOf = (requirements: readonly Requirement[], results: Results) => {
  const tests = [...new Map(testsOf(requirements).map((test) => [JSON.stringify(test), test])).values()];
  return { passed: tests.filter((test) => results.verdictOf(test) === 'passed').length, all: tests.length };
};

const signature = (role: string): string =>
  `${role} ______________________  date ______________  signature ______________________`;

/** The report of a run, which a person can sign. */
export const reportText = (requirements: readonly Requirement[], results: Results, subject: Subject): string => {
  const { passed, all } = passedOf(requirements, results);
  const { product, commit, changedFiles, node, platform, size } = subject;
  return lines([
    '# Validation report: 21 CFR 11.10',
    '',
    '| | |',
    '|---|---|',
    `| product | ${product} |`,
    `| commit | ${commit}${changedFiles > 0 ? `, **with ${changedFiles} changed files**` : ''} |`,
    `| tests begun at | ${new Date(results.startedMillis).toISOString()} |`,
    `| on | Node ${node}, ${platform}, test size ${size} |`,
    `| result | ${passed} of ${all} tests passed: **${passed === all ? 'PASSED' : 'NOT PASSED'}** |`,
    '',
    ...requirements.flatMap(requirementText(results)),
    '## Signatures',
    '',
    '```text',
    signature('run by     '),
    '',
    signature('reviewed by'),
    '```',
  ]);
};
