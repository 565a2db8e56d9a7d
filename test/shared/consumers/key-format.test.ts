import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKey } from '../../../shared/consumers/consumer.ts';
import { isMistyped, toKey } from '../../../shared/consumers/key-format.ts';

/** As docs/consumers.md has it. */
const scannerPattern = /\bsfk_[0-9A-Za-z]{43}[0-9A-Za-z]{6}\b/;
const random = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('a facade key', () => {
  it('has the form that scanners look for and a checksum that fits, whatever its bits', () =>
    fc.assert(
      fc.property(random, (bytes) => {
        const key = toKey(bytes);
        expect(scannerPattern.exec(`x-api-key: ${key}\n`)?.[0]).toBe(key);
        expect(key).toHaveLength(53);
        expect(isMistyped(key)).toBe(false);
      }),
    ));

  it('is one for each value of its bits', () => {
    expect(toKey(new Uint8Array(32))).toBe(`sfk_${'0'.repeat(43)}2CZclj`);
    expect(toKey(new Uint8Array(32).fill(255))).toMatch(/^sfk_[0-9A-Za-z]{49}$/);
    fc.assert(
      fc.property(random, random, (one, other) => (toKey(one) === toKey(other)) === Buffer.from(one).equals(other)),
    );
    expect(new Set(Array.from({ length: 100 }, createKey)).size).toBe(100);
  });

  it('shows any one character that was changed, and two that were swapped', () =>
    fc.assert(
      fc.property(random, fc.nat(48), fc.constantFrom(...'09AZaz'), (bytes, at, character) => {
        const key = toKey(bytes);
        const place = at + 4;
        const changed = key.slice(0, place) + character + key.slice(place + 1);
        expect(isMistyped(changed)).toBe(changed !== key);
        if (place < 52) {
          const swapped = key.slice(0, place) + key[place + 1] + key[place] + key.slice(place + 2);
          expect(isMistyped(swapped)).toBe(swapped !== key);
        }
      }),
    ));

  it.each([
    'demo-app',
    'sfk_short',
    `sfk_${'A'.repeat(43)}`,
    `sfk_${'-'.repeat(43)}`,
    `sfk_${'A'.repeat(48)}`,
    `sfk_${'A'.repeat(50)}`,
    `SFK_${'A'.repeat(49)}`,
    '',
  ])('of another form is no mistyped one: %s', (key) => {
    expect(isMistyped(key)).toBe(false);
  });
});
