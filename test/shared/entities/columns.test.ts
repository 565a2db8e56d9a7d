/** Cells of the tenant in the flat form: nothing is lost, and nothing that is empty looks like a value. */
import { describe, expect, it } from 'vitest';
import { toFlat } from '../../../shared/entities/columns.ts';
import { toRow } from '../../../shared/entities/rows.ts';

describe('numbers that the tenant gives as text', () => {
  it.each([
    ['12', 12],
    ['-2.50', -2.5],
    ['.5', 0.5],
    ['0', 0],
    ['1e21', 1e21],
    ['0.30000000000000004', 0.1 + 0.2],
    ['100000000000000000000', 1e20],
  ])('%s is a number', (value, expected) => {
    expect(toFlat({ type: 'number' }, { value })).toBe(expected);
  });

  it.each(['12345678901234567890', '0.12345678901234567891', '0x10', '1e999', '12 g', ' '])(
    '%j stays text',
    (value) => {
      expect(toFlat({ type: 'integer' }, { value })).toBe(value);
    },
  );
});

describe('a cell', () => {
  const table = { ...{ eid: 'grid:1', type: 'grid', rowType: 'adtRow', rowsPath: '/', columnsPath: '/' }, query: {} };
  const cellOf = (column: { readonly type: string; readonly multiSelect?: boolean }, content: object): unknown => {
    const columns = [{ key: 'k', title: 'Cell', ...column }];
    const row = { id: 'r', attributes: { cells: [{ key: 'k', content: { ...content } }] } };
    return toRow({ ...table, hasColumnMap: false, refusals: {} }, columns, row).attributes.cells.Cell;
  };

  it('of one value keeps it beside an empty list', () => {
    expect(cellOf({ type: 'text' }, { value: 'x', values: [] })).toBe('x');
    expect(cellOf({ type: 'number' }, { value: 0, values: [] })).toBe(0);
  });

  it('of several values has their list', () => {
    expect(cellOf({ type: 'multiSelect' }, { value: 'A, B', values: ['A', 'B'] })).toEqual(['A', 'B']);
    expect(cellOf({ type: 'link', multiSelect: true }, { value: 'A', values: ['A'] })).toEqual(['A']);
  });

  it.each([
    [{ type: 'externalLink' }, {}],
    [{ type: 'externalLink' }, { value: null, display: '' }],
    [{ type: 'link' }, { value: '', values: [] }],
    [{ type: 'multiSelect' }, { value: '', values: [] }],
    [{ type: 'boolean' }, {}],
  ])('of %j with the content %j is left out', (column, content) => {
    expect(cellOf(column, content)).toBeUndefined();
  });
});
