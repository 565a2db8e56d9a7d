/** Filters match as EventBridge does: the cases come from its user guide and from the rules of event-ruler. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter, FilterPattern, readFilter } from '../../../shared/subscriptions/filter/filter.ts';

const matches = (pattern: unknown, event: unknown): boolean => compileFilter(pattern)(event);

const people = {
  people: [
    { first: 'Anna', last: 'Smith' },
    { first: 'Bob', last: 'Jones' },
  ],
};

describe('a filter', () => {
  it.each([
    ['a text', { a: ['x'] }, { a: 'x' }, true],
    ['another text', { a: ['x'] }, { a: 'y' }, false],
    ['one of several', { a: ['x', 'y'] }, { a: 'y' }, true],
    ['a number that is written otherwise', { a: [300] }, { a: 3.0e2 }, true],
    ['a text for a number', { a: [300] }, { a: '300' }, false],
    ['true', { a: [true] }, { a: true }, true],
    ['null', { a: [null] }, { a: null }, true],
    ['null for an empty text', { a: [null] }, { a: '' }, false],
    ['null for what is absent', { a: [null] }, {}, false],
    ['an empty text', { a: [''] }, { a: '' }, true],
    ['a field of an object', { a: { b: ['x'] } }, { a: { b: 'x' } }, true],
    ['an object where a value is wanted', { a: ['x'] }, { a: { x: 'x' } }, false],
    ['two fields, of which one differs', { a: ['x'], b: ['y'] }, { a: 'x', b: 'z' }, false],
    ['an element of an array', { a: ['x'] }, { a: ['w', 'x'] }, true],
    ['an element of an array in an array', { a: ['x'] }, { a: [['w'], [['x']]] }, true],
    ['an empty array', { a: ['x'] }, { a: [] }, false],
    ['fields of the same element', { people: { first: ['Anna'], last: ['Smith'] } }, people, true],
    ['fields of different elements', { people: { first: ['Anna'], last: ['Jones'] } }, people, false],
    ['elements of two arrays', { a: ['x'], b: ['y'] }, { a: ['w', 'x'], b: ['y', 'z'] }, true],
    ['an array at the root', { a: ['x'] }, [{ a: 'w' }, { a: 'x' }], true],
    ['a prefix', { a: [{ prefix: 'exp' }] }, { a: 'experiment' }, true],
    ['a prefix of a number', { a: [{ prefix: '3' }] }, { a: 300 }, false],
    ['a prefix in other letters', { a: [{ prefix: { 'equals-ignore-case': 'EXP' } }] }, { a: 'experiment' }, true],
    ['a suffix', { a: [{ suffix: '.pdf' }] }, { a: 'x.pdf' }, true],
    ['another suffix', { a: [{ suffix: '.pdf' }] }, { a: 'x.pdf.gz' }, false],
    ['the same in other letters', { a: [{ 'equals-ignore-case': 'Close' }] }, { a: 'cLOSE' }, true],
    ['a wildcard', { a: [{ wildcard: 'exp*:*-1' }] }, { a: 'experiment:7-1' }, true],
    ['a wildcard that is too long', { a: [{ wildcard: 'aba*ba' }] }, { a: 'aba' }, false],
    ['a wildcard that takes nothing', { a: [{ wildcard: 'a*' }] }, { a: 'a' }, true],
    ['a wildcard whose parts come the other way round', { a: [{ wildcard: '*x*y*' }] }, { a: 'yx' }, false],
    ['a star as it is', { a: [{ wildcard: 'a\\*b' }] }, { a: 'a*b' }, true],
    ['a star as it is, for another character', { a: [{ wildcard: 'a\\*b' }] }, { a: 'axb' }, false],
    ['anything but', { a: [{ 'anything-but': 'x' }] }, { a: 'y' }, true],
    ['anything but, of what is absent', { a: [{ 'anything-but': 'x' }] }, {}, false],
    ['anything but, of null', { a: [{ 'anything-but': 'x' }] }, { a: null }, true],
    ['anything but a list', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'y' }, false],
    ['anything but numbers', { a: [{ 'anything-but': [1, 2] }] }, { a: 3 }, true],
    ['anything but a prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'xy' }, false],
    ['anything but suffixes', { a: [{ 'anything-but': { suffix: ['x', 'y'] } }] }, { a: 'xz' }, true],
    ['anything but a wildcard', { a: [{ 'anything-but': { wildcard: '*/lib/*' } }] }, { a: 'a/lib/b' }, false],
    ['a range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, true],
    ['a range without its bound', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 0 }, false],
    ['a comparison with a text', { a: [{ numeric: ['=', 5] }] }, { a: '5' }, false],
    ['exists', { a: [{ exists: true }] }, { a: null }, true],
    ['exists, of an object', { a: [{ exists: true }] }, { a: { b: 1 } }, false],
    ['exists not', { a: [{ exists: false }] }, { b: 1 }, true],
    ['exists not, of a value', { a: [{ exists: false }] }, { a: 1 }, false],
    ['exists not, of an object', { a: [{ exists: false }] }, { a: { b: 1 } }, true],
    ['exists not, below what is absent', { a: { b: [{ exists: false }] } }, {}, true],
    ['exists not, in one element only', { l: { a: [{ exists: false }] } }, { l: [{ a: 1 }, { b: 2 }] }, false],
    ['exists not, or a value', { a: ['x', { exists: false }] }, { a: 'x' }, true],
    ['an address', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.0.255' }, true],
    ['another address', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.1.1' }, false],
    ['a text that is no address', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.0' }, false],
    ['one of two', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'w', b: 'y' }, true],
    ['none of two', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'w', b: 'w' }, false],
    ['one of two, and another field', { c: [1], $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'x', c: 2 }, false],
    ['a name of every object', { constructor: [{ exists: true }] }, {}, false],
    ['a name that reads like a prototype', JSON.parse('{"__proto__":["x"]}'), JSON.parse('{"__proto__":"x"}'), true],
  ] as const)('%s', (_what, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it('that is absent wants every event', () => expect(matches(undefined, {})).toBe(true));

  it('matches what it was made from, and not an event in which one of its values is another', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), fc.nat(), (event, choice) => {
        const leaves = leavesOf(event);
        fc.pre(leaves.length > 0);
        const { path, value } = leaves[choice % leaves.length] as (typeof leaves)[number];
        const wanting = (wanted: unknown) => path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), [wanted]);
        expect(matches(wanting(value), event)).toBe(true);
        expect(matches(wanting('a value that no event has'), event)).toBe(false);
      }),
    ));
});

describe('a hostile filter', () => {
  /** Elements of an array, each with a field that counts how often it is read. The last one has a value. */
  const countedList = (length: number) => {
    const count = { reads: 0 };
    const list = Array.from({ length }, (_, index) =>
      Object.defineProperty({}, 'x', {
        enumerable: true,
        get: () => {
          count.reads += 1;
          return index === length - 1 ? 1 : undefined;
        },
      }),
    );
    return { count, list };
  };

  it.each([
    ['absence in the elements of a long array', { list: { x: [{ exists: false }], y: ['none'] } }],
    [
      'absence, in many alternatives',
      { list: { $or: Array.from({ length: 20 }, () => ({ x: [{ exists: false }] })) } },
    ],
    [
      'alternatives in alternatives',
      { list: { $or: [{ x: ['a'] }, { $or: [{ x: ['b'] }, { $or: [{ x: [2] }, { x: [3] }] }] }] } },
    ],
  ])('reads each element of an event as often as it has values at most: %s', (_what, pattern) => {
    const { count, list } = countedList(1_000);
    expect(matches(pattern, { list })).toBe(false);
    expect(count.reads).toBeGreaterThanOrEqual(1_000);
    expect(count.reads).toBeLessThanOrEqual(2 * 20 * 1_000);
  });

  it('with stars upon stars goes through a long text once for each of them', () => {
    const pattern = { a: [{ wildcard: `${'*a'.repeat(1_500)}*b` }] };
    expect(matches(pattern, { a: 'a'.repeat(1_000_000) })).toBe(false);
    expect(matches(pattern, { a: `${'a'.repeat(1_000_000)}b` })).toBe(true);
  });

  it.each([
    ['as deep as a body can be', JSON.parse(`${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`)],
    [
      'as wide as a body can be',
      Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`f${index}`, ['x']])),
    ],
    [
      'with alternatives in alternatives',
      JSON.parse(`${'{"$or":[{"a":["x"]},'.repeat(500)}{"b":["x"]}${']}'.repeat(500)}`),
    ],
  ])('%s is refused with one fault, and not with an exception', (_what, pattern) => {
    expect(readFilter(pattern)).toEqual([{ path: [], message: 'must have at most 4096 characters as JSON' }]);
  });
});

