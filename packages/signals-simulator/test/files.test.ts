import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nonEmpty } from '../../../test/support/non-empty.ts';
import { formulaOf, massOf, molBlock, parseSmiles } from '../src/chemistry/molecule.ts';
import { zipBytes } from '../src/demo/documents.ts';
import { pdfBytes } from '../src/pdf.ts';
import { contentBytes, generatedContent } from '../src/tenant/content.ts';
import { csvRows } from '../src/topics/csv.ts';
import { csvText } from '../src/topics/table-export.ts';
import { readZip } from '../src/zip.ts';

describe('files that the simulator makes', () => {
  it('reads the zip archives that it writes', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (files) => {
        const back = readZip(zipBytes(files));
        expect(Object.fromEntries([...(back ?? [])].map(([name, bytes]) => [name, bytes.toString('utf8')]))).toEqual({
          ...files,
        });
      }),
    ));

  it('takes other bytes for no archive', () => {
    expect(readZip(Buffer.from('not a zip'))).toBeUndefined();
  });

  it('reads the CSV that it writes', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.array(
            fc.string({ minLength: 1 }).map((text) => `x${text.replaceAll('\r', '').replaceAll('\ufeff', '')}`),
            { minLength: 1, maxLength: 4 },
          ),
        ),
        (rows) => {
          expect(csvRows(csvText(rows))).toEqual(rows);
        },
      ),
    ));

  it('points every entry of the cross-reference table of a PDF at its object', () => {
    const text = pdfBytes(
      'Title (1)',
      Array.from({ length: 120 }, (_, index) => `Line ${index} \\ (ü)`),
    ).toString('latin1');
    const offsets = [...text.matchAll(/^(\d{10}) 00000 n /gm)].map(([, offset]) => Number(offset));
    expect(offsets.length).toBe(4 + 2 * 3);
    for (const [index, offset] of offsets.entries())
      expect(text.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj`));
  });

  it('makes generated content as long as it says, the same each time', () => {
    const content = generatedContent('x', 200_001, 3);
    expect(contentBytes(content).byteLength).toBe(200_001);
    expect(contentBytes(content).equals(contentBytes(generatedContent('x', 200_001, 3)))).toBe(true);
    for (const chunk of nonEmpty(content.chunks())) expect(chunk.byteLength).toBeLessThanOrEqual(65_536);
  });

  it.each([
    ['CCO', 'C2H6O', 46.07],
    ['c1ccccc1', 'C6H6', 78.11],
    ['CC(=O)Oc1ccccc1C(=O)O', 'C9H8O4', 180.16],
    ['[Na+].[Cl-]', 'ClNa', 58.44],
  ])('knows formula and mass of %s', (smiles, formula, mass) => {
    const molecule = parseSmiles(smiles);
    if (molecule === undefined) throw new Error('not read');
    expect([formulaOf(molecule), massOf(molecule)]).toEqual([formula, mass]);
    expect(molBlock(molecule, 'x').split('\n')).toHaveLength(6 + molecule.atoms.length + molecule.bonds.length);
  });

  it.each(['', '??', 'C(', 'C1CC'])('reads %j as no structure', (text) => {
    expect(parseSmiles(text)).toBeUndefined();
  });
});
