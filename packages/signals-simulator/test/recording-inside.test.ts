/** Documents inside texts, and numbers of phones in texts. */
import { describe, expect, it } from 'vitest';
import { bodyOf, document, html, raw, record } from './raw-exchange.ts';

const noteAfter = (value: unknown, note: string): string => {
  const body = record(document(value), document({ note }))[1]?.body;
  return body !== undefined && 'text' in body ? JSON.parse(body.text).note : '';
};

describe('a document inside a text', () => {
  const zoeller = { lastName: 'Zöller', userName: 'q@acme' };
  it.each(['Z\\u00f6ller', '{"a": "by Z\\u00F6ller"}', 'Z\\\\u00f6ller', 'q\\u0040acme', '"q\\\\\\u0040acme"'])(
    'shows no name that is escaped as %s',
    (note) => {
      expect(noteAfter(zoeller, note)).not.toMatch(/ller|acme/);
    },
  );

  const inside = JSON.stringify({
    createdBy: 'Mara Lind',
    password: 'OPEN-SESAME',
    more: JSON.stringify({ city: 'x' }),
  });
  it.each([
    document({ note: inside }),
    document({ note: JSON.stringify([inside]) }),
    document({ note: JSON.stringify(inside) }),
    document({ note: JSON.stringify(JSON.stringify(inside)) }),
    raw({ headers: { 'content-type': 'text/plain' }, body: `\n${inside}` }),
    raw({ headers: html, body: inside }),
  ])('is cleaned as a document, and teaches its names', (exchange) => {
    const found = JSON.stringify(record(document({ note: 'by Lind' }), exchange));
    expect(found).not.toMatch(/mara|lind|sesame/i);
    expect(found).toContain('SECRET');
  });

  it('stays as it is written, where nothing is replaced', () => {
    const value = { note: '{ "a": 1.0, "b": [ ] }', name: '[Fe(CN)6]', code: '\\u0026 \\ud83d\\ude00' };
    expect(bodyOf(value)).toEqual(value);
  });
});

describe('base64 in lines', () => {
  it.each([64, 76])('shows no name that stands in two lines of %i signs', (length) => {
    const coded = Buffer.from(`${'x'.repeat((length * 3) / 4 - 5)} Lindenmeyer was here.`).toString('base64');
    const note = coded.replace(new RegExp(`.{${length}}`, 'g'), '$&\r\n');
    const found = noteAfter({ lastName: 'Lindenmeyer' }, note);
    expect(Buffer.from(found, 'base64').toString()).toMatch(/^x+ Family1 was here\.$/);
    expect(noteAfter({ lastName: 'Other' }, note)).toBe(note);
  });
});

describe('the number of a phone', () => {
  it.each([
    'Call +41 79 123 45 67.',
    'Call 0041-79-123-45-67.',
    'Call 079 123 45 67, or come.',
    'Call 0791234567',
    'Call +41 (0)79/1234567',
    'Room 5 41791234567',
  ])('is found in "%s"', (note) => {
    for (const name of ['phone', 'tel', 'contactNumber', 'mobile', 'workPhoneNumbers'])
      expect(noteAfter({ [name]: '+41 79 123 45 67' }, note)).toMatch(/000-1/);
    expect(noteAfter({ phone: 41791234567 }, note)).not.toMatch(/4567|45 67|45-67/);
  });

  it.each<[string, string]>([
    ['079 123 45 67 / 061 222 33 44', '079 123 45 67'],
    ['+41 79 123 45 67, 061 222 33 44', '061 222 33 44'],
    ['079 123 45 67 ext. 12', '0791234567'],
    ['office: 079 123 45 67; home: 061 222 33 44', '079 123 45 67'],
  ])('is found where the member "%s" has several, or an extension', (phone, number) => {
    expect(noteAfter({ phone }, `Call ${number}.`)).toBe('Call 000-1.');
  });

  it.each(['1234567 mg, 12 34 56', 'experiment:41791234-4567', 'x791234567'])('is not found in "%s"', (note) => {
    expect(noteAfter({ phone: '+41 79 123 45 67' }, note)).toBe(note);
  });
});