type FoundLeaf = { readonly path: readonly string[]; readonly value: unknown };

/** The values of objects in objects, without those in arrays, and without names that a pattern takes for its own. */
const leavesOf = (value: unknown, path: readonly string[] = []): FoundLeaf[] => {
  if (Array.isArray(value)) return [];
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => (name === '$or' ? [] : leavesOf(inner, [...path, name])));
};

describe('a pattern that is none', () => {
  it.each([
    ['a list', [], ''],
    ['nothing', {}, ''],
    ['a field without values', { a: [] }, '/a'],
    ['an object without fields', { a: {} }, '/a'],
    ['a value without its list', { a: 'x' }, '/a'],
    ['an operator without its list', { a: { prefix: 'x' } }, '/a/prefix'],
    ['a list in a list', { a: [['x']] }, '/a/0'],
    ['an unknown operator', { a: ['x', { like: 'x' }] }, '/a/1'],
    ['two operators in one', { a: [{ prefix: 'x', suffix: 'y' }] }, '/a/0'],
    ['a prefix that is a number', { a: [{ prefix: 3 }] }, '/a/0/prefix'],
    ['two stars in a row', { a: [{ wildcard: 'a**b' }] }, '/a/0/wildcard'],
    ['a backslash before a letter', { a: [{ wildcard: 'a\\b' }] }, '/a/0/wildcard'],
    ['anything but texts and numbers', { a: [{ 'anything-but': ['x', 1] }] }, '/a/0/anything-but'],
    ['anything but nothing', { a: [{ 'anything-but': [] }] }, '/a/0/anything-but'],
    ['anything but a list of objects', { a: [{ 'anything-but': [{ prefix: 'x' }] }] }, '/a/0/anything-but'],
    ['anything but an unknown operator', { a: [{ 'anything-but': { numeric: ['=', 1] } }] }, '/a/0/anything-but'],
    [
      'a prefix of anything-but that is a number',
      { a: [{ 'anything-but': { prefix: ['x', 1] } }] },
      '/a/0/anything-but/prefix/1',
    ],
    ['a comparison without a bound', { a: [{ numeric: ['>'] }] }, '/a/0/numeric'],
    ['an unknown comparison', { a: [{ numeric: ['!=', 1] }] }, '/a/0/numeric'],
    ['bounds the wrong way round', { a: [{ numeric: ['>', 5, '<', 1] }] }, '/a/0/numeric'],
    ['exists with a text', { a: [{ exists: 'yes' }] }, '/a/0/exists'],
    ['a range without its length', { a: [{ cidr: '10.0.0.0' }] }, '/a/0/cidr'],
    ['one alternative', { $or: [{ a: [1] }] }, '/$or'],
    ['alternatives that are values', { $or: ['a', 'b'] }, '/$or'],
    ['an alternative with a fault', { $or: [{ a: [1] }, { b: 2 }] }, '/$or/1/b'],
    ['levels without end', JSON.parse(`${'{"a":'.repeat(40)}["x"]${'}'.repeat(40)}`), `/${'a/'.repeat(16)}a`],
    ['values without end', { a: Array(201).fill(1) }, ''],
    ['characters without end', { a: ['x'.repeat(4_096)] }, ''],
  ] as const)('%s is refused where it is', (_what, pattern, pointer) => {
    const faults = readFilter(pattern);
    expect(faults).toEqual([expect.objectContaining({ message: expect.any(String) })]);
    const [fault] = faults as Exclude<typeof faults, (event: unknown) => boolean>;
    expect((fault?.path ?? []).map((part) => `/${String(part)}`).join('')).toBe(pointer);
  });

  it('names every fault at once, with its place in the body', () => {
    const { error } = FilterPattern.safeParse({ a: 'x', b: [{ prefix: 1 }], c: ['fine'] });
    expect(error?.issues.map(({ path }) => path)).toEqual([['a'], ['b', 0, 'prefix']]);
  });
});
