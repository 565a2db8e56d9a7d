/** Bundles are made again whenever something that decides about them has changed. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBundleRecords } from '../../infra/bundle-record.ts';
import { temporaryFolder } from '../support/aws.ts';

const settings = { minify: true };

/** The records of each run are made anew, because a run reads each file once. */
const recordsIn = (root: string) => {
  const has = (asked: unknown) => createBundleRecords(root, 'bundles').has('one', asked);
  return { has };
};

const createRecorded = async ({ startMillis = Number.POSITIVE_INFINITY } = {}) => {
  const root = await temporaryFolder();
  await writeFile(join(root, 'in.ts'), 'in');
  await writeFile(join(root, 'out.mjs'), 'out');
  const records = recordsIn(root);
  const before = records.has(settings);
  const outputs = [{ path: 'out.mjs', contents: Buffer.from('out') }];
  await createBundleRecords(root, 'bundles').write('one', settings, { startMillis, inputs: ['in.ts'], outputs });
  return { root, records, before };
};

describe('the record of the bundles', () => {
  it('is there once they were made, and for these settings only', async () => {
    const { records, before } = await createRecorded();
    expect([before, records.has(settings), records.has({ minify: false })]).toEqual([false, true, false]);
  });

  it('is for the bundle of its name only', async () => {
    const { root } = await createRecorded();
    expect(createBundleRecords(root, 'bundles').has('two', settings)).toBe(false);
  });

  it('is not written when a file may have changed while it went in', async () => {
    const { records } = await createRecorded({ startMillis: 0 });
    expect(records.has(settings)).toBe(false);
  });

  it.each<[string, (root: string) => Promise<void>]>([
    ['a file that went in has other bytes', (root) => writeFile(join(root, 'in.ts'), 'on')],
    ['a file that went in is gone', (root) => rm(join(root, 'in.ts'))],
    ['a bundle has other bytes', (root) => writeFile(join(root, 'out.mjs'), 'oot')],
    ['a bundle is gone', (root) => rm(join(root, 'out.mjs'))],
    ['the record is cut off', (root) => writeFile(join(root, 'bundles', 'one.json'), '{"settings":')],
    ['the record names no file', (root) => writeFile(join(root, 'bundles', 'one.json'), '{"settings":"","files":{}}')],
  ])('does not hold when %s', async (_, change) => {
    const { root, records } = await createRecorded();
    await change(root);
    expect(records.has(settings)).toBe(false);
  });
});
