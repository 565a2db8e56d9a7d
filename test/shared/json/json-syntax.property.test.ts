import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepestNesting, isJson, startsAsJson } from '../../../shared/json/json-syntax.ts';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const judge = (text: string): boolean => isJson(Buffer.from(text, 'latin1'));

/** Pieces that make JSON, nearly JSON and none. */
const pieces = [
  ...['{', '}', '[', ']', ',', ':', '"', '"a"', '"a":', '"\\u00e', '"\\u00E9"', '"\\x"', '"\\"', '\\', '"\u0001"'],
  ...['0', '01', '-', '-0', '1.', '1.5', '.5', '1e', '1E+3', '1e-', '+1', 'true', 'tru', 'null', 'NaN', 'false', 'x'],
  ...[' ', '\n', '\t', '\r', '\f', '\u00a0', '\u00ef\u00bb\u00bf', "'a'", '//', '{}', '[]'],
];

describe('the check of JSON syntax', () => {
  it('agrees with JSON.parse about anything built of the pieces of JSON', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (chosen) => {
        const text = chosen.join('');
        // Unlike JSON.parse, it takes a byte order mark.
        expect(judge(text)).toBe(parses(text.replace(/^\u00ef\u00bb\u00bf/, '')));
      }),
      { numRuns: 2_000 },
    ));

  it('agrees with JSON.parse about documents, and about each of them with one byte changed or cut off', () =>
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.integer({ min: 0, max: 255 }), (document, place, byte) => {
        const bytes = Buffer.from(document);
        expect(isJson(bytes)).toBe(true);
        const at = place % bytes.length;
        const changed = Buffer.from(bytes).fill(byte, at, at + 1);
        for (const text of [changed, bytes.subarray(0, at), Buffer.concat([bytes, changed])])
          expect(isJson(text)).toBe(parses(text.toString('latin1')));
      }),
      { numRuns: 500 },
    ));

  it.each([
    ['bytes that are not UTF-8 in a string', '{"a":"\u00e9\u00ff"}', true],
    ['a byte order mark', '\u00ef\u00bb\u00bf{"a":1}', true],
    ['nothing', '', false],
    ['a byte order mark alone', '\u00ef\u00bb\u00bf', false],
    ['a line break', '\n', false],
    ['text', 'OK', false],
    ['two documents', '{}\n{}', false],
    ['NaN', '{"a":NaN}', false],
    ['a comma at the end', '[1,]', false],
    ['single quotes', "{'a':1}", false],
    ['a document that is cut off', '{"a":[1', false],
    ['the deepest nesting', '['.repeat(deepestNesting) + ']'.repeat(deepestNesting), true],
    ['a deeper nesting', '['.repeat(deepestNesting + 1) + ']'.repeat(deepestNesting + 1), false],
  ])('judges %s', (_name, text, expected) => {
    expect(judge(text)).toBe(expected);
  });

  it.each([
    ['an object', ' \n{"a"', true],
    ['an array behind a byte order mark', '\u00ef\u00bb\u00bf[', true],
    ['text', 'a{', false],
    ['nothing', '', false],
  ])('judges the beginning of %s', (_name, text, expected) => {
    expect(startsAsJson(Buffer.from(text, 'latin1'))).toBe(expected);
  });
});
