import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../shared/errors/catalogue.ts';

const page = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('docs/errors.md', () => {
  it('has one row for each code of the catalogue, with its status, title and whether a retry helps', () => {
    const documented = rows.map(([code, status, title, , , retry]) => [code, status, title, retry]);
    const catalogued = Object.entries(errorCatalogue).map(([code, { status, title, retryable }]) => [
      `\`${code}\``,
      String(status),
      title,
      retryable ? 'yes' : 'no',
    ]);
    expect(documented).toEqual(catalogued);
  });

  it('says for each code what it means and what a caller can do', () => {
    const empty = rows.filter((row) => row.length !== 6 || row.some((cell) => cell === ''));
    expect(empty).toEqual([]);
  });
});
