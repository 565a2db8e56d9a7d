import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bodyFaults, mostFaults, ownWords, toPointer } from '../../../shared/routes/faults.ts';

const faultsOf = (schema: z.ZodType, value: unknown) => {
  const result = schema.safeParse(value, { error: ownWords });
  return result.success ? [] : bodyFaults(result.error.issues).map(({ detail, source }) => [source?.pointer, detail]);
};

const Thing = z.strictObject({
  kind: z.enum(['small', 'large']),
  units: z.int().min(1).max(10),
  at: z.iso.datetime({ offset: true }).optional(),
  names: z.array(z.string().max(3)).min(1),
  id: z.string().regex(/^[a-z]+$/, 'an id has lower-case letters only'),
});

describe('faults', () => {
  it('names every fault of a document at once, in our words, with where it is', () => {
    const wrong = { kind: 'huge', units: 0, at: 'soon', names: ['long', 7], id: 'A', 'a/b': 1, extra: 2 };
    expect(faultsOf(Thing, wrong)).toEqual([
      ['/kind', '/kind: must be one of "small", "large".'],
      ['/units', '/units: must be at least 1.'],
      ['/at', '/at: must be an instant such as 2026-06-01T22:00:00Z.'],
      ['/names/0', '/names/0: must have at most 3 characters.'],
      ['/names/1', '/names/1: must be text.'],
      ['/id', '/id: an id has lower-case letters only.'],
      ['/a~1b', '/a~1b: is not known here.'],
      ['/extra', '/extra: is not known here.'],
    ]);
  });

  it('says what is missing', () => {
    expect(faultsOf(Thing, {}).map(([, detail]) => detail)).toEqual([
      '/kind: must be one of "small", "large".',
      '/units: is missing.',
      '/names: is missing.',
      '/id: is missing.',
    ]);
  });

  it('names the document itself where it is no object', () => {
    expect(faultsOf(Thing, [])).toEqual([['', 'The document: must be an object.']]);
  });

  it('follows the branch of a union that fits best', () => {
    const Either = z.union([z.strictObject({ a: z.string(), b: z.string() }), z.strictObject({ c: z.string() })]);
    expect(faultsOf(Either, { a: 'x' })).toEqual([['/b', '/b: is missing.']]);
  });

  it('stops at a bound, whatever a hostile body holds', () => {
    const hostile = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`x${index}`, 1]));
    expect(faultsOf(Thing, hostile)).toHaveLength(mostFaults);
  });

  it('escapes pointers', () => {
    expect(toPointer(['a~b', 'c/d', 3])).toBe('/a~0b/c~1d/3');
  });
});
