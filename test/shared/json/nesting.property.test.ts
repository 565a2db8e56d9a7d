/** The scan finds the depth of the parsed document. The contents of strings do not change it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestsDeeperThan, parseShallow } from '../../../shared/json/nesting.ts';

const depthOf = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
};

const bytesOf = (text: string): Uint8Array => Buffer.from(text);

/** Text that a scan could take for structure. */
const trickyText = fc.stringMatching(/^["\\[\]{},:a-f0-9\n\u00e9]{0,12}$/);
const { document } = fc.letrec((tie) => ({
  document: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    trickyText,
    fc.integer(),
    fc.array(tie('document'), { maxLength: 3 }),
    fc.dictionary(trickyText, tie('document'), { maxKeys: 3 }),
  ),
}));

/** One level more: the text before the next value in an array or an object. */
const opening = fc.tuple(fc.array(document, { maxLength: 2 }), fc.option(trickyText)).map(([siblings, name]) => {
  const before = siblings.map((sibling) => JSON.stringify(sibling));
  if (name === null) return `[${before.map((text) => `${text},`).join('')}`;
  return `{${before.map((text, at) => `"${at}":${text},`).join('')}${JSON.stringify(name)}:`;
});
const noise = fc.stringMatching(/^["\\[\]{},:a1 ]{0,40}$/);

describe('nestsDeeperThan', () => {
  it('finds the depth of every document, pretty or not', () =>
    fc.assert(
      fc.property(document, fc.constantFrom(undefined, 2), (value, indent) => {
        const bytes = bytesOf(JSON.stringify(value, undefined, indent));
        const depth = depthOf(value);
        expect(nestsDeeperThan(bytes, depth)).toBe(false);
        if (depth > 0) expect(nestsDeeperThan(bytes, depth - 1)).toBe(true);
      }),
    ));

  it('sees how deep JSON.parse gets before it meets bytes that are no JSON', () =>
    fc.assert(
      fc.property(fc.array(opening, { minLength: 1, maxLength: 40 }), noise, (openings, rest) => {
        const bytes = bytesOf(openings.join('') + rest);
        expect(nestsDeeperThan(bytes, openings.length - 1)).toBe(true);
      }),
    ));

  it.each([
    ['32 arrays', '['.repeat(32) + ']'.repeat(32), false],
    ['33 arrays', '['.repeat(33) + ']'.repeat(33), true],
    ['33 arrays that are never closed', '['.repeat(33), true],
    ['33 objects', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, true],
    ['brackets in a string', JSON.stringify('['.repeat(1_000)), false],
    ['brackets in a name', JSON.stringify({ ['{'.repeat(1_000)]: 1 }), false],
    ['brackets behind an escaped quote', `"\\"${'['.repeat(1_000)}"`, false],
    ['brackets behind a string that ends in a backslash', `["\\\\",${'['.repeat(32)}`, true],
    ['many arrays beside one another', `[${'[],'.repeat(10_000)}[]]`, false],
    ['brackets in a string that never ends', `"${'['.repeat(1_000)}`, false],
    ['nothing', '', false],
  ])('at 32 levels: %s', (_what, text, expected) => {
    expect(nestsDeeperThan(bytesOf(text), 32)).toBe(expected);
  });
});

describe('parseShallow', () => {
  it('gives what JSON.parse gives, of a part of a buffer too, and refuses what is deeper or no JSON', () => {
    expect(parseShallow(Buffer.from('xx{"a":["é"]}xx').subarray(2, 14), 2)).toEqual({ a: ['é'] });
    expect(() => parseShallow(bytesOf('[[1]]'), 1)).toThrow(SyntaxError);
    expect(() => parseShallow(bytesOf('[1'), 1)).toThrow(SyntaxError);
  });
});
