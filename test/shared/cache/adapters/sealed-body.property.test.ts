import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { openBody, sealBody } from '../../../../shared/cache/adapters/sealed-body.ts';

const bytes = fc.uint8Array({ maxLength: 200 });

it('opens what was sealed, and nothing that differs by one bit', () =>
  fc.assert(
    fc.property(bytes, fc.nat(), (body, at) => {
      const { sealed, key } = sealBody(body);
      expect(openBody({ sealed, key })).toEqual(Buffer.from(body));
      const index = at % sealed.byteLength;
      const changed = Uint8Array.from(sealed, (byte, position) => (position === index ? byte ^ 1 : byte));
      expect(openBody({ sealed: changed, key })).toBeUndefined();
      expect(openBody({ sealed: sealed.subarray(0, index), key })).toBeUndefined();
    }),
  ));

it('opens nothing with a key that is none', () => {
  const { sealed } = sealBody(Buffer.from('body'));
  for (const length of [0, 16, 31, 33]) expect(openBody({ sealed, key: new Uint8Array(length) })).toBeUndefined();
});
