import { describe, expect, it } from 'vitest';
import { checkRecord, stepsOf } from '../../../shared/lists/record.ts';

const text = (name: string) => ({ name, type: 'text' }) as const;
const check = (record: object, ...names: string[]) => checkRecord(record as never, names.map(text));

describe('a record', () => {
  it('keeps what its fields name, in its shape', () => {
    const record = { a: { b: [{ c: '1', d: '2' }, { c: '3' }], other: 'x' }, 'x.y': 'z', more: 1 };
    expect(check(record, 'a.b[0].c', 'a.b[1].c', '["x.y"]').record).toEqual({
      a: { b: [{ c: '1' }, { c: '3' }] },
      'x.y': 'z',
    });
  });

  it('has null for elements that no field names', () => {
    expect(check({ a: ['1', '2', '3'] }, 'a[2]').record).toEqual({ a: [null, null, '3'] });
  });

  it.each([
    ['{} where a value is declared', { a: {} }, 'a'],
    ['[] where a value is declared', { a: [] }, 'a'],
    ['an object where a value is declared', { a: { b: '1' } }, 'a'],
    ['a list where a value is declared', { a: ['1'] }, 'a'],
  ])('is refused with %s', (_what, record, name) => {
    expect(check(record, name).faults).toEqual([{ path: name, detail: 'must be a text' }]);
  });

  it('names what no field names', () => {
    expect(check({ a: '1', b: { c: 1, d: {} } }, 'a').unknown).toEqual(['b.c', 'b.d']);
  });

  it('is walked no deeper than a name of a field can reach: each leaf has its whole path', () => {
    const name = 'n'.repeat(10_000);
    const { unknown, record } = check({ [name]: Array.from({ length: 1_000 }, () => 1), a: '1' }, 'a');
    expect(record).toEqual({ a: '1' });
    expect(unknown.map((path) => path.length)).toEqual([201]);
  });

  it('is not misled by names of prototypes', () => {
    const record = JSON.parse('{"__proto__":{"a":"1"},"constructor":{"prototype":{"b":"2"}}}');
    const { record: kept } = check(record, '__proto__.a', 'constructor.prototype.b', 'a', 'b');
    expect(JSON.stringify(kept)).toBe('{"__proto__":{"a":"1"},"constructor":{"prototype":{"b":"2"}}}');
    expect(({} as { a?: string }).a).toBeUndefined();
  });

  it.each([
    ['a.b[0].c', ['a', 'b', 0, 'c']],
    ['["x.y"].z', ['x.y', 'z']],
    ['["a\\"]b"][1]', ['a"]b', 1]],
  ])('has the steps of %s for a pointer', (path, steps) => {
    expect(stepsOf(path)).toEqual(steps);
  });
});
