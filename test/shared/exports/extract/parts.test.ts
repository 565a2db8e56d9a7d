/** Lines, packed lines and cursors of extracts. */
import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherStructures } from '../../../../shared/exports/extract/join.ts';
import { linesOf, toLine } from '../../../../shared/exports/extract/lines.ts';
import { ExtractOptions, readCursor, writeCursor } from '../../../../shared/exports/extract/options.ts';
import { createLineReader, groupCount, packLines } from '../../../../shared/exports/extract/packed-lines.ts';
import { createMemoryBucket } from '../memory-bucket.ts';

describe('lines', () => {
  it('come as they are, however the bytes are cut', async () => {
    const values = fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 7 }), async (texts, size) => {
        const bytes = Buffer.from(texts.map((text) => `${toLine({ text })}\n`).join(''));
        const chunks = async function* () {
          for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
        };
        const lines: string[] = await Readable.from(linesOf(chunks())).toArray();
        expect(lines.map((line) => JSON.parse(line))).toEqual(texts.map((text) => ({ text })));
        expect(lines.join('')).not.toMatch(/[\u0085\u2028\u2029]/);
      }),
    );
  });
});

describe('packed lines', () => {
  const keys = fc.array(fc.string(), { maxLength: 300 });
  const readAll = async (objects: readonly (readonly string[])[], shares: number) => {
    const { files } = createMemoryBucket(() => 0);
    for (const [number, lines] of objects.entries()) {
      const packed = packLines(lines.map((key, index) => ({ key, line: toLine([key, number, index]) })));
      await files.put(String(number), '', packed);
    }
    const read = createLineReader(files);
    const found: [string, number, number][][] = [];
    for (let share = 0; share < shares; share += 1) {
      const [first, end] = [share, share + 1].map((at) => Math.floor((at * groupCount) / shares)) as [number, number];
      const lines = await Promise.all(objects.map((_, number) => read(String(number), first, end)));
      found.push(lines.flat().map((line) => JSON.parse(line)));
    }
    return found;
  };

  it('are read once each, share by share, and all of a key in one share in their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(keys, { maxLength: 4 }),
        fc.integer({ min: 1, max: groupCount }),
        async (objects, shares) => {
          const found = await readAll(objects, shares);
          const wanted = objects.flatMap((lines, number) => lines.map((key, index) => [key, number, index]));
          expect(found.flat().map(toLine).sort()).toEqual(wanted.map(toLine).sort());
          const shareOf = new Map<string, number>();
          for (const [share, lines] of found.entries())
            for (const [key] of lines) {
              expect(shareOf.get(key) ?? share).toBe(share);
              shareOf.set(key, share);
            }
          for (const key of new Set(objects.flat())) {
            const order = found
              .flat()
              .filter(([one]) => one === key)
              .map(([, number, index]) => number * 1_000 + index);
            expect(order).toEqual(order.toSorted((a, b) => a - b));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of an object that is gone are an error', async () => {
    await expect(readAll([['a']], 1)).resolves.toHaveLength(1);
    await expect(createLineReader(createMemoryBucket(() => 0).files)('none', 0, 1)).rejects.toThrow('is gone');
  });
});

describe('a cursor', () => {
  const cursor = { library: 'Compounds', of: 'assets', startMillis: 1_790_000_000_000 } as const;

  it('gives the start of the earlier walk, for the same rows only', () => {
    const text = writeCursor(cursor);
    expect(text).toMatch(/^[\w-]+$/);
    expect(readCursor(text, 'Compounds', 'assets')).toBe(cursor.startMillis);
    expect(readCursor(text, 'Reagents', 'assets')).toBeUndefined();
    expect(readCursor(text, 'Compounds', 'batches')).toBeUndefined();
  });

  it('of a library with a long name is short enough for `since`', () => {
    const library = 'L'.repeat(600);
    const since = writeCursor({ ...cursor, library });
    expect(ExtractOptions.parse({ of: 'assets', since })).toEqual({ of: 'assets', since });
    expect(readCursor(since, library, 'assets')).toBe(cursor.startMillis);
  });

  it('of a time that is none is none', () => {
    expect(readCursor(writeCursor({ ...cursor, startMillis: 8.64e15 }), 'Compounds', 'assets')).toBe(8.64e15);
    const late = writeCursor({ ...cursor, startMillis: 8.64e15 + 1 });
    expect(readCursor(late, 'Compounds', 'assets')).toBeUndefined();
  });

  it('that nobody has written is none', () => {
    const inBase64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const odd of [
      '',
      'abc',
      '💥',
      inBase64(7),
      inBase64({ ...cursor, startMillis: -1 }),
      inBase64({ ...cursor, x: 1 }),
    ])
      expect(readCursor(odd, 'Compounds', 'assets')).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => readCursor(text, 'Compounds', 'assets') === undefined));
  });
});

describe('structures of a share', () => {
  it('are kept of its rows only, however many the files of the library have', async () => {
    const row = { type: 'batch', createdAt: 'then', modifiedAt: 'now', fields: {} } as const;
    const rows = ['B-7', 'B-8'].map((name, index) => ({ ...row, name, id: `batch:${index}` }));
    const lines = async function* () {
      for (let index = 0; index < 1_000; index += 1) yield { name: `B-${index}`, structure: `C${index}` };
      yield { id: 'batch:1', structure: 'N' };
    };
    const { byId, byName } = await gatherStructures(rows, lines());
    expect([...byName]).toEqual([
      ['B-7', { structure: 'C7' }],
      ['B-8', { structure: 'C8' }],
    ]);
    expect([...byId]).toEqual([['batch:1', { structure: 'N' }]]);
  });
});
