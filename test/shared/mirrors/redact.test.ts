/** Rules that take fields out of what is forwarded. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../shared/mirrors/redact.ts';

const document = {
  data: { id: '1', attributes: { type: 'close', comment: 'secret', 'odd.name': 1 } },
  included: [
    { type: 'user', attributes: { email: 'a@example.com' } },
    { type: 'user', attributes: { email: 'b@example.com', aliases: { email: 'c@example.com' } } },
  ],
};

describe('redacting', () => {
  it.each([
    ['data.attributes.comment', ['secret']],
    ['**.email', ['a@example.com', 'b@example.com', 'c@example.com']],
    ['included.*.attributes.email', ['a@example.com', 'b@example.com']],
    ['included.1.attributes', ['b@example.com', 'c@example.com']],
    ['included', ['a@example.com', 'b@example.com', 'c@example.com']],
    ['**.aliases.**.email', ['c@example.com']],
    ['data.nothing.of.this.name', []],
  ])('%s takes out %j and nothing else', (rule, gone) => {
    const left = JSON.stringify(redact(document, [rule]));
    const all = ['secret', 'a@example.com', 'b@example.com', 'c@example.com'];
    expect(all.filter((text) => !left.includes(text))).toEqual(gone);
  });

  it('makes a field null, whatever it held, and leaves the document that it was given', () => {
    const before = structuredClone(document);
    expect(redact(document, ['data.attributes'])).toMatchObject({ data: { id: '1', attributes: null } });
    expect(document).toEqual(before);
  });

  it('without a rule that fits, gives any document as it is, members named __proto__ included', () => {
    const odd = JSON.parse('{"__proto__":{"a":1},"b":[null,1]}');
    expect(JSON.stringify(redact(odd, ['x']))).toBe('{"__proto__":{"a":1},"b":[null,1]}');
    expect(JSON.stringify(redact(odd, ['__proto__.a']))).toBe('{"__proto__":{"a":null},"b":[null,1]}');
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(redact(value, ['no such name'])).toEqual(value);
      }),
    );
  });
});
