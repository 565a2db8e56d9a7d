/** Spells secrets as encoders do, well and badly: independent of how they are found. */
import fc from 'fast-check';

export type Spelled = { readonly how: string; readonly bytes: Buffer };

const hexOf = (character: string, upper: boolean): string => {
  const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
  return upper ? hex.toUpperCase() : hex;
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '/': '&sol;',
};

/** Ways to write one character, chosen for each character by a number. */
const escapes: readonly ((character: string) => string)[] = [
  (character) => character,
  (character) => `%${hexOf(character, true)}`,
  (character) => `%${hexOf(character, false)}`,
  (character) => `%25${hexOf(character, true)}`,
  (character) => `%2525${hexOf(character, false)}`,
  (character) => `\\u00${hexOf(character, false)}`,
  (character) => `\\u00${hexOf(character, true)}`,
  (character) => `\\\\u00${hexOf(character, false)}`,
  (character) => `\\x${hexOf(character, true)}`,
  (character) => (/[A-Za-z0-9]/.test(character) ? character : `\\${character}`),
  (character) => `&#${character.charCodeAt(0)};`,
  (character) => `&#x${hexOf(character, false)};`,
  (character) => `&amp;#${character.charCodeAt(0)};`,
  (character) => entities[character] ?? character,
];

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

const swapBytes = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** Spellings without a choice of their own. */
const whole: Readonly<Record<string, (secret: string) => Buffer>> = {
  plain: latin,
  encodeURIComponent: (secret) => latin(encodeURIComponent(secret)),
  'encodeURIComponent twice': (secret) => latin(encodeURIComponent(encodeURIComponent(secret))),
  'a form': (secret) => latin(new URLSearchParams({ key: secret }).toString()),
  JSON: (secret) => latin(JSON.stringify({ key: secret })),
  'JSON in JSON': (secret) => latin(JSON.stringify({ text: JSON.stringify({ key: secret }) })),
  'JSON in JSON in JSON': (secret) => latin(JSON.stringify([JSON.stringify([JSON.stringify([secret])])])),
  'JSON with escaped slashes': (secret) => latin(JSON.stringify(secret).replaceAll('/', '\\/')),
  hexadecimal: (secret) => latin(Buffer.from(secret).toString('hex')),
  'hexadecimal in capitals': (secret) => latin(Buffer.from(secret).toString('hex').toUpperCase()),
  'hexadecimal with colons': (secret) =>
    latin(
      Buffer.from(secret)
        .toString('hex')
        .replace(/..(?=.)/g, '$&:'),
    ),
  'UTF-16': (secret) => Buffer.from(secret, 'utf16le'),
  'UTF-16, big end first': swapBytes,
};

/** base64 at each place of a group, in both alphabets, padded or not, broken into lines or in a URL. */
const base64 = fc
  .record({
    before: fc.string({ unit: 'binary-ascii', maxLength: 5 }),
    after: fc.string({ unit: 'binary-ascii', maxLength: 5 }),
    form: fc.constantFrom(
      'standard',
      'url',
      'no padding',
      'lines of 76',
      'lines in JSON',
      'in a URL',
      'slashes in JSON',
    ),
  })
  .map(({ before, after, form }) => (secret: string): Spelled => {
    const bytes = latin(before + secret + after);
    const text = bytes.toString(form === 'url' ? 'base64url' : 'base64');
    const forms: Readonly<Record<string, string>> = {
      'no padding': text.replace(/=+$/, ''),
      'lines of 76': text.replace(/.{76}(?=.)/g, '$&\r\n'),
      'lines in JSON': JSON.stringify(text.replace(/.{20}(?=.)/g, '$&\n')),
      'in a URL': encodeURIComponent(text),
      'slashes in JSON': text.replaceAll('/', '\\/'),
    };
    return { how: `base64, ${form}`, bytes: latin(forms[form] ?? text) };
  });

const escaped = fc.array(fc.nat({ max: escapes.length - 1 }), { minLength: 1, maxLength: 8 }).map(
  (choices) =>
    (secret: string): Spelled => ({
      how: `escapes ${choices.join(' ')}`,
      bytes: latin(
        Array.from(secret, (character, index) =>
          (escapes[choices[index % choices.length] as number] as (one: string) => string)(character),
        ).join(''),
      ),
    }),
);

/** Any spelling. */
export const spelling: fc.Arbitrary<(secret: string) => Spelled> = fc.oneof(
  fc.constantFrom(...Object.entries(whole)).map(([how, spell]) => (secret: string) => ({ how, bytes: spell(secret) })),
  base64,
  escaped,
);

/** As tenants issue them: visible ASCII, short or as long as a token. */
export const secret = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.base64String({ minLength: 16, maxLength: 80 }).map((text) => `k${text.replace(/=/g, '')}`),
  },
  {
    weight: 2,
    arbitrary: fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 12,
      maxLength: 60,
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({
        unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789-_'),
        minLength: 200,
        maxLength: 900,
      })
      .map((text) => `eyJhbGciOiJIUzI1NiJ9.${text}`),
  },
);

/** The text around it. */
export const surroundings = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
