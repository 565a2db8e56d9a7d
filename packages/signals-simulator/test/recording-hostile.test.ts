/**
 * Texts whose search takes half an hour, at full size, if its time grows with the square of their length. No test asserts a duration: the
 * time limit of a test ends such a search.
 */
import { describe, expect, it } from 'vitest';
import { sized } from '../../../test/support/test-size.ts';
import { bodyOf } from './raw-exchange.ts';

const times = (part: string) => part.repeat(sized(2_000_000, 100_000) / part.length);

describe('a hostile text', () => {
  it.each<[string, string, RegExp]>([
    ['backslashes', times('\\'), /^\\+$/],
    ['backslashes in an address', `/x?a=${times('\\')}`, /^\/x\?a=\\+$/],
    ['beginnings of tokens', times('-eyJ'), /^(-eyJ)+$/],
    ['accents on one letter', `x${times('\u0301\u0323')}`, /^x\p{M}{30}$/u],
    ['names without blanks', times('Aa'), /^(Aa)+$/],
  ])('of %s is cleaned', (_, text, expected) => {
    const { note, operator } = bodyOf({ note: text, operator: text });
    expect(note).toMatch(expected);
    expect(operator).toBe(note);
  });
});
