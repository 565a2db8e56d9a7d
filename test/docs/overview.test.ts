/** docs/overview.md, "Where to change what": each file of the table exists and declares the name beside it. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const section = (await read('docs/overview.md')).split(/^## /m).find((part) => part.startsWith('Where to change what'));
const rows = (section ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| to change '))
  .map((line) =>
    line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim()),
  );

const subjects = ['request headers', 'fresh', 'scope', 'error', 'queue', 'alarm'];
/** The names of alarms, as the sections of the runbook introduce them. */
const alarms = [...(await read('docs/runbook.md')).matchAll(/(?:^\*\*Alarm\*\* |^- )`([A-Z]\w+)`[.:]/gm)].map(
  ([, name = '']) => name,
);

describe('"Where to change what"', () => {
  it.each(subjects)('has a row about: %s', (subject) => {
    expect(rows.filter(([change]) => change?.includes(subject))).not.toEqual([]);
  });

  it.each(rows)('%s: %s declares %s', async (_change, link = '', name = '') => {
    const [, shown = '', target = ''] = /\[`([^`]+)`\]\(\.\.\/([^)]+)\)/.exec(link) ?? [];
    expect(target).toBe(shown);
    const [, identifier = ''] = /^`(\w+)`$/.exec(name) ?? [];
    expect(await read(target)).toMatch(new RegExp(`\\b(?:const|function|class) ${identifier}\\b`));
  });

  it('names the file of every alarm of the runbook', () => {
    const named = rows.filter(([change]) => change?.includes('alarm')).join(' ');
    expect(alarms.length).toBeGreaterThan(10);
    expect(alarms.filter((name) => !named.includes(`\`${name}\``))).toEqual([]);
  });
});
