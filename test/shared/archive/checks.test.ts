import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isBase64 } from '../../../shared/archive/checks.ts';

it('each content has one spelling in base64', () => {
  expect(isBase64('QUE=')).toBe(true);
  // The same bytes, with a bit set that no byte uses; without padding; with a space; with a line break.
  for (const other of ['QUF=', 'QUE', 'Q UE=', 'QUE=\n']) {
    expect(Buffer.from(other, 'base64')).toEqual(Buffer.from('QUE=', 'base64'));
    expect(isBase64(other)).toBe(false);
  }
  for (const other of ['', undefined, 1, ['QUE=']]) expect(isBase64(other)).toBe(false);
});

it('a changed bit of a base64 text changes its content or is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), fc.nat(), fc.nat({ max: 7 }), (content, place, bit) => {
      const text = Buffer.from(content).toString('base64');
      const changed = Buffer.from(text, 'latin1');
      const index = place % changed.length;
      changed[index] = (changed[index] ?? 0) ^ (1 << bit);
      const other = changed.toString('latin1');
      const isNamed = !isBase64(other) || !Buffer.from(other, 'base64').equals(Buffer.from(content));
      expect([isBase64(text), isNamed]).toEqual([true, true]);
    }),
  );
});
