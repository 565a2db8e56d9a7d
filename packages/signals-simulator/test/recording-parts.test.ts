/** What a document says about a person beside the name: private members, nested objects, words that are no names. */
import { describe, expect, it } from 'vitest';
import { bodyOf, document, record } from './raw-exchange.ts';

const noteAfter = (value: unknown, note: string): string => {
  const body = record(document(value), document({ note }))[1]?.body;
  return body !== undefined && 'text' in body ? JSON.parse(body.text).note : '';
};

describe('a member that is personal by its own name', () => {
  it.each<[object, RegExp]>([
    [{ birthDate: '1970-04-01' }, /1970/],
    [{ dateOfBirth: { value: '1970-04-01T00:00:00Z' } }, /1970/],
    [{ birthday: { year: 1970, month: 4 } }, /1970|4/],
    [{ employeeNumber: '104233' }, /104233/],
    [{ employeeNo: 104233 }, /104233/],
    [{ postalCode: '4051' }, /4051/],
    [{ zip: 4051 }, /4051/],
    [{ name: 'Date of birth', value: '1970-04-01' }, /1970/],
  ])('is replaced in %j, also a date and a number', (value, hidden) => {
    expect(JSON.stringify(bodyOf(value))).not.toMatch(hidden);
  });
});

describe('what stands inside a personal member', () => {
  it.each<[object, RegExp]>([
    [{ phone: { number: '079 123 45 67', more: [41791234567] } }, /45 ?67/],
    [{ lastName: { de: 'Lind' } }, /lind/i],
    [{ organization: { name: 'Lind Labs', place: 'Basel' } }, /lind|basel/i],
  ])('is replaced in %j, and elsewhere', (value, hidden) => {
    expect(JSON.stringify(bodyOf(value))).not.toMatch(hidden);
    const note = noteAfter(value, 'Lind, Lind Labs, 079 123 45 67');
    expect(note).not.toBe('Lind, Lind Labs, 079 123 45 67');
  });

  it('is no link, no relationship and no type', () => {
    const value = { organization: { type: 'company', id: '12', links: { self: '/companies/12' } } };
    expect(bodyOf(value)).toEqual(value);
  });
});

describe('what belongs to a person', () => {
  it.each<object>([
    { type: 'user', note: '2026-01-05 Mara Lind, Basel' },
    { email: 'a@b.org', address: { city: 'Basel', lines: ['Lindweg'] } },
    { firstName: 'A', profile: { nick: 'mara', more: { motto: 'Lind' } } },
    { type: 'user', attributes: { name: { given: 'Mara', family: 'Lind' } } },
    { name: { given: ['Mara'], family: 'Lind' } },
    { reviewers: { 'Mara Lind': { done: true }, 'mara.lind': 1 } },
  ])('is replaced in %j', (value) => {
    expect(JSON.stringify(bodyOf(value))).not.toMatch(/mara|lind|basel/i);
  });

  it('is no time, no link, no relationship and no role', () => {
    const value = {
      type: 'user',
      links: { self: '/users/104', note: 'x' },
      relationships: { roles: { data: [{ type: 'role', id: '1', note: 'Reads all' }] } },
      attributes: { roles: [{ id: '1', name: 'Reader' }], at: ['2026-01-05', '2026-01-05T09:00:00.000+01:00'] },
    };
    expect(bodyOf(value)).toEqual(value);
  });

  it('teaches no words of a department', () => {
    expect(noteAfter({ type: 'user', department: { name: 'Process Chemistry' } }, 'Process 7')).toBe('Process 7');
  });
});

describe('the members operator and member', () => {
  it.each<object>([{ operator: 'AND' }, { operator: 'equals' }, { member: 'water', operators: ['OR'] }])(
    'hold words in %j',
    (value) => {
      expect(bodyOf(value)).toEqual(value);
      expect(noteAfter(value, 'AND equals water')).toBe('AND equals water');
    },
  );
  it('hold a person in several words, or beside a person', () => {
    expect(JSON.stringify(bodyOf({ operator: 'Mara Lind' }))).not.toMatch(/mara|lind/i);
    expect(noteAfter({ email: 'a@b.org', operator: 'mlind' }, 'by mlind')).not.toContain('mlind');
  });
});
