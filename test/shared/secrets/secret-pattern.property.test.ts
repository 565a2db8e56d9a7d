import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternOf } from '../../../shared/secrets/secret-pattern.ts';
import { sized } from '../../support/test-size.ts';
import { secret, spelling, surroundings } from './spelled.ts';

const numRuns = sized(3_000, 200);

/** What a reader could get the secret back from: every spelling undone, as often as it takes. */
const readable = (text: string): string => {
  const decoded = text
    .replace(/[\0]/g, '')
    .replace(/%(?:25)*([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\+(?:u00|x)([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&(?:amp;)*#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&(?:amp;)*#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return `${text}\n${decoded}`;
};

describe('a secret', () => {
  it('is found in every spelling and at every place', () =>
    fc.assert(
      fc.property(secret, spelling, surroundings, surroundings, (one, spell, before, after) => {
        const { bytes } = spell(one);
        expect(patternOf(one).isIn(Buffer.concat([before, bytes, after]).toString('latin1'))).toBe(true);
      }),
      { numRuns },
    ));

  it('is masked wherever it stands, and the rest stays', () =>
    fc.assert(
      fc.property(secret, spelling, spelling, (one, spell, again) => {
        const [first, second] = [spell(one), again(one)].map(({ bytes }) => bytes.toString('latin1'));
        const masked = patternOf(one).mask(`before ${first} between ${second} after`);
        expect(patternOf(one).isIn(masked)).toBe(false);
        expect(readable(masked)).not.toContain(one);
        expect(masked).toMatch(/^before .*\*{8}.* between .*\*{8}.* after$/s);
      }),
      { numRuns },
    ));

  it('is found nowhere in what does not hold it', () =>
    fc.assert(
      fc.property(secret, secret, spelling, surroundings, (one, other, spell, around) => {
        fc.pre(!one.includes(other) && !other.includes(one));
        const text = Buffer.concat([around, spell(one).bytes, around]).toString('latin1');
        fc.pre(!readable(text).includes(other));
        expect(patternOf(other).isIn(text)).toBe(false);
        expect(patternOf(other).mask(text)).toBe(text);
      }),
      { numRuns },
    ));

  it('leaves JSON well formed when it is masked', () =>
    fc.assert(
      fc.property(secret, fc.string(), fc.nat({ max: 3 }), (one, text, depth) => {
        // In a row of backslashes it is ambiguous which one escapes the last.
        fc.pre(!one.endsWith('\\'));
        let value: unknown = { [`a${text}`]: [`${text}${one}${text}`, one], [`x${one}`]: `\\${one}"${one}` };
        for (let level = 0; level < depth; level += 1) value = { level, text: JSON.stringify(value) };
        const document = Buffer.from(JSON.stringify(value)).toString('latin1');
        const masked = patternOf(one).mask(document);
        expect(() => JSON.parse(masked)).not.toThrow();
        expect(masked).not.toContain(one);
      }),
      { numRuns },
    ));

  it('of less than eight characters is not looked for: it would be found by chance', () => {
    expect(patternOf('seven77').isIn('seven77')).toBe(false);
    expect(patternOf('eight888').isIn('eight888')).toBe(true);
  });

  it('that shares the beginning of a token is another secret', () => {
    const header = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.';
    expect(patternOf(`${header}one-payload.one-signature`).isIn(`${header}another-payload.signature`)).toBe(false);
  });
});
