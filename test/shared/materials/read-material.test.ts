import { describe, expect, it } from 'vitest';
import { structureOf, WholeMaterial } from '../../../shared/materials/read-material.ts';

const readStructure = (structure: unknown) => {
  const attributes = { type: 'batch', name: '0001-0001', createdAt: 'then', editedAt: 'now', structure };
  return structureOf(WholeMaterial.parse({ id: 'batch:1', attributes }).attributes);
};

describe('a structure', () => {
  it.each([
    ['CCO', 'CCO'],
    [{ data: 'CCO', contentType: 'chemical/x-smiles' }, 'CCO'],
    [{ data: 'CCO', error: null }, 'CCO'],
    ['', null],
    [null, null],
    [undefined, null],
    [{ data: '' }, null],
  ])('%j is read', (given, structure) => {
    expect(readStructure(given)).toEqual({ structure });
  });

  it.each([
    [{ error: 'cannot convert' }, 'cannot convert'],
    [{ data: '', error: 'cannot convert' }, 'cannot convert'],
    [{ error: { code: 7 } }, '{"code":7}'],
  ])('%j is an error of the tenant', (given, structureError) => {
    expect(readStructure(given)).toEqual({ structure: null, structureError });
  });

  it.each([[{ data: null }], [{ contentType: 'chemical/x-smiles' }], [7], [[]]])(
    '%j of an unknown form leaves the material as it is',
    (given) => {
      expect(readStructure(given)).toEqual({ structure: null, structureError: 'The structure has an unknown form.' });
    },
  );
});
