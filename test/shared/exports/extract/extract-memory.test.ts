/** What an extract holds in memory does not grow with the library: a share or a part at a time. */
import { describe, expect, it } from 'vitest';
import { objectKeyOf, type Run } from '../../../../shared/exports/export-record.ts';
import { type Join, joinOn } from '../../../../shared/exports/extract/join.ts';
import { toLine } from '../../../../shared/exports/extract/lines.ts';
import { packLines } from '../../../../shared/exports/extract/packed-lines.ts';
import { objectsOf, type Row } from '../../../../shared/exports/extract/row.ts';
import { settleOn } from '../../../../shared/exports/extract/settle.ts';
import { sharesFor } from '../../../../shared/exports/extract/shares.ts';
import { readStructures } from '../../../../shared/exports/extract/structures.ts';
import { linkObject } from '../../../../shared/exports/links.ts';
import { sized } from '../../../support/test-size.ts';
import { createMemoryBucket } from '../memory-bucket.ts';

const runName = 'run';
const mebibyte = 1_048_576;

/** A workshop that counts the bytes which are read from one put to the next: those are in memory together. */
const createCountingWorkshop = () => {
  const { files, made } = createMemoryBucket(() => 0);
  const held: number[] = [];
  let readBytes = 0;
  const workshop = {
    files: {
      ...files,
      open: async (...[file, range]: Parameters<typeof files.open>) => {
        readBytes += range ? range.last - range.first + 1 : 0;
        return files.open(file, range);
      },
      put: async (...given: Parameters<typeof files.put>) => {
        held.push(readBytes);
        readBytes = 0;
        await files.put(...given);
      },
    },
    read: async () => ({ name: runName }) as Run,
    goOn: async () => {},
    nowMillis: () => 0,
  };
  return { workshop, files, made, held };
};

const rowOf = (index: number): Row => ({
  ...{ id: `batch:${index}`, type: 'batch', name: `B-${index}`, fields: { Note: 'x'.repeat(40) } },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', modifiedAt: '2026-01-01T00:00:00.000Z' },
});
const rowsOfPart = 4_000;
const tenant = { ask: () => Promise.reject(new Error('No call is needed')) } as unknown as Parameters<typeof joinOn>[1];

/** Settles and joins so many rows with their structures. @returns the most bytes that were held, and the rows that were given. */
const carry = async (rowCount: number) => {
  const { workshop, files, made, held } = createCountingWorkshop();
  const { walked, structures, joined } = objectsOf(runName);
  const parts = rowCount / rowsOfPart;
  let bytes = 0;
  for (let part = 0; part < parts; part += 1) {
    const rows = Array.from({ length: rowsOfPart }, (_, index) => rowOf(part * rowsOfPart + index));
    const packed = packLines(rows.map((row) => ({ key: row.id, line: toLine(row) })));
    const found = rows.map(({ name }) => ({ key: name, line: toLine({ name, structure: 'CC' }) }));
    bytes += packed.byteLength;
    await files.put(walked(part + 1), '', packed);
    await files.put(structures(part + 1), '', packLines(found));
  }
  const shares = sharesFor(rowCount, bytes);
  const settling = { walkedParts: parts, shares, keyOf: (row: Row) => row.name };
  for (let done = 0; done < shares; ) ({ done } = (await settleOn(workshop, settling, { done })).state);
  const plan = { shares, structure: 'wanted', mostSingles: 0 } as const;
  let join: Join = { done: 0, rows: 0, structureErrors: 0, structures: parts, singles: 0 };
  while (join.done < shares) join = (await joinOn(workshop, tenant, plan, join)).state;
  const sizes = Array.from({ length: shares }, (_, share) => made.get(joined(share + 1))?.byteLength ?? 0);
  return { rows: join.rows, most: Math.max(...held, ...sizes) };
};

describe('the memory of an extract', () => {
  it('holds no more of a library that is many times as large', async () => {
    const few = await carry(8_000);
    const many = await carry(sized(128_000, 32_000));
    expect([few.rows, many.rows]).toEqual([8_000, sized(128_000, 32_000)]);
    // Shares of a hash differ a little, and the heads of more objects are read.
    expect(many.most).toBeLessThan(few.most * 1.3);
  });

  it('holds large rows and structures in more shares', () => {
    expect(sharesFor(100, 50 * mebibyte)).toBeGreaterThanOrEqual(6);
    expect(sharesFor(100, mebibyte)).toBe(1);
  });

  it('reads large structures in parts of some megabytes', async () => {
    const { workshop, files, made } = createCountingWorkshop();
    const records = Array.from({ length: 12 }, (_, index) => `B-${index},${'C'.repeat(500_000)}\n`);
    await files.put(
      objectKeyOf(runName, linkObject(1)),
      'text/csv',
      Buffer.from(`Batch ID,SMILES\n${records.join('')}`),
    );
    const read = await readStructures(workshop, 1, 'batches', { parts: 0, bytes: 0 });
    const sizes = Array.from(
      { length: read.parts },
      (_, part) => made.get(objectsOf(runName).structures(part + 1))?.byteLength ?? 0,
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(read.bytes);
    expect(read.bytes).toBeGreaterThan(12 * 500_000);
    expect(Math.max(...sizes)).toBeLessThan(5 * mebibyte);
  });
});
