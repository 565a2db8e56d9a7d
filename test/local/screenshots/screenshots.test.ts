/** The pictures of the documents: of every page that a stage serves, each shown somewhere, and small. */
import { globSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dashboardNames, mostBytes, pictureNames, shots } from '../../../local/screenshots/shots.ts';
import { projectRoot } from '../../../local/start/settings.ts';
import { kindOfPage, servedPages } from '../../support/served-pages.ts';
import { readDocument } from '../../support/snippets.ts';

const folder = join(projectRoot, 'docs', 'screenshots');
const files = readdirSync(folder);
const documents = ['README.md', ...globSync('docs/**/*.md', { cwd: projectRoot })];
const shown = documents.flatMap((file) =>
  [...readDocument(file).matchAll(/!\[[^\]]+\]\((?:docs\/)?screenshots\/([\w-]+\.webp)\)/g)].map(([, name]) => name),
);

describe('the screenshots', () => {
  it('are of every page that the stage serves, and of no other', () => {
    expect(new Set(shots.map(({ path }) => kindOfPage(path)))).toEqual(servedPages);
  });

  it('are of every page in light, of most in dark, and of some on a phone', () => {
    const kindsWith = (scheme: string) =>
      new Set(shots.filter((shot) => shot.scheme === scheme).map(({ path }) => kindOfPage(path)));
    expect(kindsWith('light')).toEqual(servedPages);
    expect(kindsWith('dark').size).toBeGreaterThan(servedPages.size / 2);
    expect(shots.filter(({ width }) => width === 390).length).toBeGreaterThan(3);
  });

  it('have a file for each entry of the script, and no other file', () => {
    expect(files.toSorted()).toEqual(pictureNames.map((name) => `${name}.webp`).toSorted());
    expect(new Set(pictureNames).size).toBe(shots.length + dashboardNames.length);
  });

  it('are each shown in a document, and a document shows no other', () => {
    expect(new Set(shown)).toEqual(new Set(files));
  });

  it('are small', () => {
    const sizes = files.map((name) => statSync(join(folder, name)).size);
    expect(sizes.filter((size) => size > mostBytes || size < 1_000)).toEqual([]);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_000_000);
  });
});
