/** The client and the facade have one rule of what a valid Idempotency-Key is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findKey } from '../../../shared/idempotency/key.ts';
import { nonEmpty } from '../../../test/support/non-empty.ts';
import { sized } from '../../../test/support/test-size.ts';
import { hasValidKey } from '../src/idempotency-key.ts';

/** As the facade gets it: a proxy may join several headers, as Headers does. */
const isValidForFacade = (headers: Headers): boolean => findKey([...headers]) !== undefined;

describe('an Idempotency-Key', () => {
  it('is valid for the client if it is valid for the facade', () => {
    const part = fc.constantFrom('k', '7', '"', '\\', ' ', ',', '~', '\u00e9', 'k'.repeat(254));
    const value = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 2 }), (values) => {
        const headers = new Headers(values.map((one): [string, string] => ['Idempotency-Key', one]));
        expect(hasValidKey(headers)).toBe(isValidForFacade(headers));
      }),
      { numRuns: sized(2_000, 500) },
    );
  });

  it.each(['k1', '"k1"', '"k\\"1"', 'k'.repeat(255)])('may be %s', (key) => {
    const headers = new Headers({ 'Idempotency-Key': key });
    expect([hasValidKey(headers), isValidForFacade(headers)]).toEqual([true, true]);
  });

  it('is not valid if it is empty, long, not closed, has a blank, or comes twice', () => {
    for (const key of nonEmpty(['', 'k'.repeat(256), '"k1', '""', 'k 1', 'k1, k2', 'k\u00e9']))
      expect(hasValidKey(new Headers({ 'Idempotency-Key': key })), key).toBe(false);
    expect(hasValidKey(new Headers())).toBe(false);
  });
});
