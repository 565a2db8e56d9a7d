import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesOf, readPackageFiles, removeOldFiles } from '../../infra/package-files.ts';
import { temporaryFolder } from '../support/aws.ts';

/** As esbuild writes them: minified, one file for each dynamic import, and shared files. */
const createPackage = async (more: Readonly<Record<string, string>> = {}): Promise<string> => {
  const folder = await temporaryFolder();
  const files = {
    'index.mjs':
      'import{a}from"./chunk-A.mjs";import"./chunk-B.mjs";var l=()=>import("./s3-C.mjs");export{l as handler};',
    'chunk-A.mjs': 'import{b as c}from"./chunk-B.mjs";import t from"node:fs";export{c as a};',
    'chunk-B.mjs': 'export const b=1;',
    's3-C.mjs': 'import{b}from"./chunk-B.mjs";import"./chunk-D.mjs";',
    'chunk-D.mjs': '',
    ...more,
  };
  await Promise.all(Object.entries(files).map(([name, code]) => writeFile(join(folder, name), code)));
  return folder;
};

describe('the files of a package', () => {
  it('are told apart: those that a start loads, and those that a dynamic import loads', async () => {
    const { start, later } = await readPackageFiles(await createPackage());
    expect(start.toSorted()).toEqual(['chunk-A.mjs', 'chunk-B.mjs', 'index.mjs']);
    expect(later.toSorted()).toEqual(['chunk-D.mjs', 's3-C.mjs']);
  });

  it('must be there', async () => {
    const folder = await createPackage({ 'chunk-A.mjs': 'import"./chunk-GONE.mjs";' });
    await expect(readPackageFiles(folder)).rejects.toThrow('chunk-GONE.mjs');
  });

  it('are counted in bytes', async () => {
    const folder = await createPackage();
    expect(await bytesOf(folder, ['chunk-B.mjs', 'chunk-D.mjs'])).toBe(17);
  });

  it('are all that stays: a file of an earlier bundle is removed, a source map and the assets are kept', async () => {
    const folder = await createPackage({ 'chunk-OLD.mjs': '', 'chunk-OLD.mjs.map': '', 's3-C.mjs.map': '{}' });
    await mkdir(join(folder, 'assets'));
    await removeOldFiles(folder, await readPackageFiles(folder));
    expect((await readdir(folder)).toSorted()).toEqual([
      ...['assets', 'chunk-A.mjs', 'chunk-B.mjs', 'chunk-D.mjs', 'index.mjs', 's3-C.mjs', 's3-C.mjs.map'],
    ]);
  });
});
