/** docs/security.md names tests that exist. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { nonEmpty } from '../support/non-empty.ts';
import { titlesIn } from '../support/test-titles.ts';

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const rows = (await read('docs/security.md'))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| who ') && !line.startsWith('|--'))
  .map((line) =>
    line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim()),
  );

describe('the table of threats', () => {
  it('has a row for each, with who, what, what stops it and a test', () => {
    expect(rows.length).toBeGreaterThanOrEqual(15);
    for (const row of nonEmpty(rows)) expect(row, row.join(' | ')).toHaveLength(4);
  });

  it.each(rows)('%s: %s', async (_who, _what, _stops, test = '') => {
    const [, file = '', title = ''] = /^`(test\/[^`]+\.test\.ts)`: (.+)$/.exec(test) ?? [];
    expect(titlesIn(await read(file))).toContain(title);
  });
});
