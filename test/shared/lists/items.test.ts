import { describe, expect, it } from 'vitest';
import { readCsvItems, toCsv } from '../../../shared/lists/csv-items.ts';
import { type FieldType, faultOf } from '../../../shared/lists/field.ts';
import { checkItems, mostItems } from '../../../shared/lists/items.ts';

const rules = {
  key: 'code',
  fields: [
    { name: 'code', type: 'text' },
    { name: 'project', type: 'text' },
    { name: 'budget', type: 'number' },
    { name: 'open', type: 'checkbox' },
  ],
} as const;
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ code: `C${index}` }));
const csv = (text: string) => readCsvItems(Buffer.from(text), rules);

describe('a value', () => {
  const fitting: readonly (readonly [FieldType, unknown])[] = [
    ['text', ''],
    ['text', 'two\nlines'],
    ['number', 1.5],
    ['number', '007.50'],
    ['number', '-1e3'],
    ['integer', 7],
    ['integer', '0007'],
    ['integer', '123456789012345678901234567890'],
    ['checkbox', false],
    ['datetime', '2026-06-01T22:00:00Z'],
    ['datetime', '2026-06-01T22:00:00.123+02:00'],
    ['datetime', '2026-06-01T22:00:00'],
    ['hyperlink', 'https://example.com/a'],
    ['text', null],
    ['text', undefined],
  ];
  it.each(fitting)('of type %s may be %j', (type, value) => {
    expect(faultOf({ type }, value)).toBeUndefined();
  });

  const wrong: readonly (readonly [FieldType, unknown])[] = [
    ['text', 1],
    ['text', true],
    ['text', {}],
    ['text', []],
    ['text', '\ud800'],
    ['number', ''],
    ['number', '1,5'],
    ['number', 'Infinity'],
    ['number', '0x10'],
    ['number', '1e999'],
    ['number', true],
    ['integer', 1.5],
    ['integer', JSON.parse('9007199254740993')],
    ['integer', '1.0'],
    ['checkbox', 'true'],
    ['checkbox', 1],
    ['datetime', '2026-06-01'],
    ['datetime', '2026-13-01T00:00:00Z'],
    ['datetime', 0],
    ['hyperlink', 'javascript:alert(1)'],
    ['hyperlink', 'example.com'],
  ];
  it.each(wrong)('of type %s may not be %j', (type, value) => {
    expect(faultOf({ type }, value)).toMatch(/^must be /);
  });

  it.each([null, undefined])('that is required may not be %j', (value) => {
    expect(faultOf({ type: 'text', isRequired: true }, value)).toBe('is missing');
  });
});

describe('items', () => {
  it('are taken with the fields that are declared, and nothing else', () => {
    const given = [JSON.parse('{"code":"A1","budget":null,"other":1,"__proto__":{"project":"x"}}')];
    expect(checkItems(given, rules)).toEqual({ items: [{ code: 'A1' }], faults: [] });
  });

  it('are at most 20,000', () => {
    expect(checkItems(many(mostItems), rules)).toMatchObject({ items: { length: 20_000 }, faults: [] });
    expect(checkItems(many(mostItems + 1), rules).faults).toEqual([
      { detail: 'has 20001 items; a list has at most 20000' },
    ]);
  });

  it.each([
    ['no list', {}, {}],
    ['no objects', ['a', null, [], 1], { index: 0 }],
    ['no key', [{ project: 'x' }], { index: 0, field: 'code' }],
    ['an empty key', [{ code: '' }], { index: 0, field: 'code' }],
    ['one key twice', [{ code: 'a' }, { code: 'b' }, { code: 'a' }], { index: 2, field: 'code' }],
    ['a wrong type', [{ code: 'a', open: 'yes' }], { index: 0, field: 'open' }],
  ])('that have %s are refused with their place', (_what, given, place) => {
    expect(checkItems(given, rules).faults[0]).toMatchObject(place);
  });

  it('show 20 faults at most', () => {
    expect(
      checkItems(
        many(100).map(({ code }) => ({ code, open: 1 })),
        rules,
      ).faults,
    ).toHaveLength(20);
  });
});

describe('a CSV file', () => {
  it('is read by its header: quotes, line feeds within a cell, a byte order mark, empty cells, leading zeros', () => {
    const text = '\ufeffcode,open,project,budget\r\n"0""1",TRUE,"two\nlines, and more",007\r\nB,,,\r\n\r\n';
    expect(csv(text)).toEqual({
      items: [{ code: '0"1', open: true, project: 'two\nlines, and more', budget: '007' }, { code: 'B' }],
      faults: [],
    });
  });

  it.each([
    ['an unknown column', 'code,secret\r\nA,1\r\n', /no field: secret/],
    ['a column twice', 'code,code\r\nA,B\r\n', /column twice/],
    ['no column of the key', 'project\r\nAlpha\r\n', /no column code/],
    ['nothing', '', /no header/],
    ['a quote that is never closed', 'code\r\n"A\r\n', /no CSV file/],
    ['a row of another length', 'code,project\r\nA\r\n', /no CSV file/],
    ['a value of a wrong type', 'code,open\r\nA,yes\r\n', /must be true or false/],
    ['a name with a line feed', 'code,"pro\nject"\r\nA,1\r\n', /no field/],
  ])('with %s is refused', (_what, text, detail) => {
    expect(csv(text).faults[0]?.detail).toMatch(detail);
  });

  it('has at most 20,000 items', () => {
    const file = (count: number) =>
      `code\n${many(count)
        .map(({ code }) => code)
        .join('\n')}\n`;
    expect(csv(file(mostItems)).items).toHaveLength(20_000);
    expect(csv(file(mostItems + 1)).faults).toEqual([{ detail: 'has more than 20000 items' }]);
  });

  it('that is made has no formula, and reads back as it was apart from that', () => {
    const items = [
      { code: '=1+1', project: '@SUM(A1)', budget: -5 },
      { code: 'B', project: 'a "b", c\nd' },
    ];
    const text = toCsv(items, rules);
    expect(text).toBe('code,project,budget,open\r\n\'=1+1,\'@SUM(A1),-5,\r\nB,"a ""b"", c\nd",,\r\n');
    expect(csv(text).items[1]).toEqual(items[1]);
  });
});
