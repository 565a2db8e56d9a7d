/** The trace of the validation pack names tests that exist, and its report says what a run has shown. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { passedOf, reportText, testsOf, traceText } from '../../.ci/validation/render.ts';
import { readResults } from '../../.ci/validation/results.ts';
import { type Requirement, requirements } from '../../.ci/validation/trace.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { titlesIn } from '../support/test-titles.ts';

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the trace', () => {
  it('has the points that the archive and the audit log touch, each with statements, and each of these with tests', () => {
    expect(requirements.map(({ point }) => point)).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'k'].map((one) => `11.10(${one})`),
    );
    for (const { statements, left, text } of nonEmpty(requirements)) {
      expect(Math.min(text.length, left.length)).toBeGreaterThan(30);
      for (const { does, tests } of nonEmpty(statements)) {
        expect(does).toMatch(/\.$/);
        expect(nonEmpty(tests).length).toBe(new Set(tests.map(String)).size);
      }
    }
  });

  it.each([...new Set(testsOf(requirements).map(([file]) => file))])('names tests that exist in %s', async (file) => {
    const titles = titlesIn(await read(file));
    const named = testsOf(requirements).filter(([other]) => other === file);
    for (const [, title] of nonEmpty(named)) expect(titles).toContain(title);
  });

  it('is what docs/validation/trace.md says', async () => {
    // Fix: npm run validation -- --trace
    expect(await read('docs/validation/trace.md')).toBe(traceText(requirements));
  });
});

const one = ['test/a.test.ts', 'works | well'] as const;
const two = ['test/b/promise.ts', 'is kept'] as const;
const small: readonly Requirement[] = [
  { point: '11.10(x)', text: 'A law.', left: 'The rest.', statements: [{ does: 'It works.', tests: [one, two] }] },
];
const subject = {
  ...{ product: 'signals-facade 1', commit: 'abc', changedFiles: 0, node: '24', platform: 'linux-x64', size: 'full' },
};

type State = readonly [title: string, status: string];
/** Results of two runs. */
const resultsOf = (first: readonly State[], second: readonly State[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'validation-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, file: string, states: readonly State[], startTime: number): string => {
    const assertionResults = states.map(([title, status]) => ({ title, status, fullName: `group ${title}` }));
    const testResults = [{ name: join(folder, file), status: 'passed', assertionResults }];
    writeFileSync(join(folder, name), JSON.stringify({ startTime, testResults }));
    return join(folder, name);
  };
  const files = [
    write('parts.json', 'test/a.test.ts', first, 2_000),
    write('e2e.json', 'test/b.test.ts', second, 1_000),
  ];
  return readResults(files, folder, (file) => (file.startsWith('test/b/') ? 'test/b.test.ts' : file));
};

describe('the report of a run', () => {
  it('says that all have passed, of what, and leaves room to sign', () => {
    const results = resultsOf([['works | well', 'passed']], [['is kept', 'passed']]);
    const text = reportText(small, results, subject);
    expect(text).toContain('| commit | abc |');
    expect(text).toContain('| tests begun at | 1970-01-01T00:00:01.000Z |');
    expect(text).toContain('2 of 2 tests passed: **PASSED**');
    expect(text).toContain('| `test/a.test.ts`: works \\| well | passed |');
    expect(text).toMatch(/run by +_+ +date _+ +signature _+/);
    expect(text).toMatch(/reviewed by +_+ +date _+ +signature _+/);
  });

  it.each([
    ['failed', [['works | well', 'failed']], '**FAILED**'],
    [
      'that failed in one of its cases',
      [
        ['works | well', 'passed'],
        ['works | well', 'failed'],
      ],
      '**FAILED**',
    ],
    ['skipped', [['works | well', 'skipped']], '**SKIPPED**'],
    ['pending', [['works | well', 'pending']], '**SKIPPED**'],
    ['renamed', [['works', 'passed']], '**NOT RUN**'],
    ['left out', [], '**NOT RUN**'],
  ] as const)('names a test that is %s', (_what, states, word) => {
    const results = resultsOf(states, [['is kept', 'passed']]);
    expect(passedOf(small, results)).toEqual({ passed: 1, all: 2 });
    const text = reportText(small, results, { ...subject, changedFiles: 2 });
    expect(text).toContain(`| \`test/a.test.ts\`: works \\| well | ${word} |`);
    expect(text).toContain('1 of 2 tests passed: **NOT PASSED**');
    expect(text).toContain('abc, **with 2 changed files**');
  });
});
