/** CSV as the tenant gives it, and as the facade gives it. */
import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvRecord } from '../../../../shared/exports/extract/csv-cell.ts';
import { readCsv } from '../../../../shared/exports/extract/read-csv.ts';

/** Read in chunks of some bytes, which may cut a character. */
const read = async (text: string, chunkBytes = 3, most?: number): Promise<(readonly string[])[]> => {
  const bytes = Buffer.from(text);
  const chunks = async function* () {
    for (let at = 0; at < bytes.byteLength; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  };
  return Readable.from(readCsv(chunks(), most)).toArray();
};

describe('a CSV file', () => {
  it.each<[string, string, string[][]]>([
    [
      'of plain cells',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'without a last line end',
      'a,b\n1,',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    ['with quoted commas, line ends and quotes', '"a,\r\nb","c ""d"""\n', [['a,\r\nb', 'c "d"']]],
    ['with empty lines', 'a\n\nb\n', [['a'], [''], ['b']]],
    ['of nothing', '', []],
    ['with letters of several bytes', 'Ü,"😀"\n', [['Ü', '😀']]],
  ])('%s is read', async (_, text, records) => {
    expect(await read(text)).toEqual(records);
  });

  it('whose quote is never closed ends the reading', async () => {
    for (const most of [100, 1_000])
      await expect(read(`"${'x'.repeat(200)}`, 50, most)).rejects.toMatchObject({
        failure: { code: 'FILE_UNREADABLE' },
      });
  });

  it('that the facade has written is read as it was', async () => {
    const cell = fc.string({ unit: 'grapheme' }).filter((text) => csvCell(text).replace(/^"/, '')[0] !== "'");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })), fc.nat(9), async (records, more) => {
        expect(await read(records.map(csvRecord).join(''), more + 1)).toEqual(records);
      }),
    );
  });
});

describe('a cell', () => {
  it.each(['=1+1', '+1', '-a', '-1+2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\uff1d1', '\uff0b1', '\uff0d1', '\uff201'])(
    'that a spreadsheet would run gets a quote in front: %j',
    async (text) => {
      expect(await read(csvRecord([text, 'x']))).toEqual([[`'${text}`, 'x']]);
    },
  );

  it.each<[unknown, string]>([
    [-0.5, '-0.5'],
    ['-12', '-12'],
    ['-1.5e-7', '-1.5e-7'],
    [undefined, ''],
    [null, ''],
    [false, 'false'],
    [['=a'], '"[""=a""]"'],
    ['a=b', 'a=b'],
  ])('of %j is %s', (value, text) => {
    expect(csvCell(value)).toBe(text);
  });
});
